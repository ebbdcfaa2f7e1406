import type { SqlRunner } from '../db/index.ts';
import { publishEvent } from './events.ts';
import type { NewNotification } from './new-notification.ts';
import { insertNotification } from './notification.repository.ts';

const MAX_TITLE = 300;
const MAX_BODY = 4_000;

/**
 * Tells a person something, in the caller's transaction: it is there if and only if that commits, and pages that
 * are open hear of it right then (event `notification`). Answers its id; null when the same key was told before.
 */
export async function postNotification(tx: { sql: SqlRunner }, told: NewNotification): Promise<string | null> {
  const title = told.title.slice(0, MAX_TITLE);
  const row = await insertNotification(tx.sql, { ...told, title, body: told.body?.slice(0, MAX_BODY) ?? null });
  if (!row) return null;
  await publishEvent(tx.sql, {
    to: told.userId,
    type: 'notification',
    data: { id: row.id, kind: told.kind, title, record: told.record ?? null, taskId: told.taskId ?? null },
  });
  return row.id;
}
