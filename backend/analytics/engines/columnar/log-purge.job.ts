import { z } from 'zod';
import { limitSql, type SqlRunner, sql } from '../../../db/index.ts';
import { defineJob, type JobDefinition, type Schedule } from '../../../jobs/index.ts';

const LOG_PURGE_KIND = 'analytics.log-purge';
const BATCH = 5_000;
/** A copy that was away for longer is made anew, which takes seconds. */
const KEPT_HOURS = 12;

export const logPurgeSchedule: Schedule = { kind: LOG_PURGE_KIND, everyMinutes: 60 };

/**
 * Deletes changes that nobody needs any more. A transaction may commit long after its rows were written, so rows go by
 * what was over, not by how old they are: changes of transactions that were over half a day ago have been seen by every
 * copy that has looked since.
 */
export const logPurgeJob: JobDefinition = defineJob({
  kind: LOG_PURGE_KIND,
  input: z.object({}),
  async run({ db, progress }) {
    // First told, then done: who reads the log meanwhile knows that some of it may be gone.
    await advance(db.sql);
    let deleted = 0;
    for (let count = BATCH; count === BATCH; ) {
      await progress(deleted, null);
      const row = await db.sql.first<{ count: number }>(sql`
        with gone as (
          delete from analytics_change where ctid = any(array(
            select ctid from analytics_change where xid < (select low_water from analytics_log) ${limitSql(BATCH)}))
          returning 1
        ) select count(*)::int as count from gone`);
      count = row?.count ?? 0;
      deleted += count;
    }
    await db.sql.rows(sql`delete from analytics_file where made_at < now() - interval '30 days'`);
    return { deleted };
  },
});

/** Notes which transactions are over now, and takes the low-water mark to those that were over long ago. */
const advance = (runner: SqlRunner): Promise<unknown> =>
  runner.rows(sql`
    with horizon as (
      select (h ->> 'at')::timestamptz as at, (h ->> 'xmin')::bigint as xmin
      from analytics_log cross join lateral jsonb_array_elements(horizons) h
      union all
      select now(), pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ), past as (
      select max(xmin) as xmin from horizon where at < now() - make_interval(hours => ${KEPT_HOURS}::int)
    )
    update analytics_log set
      low_water = greatest(low_water, coalesce((select xmin from past), 0)),
      horizons = (select jsonb_agg(jsonb_build_object('at', at, 'xmin', xmin::text) order by at) from horizon
                  where at >= now() - make_interval(hours => ${KEPT_HOURS}::int))`);
