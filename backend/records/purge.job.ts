import { z } from 'zod';
import { limitSql, raw, type SqlRunner, sql } from '../db/index.ts';
import { defineJob, type JobDefinition, type Schedule } from '../jobs/index.ts';
import { RECOVERABLE_DAYS } from '../pipeline/index.ts';
import { eraseTraces } from './purge.repository.ts';

const PURGE_JOB = 'records.purge';
const BATCH = 500;

export const purgeSchedule: Schedule = { kind: PURGE_JOB, everyMinutes: 24 * 60 };

/**
 * Kinds of records in the order in which they go, with what keeps one: records that others still point to stay, hidden.
 * What was merged into another one is part of its history, and goes with it.
 */
const kinds: readonly { entity: string; keptBy: readonly string[] }[] = [
  {
    entity: 'opportunity',
    keptBy: [
      'select 1 from sale x where x.opportunity_id = r.id',
      'select 1 from lead x where x.converted_opportunity_id = r.id',
      'select 1 from opportunity x where x.merged_into_id = r.id',
    ],
  },
  {
    entity: 'lead',
    keptBy: [
      'select 1 from sale x where x.lead_id = r.id',
      'select 1 from opportunity x where x.lead_id = r.id',
      'select 1 from lead x where x.merged_into_id = r.id',
    ],
  },
  {
    entity: 'contact',
    keptBy: [
      'select 1 from opportunity x where x.contact_id = r.id',
      'select 1 from lead x where x.converted_contact_id = r.id',
      'select 1 from contact x where x.merged_into_id = r.id',
    ],
  },
  {
    entity: 'account',
    keptBy: [
      'select 1 from sale x where x.account_id = r.id',
      'select 1 from opportunity x where x.account_id = r.id',
      'select 1 from contact x where x.account_id = r.id',
      'select 1 from account x where x.parent_id = r.id',
      'select 1 from lead x where x.converted_account_id = r.id',
      'select 1 from account x where x.merged_into_id = r.id',
    ],
  },
];

/** Erases records that were deleted longer ago than they can be brought back, with all that hangs on them and tells of them. */
export const purgeJob: JobDefinition = defineJob({
  kind: PURGE_JOB,
  input: z.object({}),
  async run({ db, progress }) {
    const erased: Record<string, number> = {};
    for (const [index, { entity, keptBy }] of kinds.entries()) {
      let count: number;
      do {
        await progress(index, kinds.length);
        count = await db.bulk((tx) => purgeBatch(tx.sql, entity, keptBy));
        erased[entity] = (erased[entity] ?? 0) + count;
        // Until nothing is left: with what goes, something else may have lost what it was kept for.
      } while (count > 0);
    }
    await progress(kinds.length, kinds.length);
    return { erased };
  },
});

async function purgeBatch(runner: SqlRunner, entity: string, keptBy: readonly string[]): Promise<number> {
  const free = raw(keptBy.map((reason) => `and not exists (${reason})`).join(' '));
  const isOver = (alias: string) =>
    sql`coalesce(${raw(alias)}.deleted_at < now() - make_interval(days => ${RECOVERABLE_DAYS}::int), false)`;
  // What was merged waits for the record that stayed, over any number of merges.
  const rows = await runner.rows<{ id: string }>(sql`
    select r.id::text as id from ${raw(entity)} r
    where ${isOver('r')} ${free} and not exists (
      with recursive up as (
        select s.merged_into_id, ${isOver('s')} as is_over from ${raw(entity)} s where s.id = r.merged_into_id
        union all
        select s.merged_into_id, ${isOver('s')} from up join ${raw(entity)} s on s.id = up.merged_into_id)
      select 1 from up where up.merged_into_id is null and not up.is_over)
    order by r.id ${limitSql(BATCH)} for update`);
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  await eraseTraces(runner, entity, ids);
  await runner.rows(sql`delete from ${raw(entity)} where id = any(${ids}::uuid[])`);
  return ids.length;
}
