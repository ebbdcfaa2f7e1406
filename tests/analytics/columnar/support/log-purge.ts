import { expect, vi } from 'vitest';
import { logPurgeJob } from '../../../../backend/analytics/engines/columnar/log-purge.job.ts';
import { type Database, sql } from '../../../../backend/db/index.ts';
import type { JobContext } from '../../../../backend/jobs/index.ts';

/** The purge as it runs half a day after what it noted the last time. */
export async function purgeLog(database: Database): Promise<void> {
  await database.sql.rows(sql`
    update analytics_log set horizons = coalesce((
      select jsonb_agg(h || jsonb_build_object('at', (h ->> 'at')::timestamptz - interval '13 hours'))
      from jsonb_array_elements(horizons) h), '[]')`);
  const context: Pick<JobContext, 'db' | 'progress'> = { db: database, progress: async () => {} };
  await logPurgeJob.run(context as JobContext, {} as never);
}

export async function changesKept({ sql: runner }: Database): Promise<number> {
  const row = await runner.first<{ count: number }>(sql`select count(*)::int as count from analytics_change`);
  return row?.count ?? 0;
}

/**
 * Purges until nothing is left: transactions of other databases of the server hold it up, too. `look`: what others do
 * within each half a day.
 */
export async function purgeWholeLog(database: Database, look?: () => Promise<void> | undefined): Promise<void> {
  await vi.waitFor(
    async () => {
      await look?.();
      await purgeLog(database);
      expect(await changesKept(database)).toBe(0);
    },
    { timeout: 20_000 },
  );
}
