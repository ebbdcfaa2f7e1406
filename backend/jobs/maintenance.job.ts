import { z } from 'zod';
import { limitSql, raw, type Sql, sql } from '../db/index.ts';
import { defineJob, type JobDefinition } from './define-job.ts';
import type { Schedule } from './schedules.ts';

/** Rows deleted by one statement: short locks, and a stop in between is possible. */
const BATCH = 5_000;

interface Purge {
  table: string;
  /** which rows have served their time */
  isOver: Sql;
}

/** What is deleted when. Moments are the database's own, so replicas with wrong clocks agree. */
export const purges: readonly Purge[] = [
  { table: 'one_time_token', isOver: sql`expires_at < now()` },
  { table: 'assertion_use', isOver: sql`expires_at < now()` },
  { table: 'idempotency_record', isOver: sql`created_at < now() - interval '24 hours'` },
  { table: 'sign_in_attempt', isOver: sql`at < now() - interval '1 day'` },
  { table: 'session', isOver: sql`expires_at < now() or revoked_at < now() - interval '1 day'` },
  { table: 'embed_session', isOver: sql`expires_at < now() or revoked_at < now() - interval '1 day'` },
  // A week of history lets readers of the outbox catch up after a long stop.
  {
    table: 'outbox',
    isOver: sql`created_at < now() - interval '7 days' and (relayed_at is not null or not starts_with(kind, 'job.'))`,
  },
  { table: 'notification', isOver: sql`created_at < now() - interval '90 days'` },
  { table: 'task', isOver: sql`deleted_at < now() - interval '30 days'` },
  { table: 'attachment', isOver: sql`deleted_at < now() - interval '30 days'` },
  { table: 'mail', isOver: sql`created_at < now() - interval '30 days'` },
  // Its pieces go with it.
  { table: 'export_file', isOver: sql`created_at < now() - interval '1 day'` },
  { table: 'job', isOver: sql`finished_at < now() - interval '30 days'` },
];

export const MAINTENANCE_KIND = 'maintenance';
export const maintenanceSchedule: Schedule = { kind: MAINTENANCE_KIND, everyMinutes: 60 };

/** Deletes what has expired. Its result counts the rows by table. */
export const maintenanceJob: JobDefinition = defineJob({
  kind: MAINTENANCE_KIND,
  input: z.object({}),
  async run({ db, progress }) {
    const deleted: Record<string, number> = {};
    for (const [index, { table, isOver }] of purges.entries()) {
      let count: number;
      do {
        await progress(index, purges.length);
        const name = raw(table);
        const row = await db.sql.first<{ count: number }>(sql`
          with gone as (
            delete from ${name} where ctid = any(array(select ctid from ${name} where ${isOver} ${limitSql(BATCH)}))
            returning 1
          ) select count(*)::int as count from gone`);
        count = row?.count ?? 0;
        deleted[table] = (deleted[table] ?? 0) + count;
      } while (count === BATCH);
    }
    await progress(purges.length, purges.length);
    return { deleted };
  },
});
