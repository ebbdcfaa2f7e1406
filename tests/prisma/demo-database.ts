import type { Database } from '../../backend/db/index.ts';
import { type DemoSummary, loadDemoData } from '../../prisma/demo/index.ts';
import { openTestDatabase } from '../support/database.ts';

/** A store of one's own with the demo company in it. */
export async function openDemo(today: string, currency = 'EUR'): Promise<{ db: Database; summary: DemoSummary }> {
  const db = await openTestDatabase();
  const summary = await loadDemoData(db, { today, currency, passwordHash: 'a-hash' });
  return { db, summary };
}
