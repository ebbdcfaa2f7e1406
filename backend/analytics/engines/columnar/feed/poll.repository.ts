import { raw, type Sql, type SqlRunner, sql } from '../../../../db/index.ts';
import type { ChangeTexts } from './change-texts.ts';
import { customerFields, type FactQuery, firstSaleOf, leadQuery, opportunityQuery, spendQuery } from './fact-fields.ts';

/** More changes than these are not worth following one by one. */
const MOST_CHANGES = 200_000;

/** What happened since a snapshot, and the snapshot that this takes the reader to. */
export interface Poll {
  /** pg_snapshot as text: visible transactions are in */
  snapshot: string;
  /** another one: the server was started again, perhaps on an older or another copy of the data */
  generation: string;
  /** changed facts found; 0: nothing happened */
  weight: number;
  /** the changes can't be told one by one: everything must be read again */
  isUntold: boolean;
  changes: ChangeTexts;
}

/** How far a reader has come. */
export interface Seen {
  snapshot: string;
  /** the file that the reader started from; null: none */
  origin: string | null;
}

/**
 * Everything that was committed after the snapshot `seen`, and nothing twice: rows of the log whose transaction that
 * snapshot does not see, because it began later or was still running, however small its number is. One statement reads
 * the log and the new snapshot, so both are of one moment. Records that the log names by their id, other than customers,
 * are seldom among what happened; they are read after it, and may be a little newer: the next poll names them again, and
 * taking in the same state twice changes nothing.
 *
 * Source: PostgreSQL manual, "pg_snapshot Components": xmax and above are not visible, nor are those in xip.
 */
export async function pollChanges(runner: SqlRunner, timeZone: string, seen: Seen): Promise<Poll> {
  const row = await runner.first<Omit<Poll, 'changes'> & Told>(pollStatement(seen));
  if (!row) throw new Error('an aggregate without a row');
  const { sales, customers, leadIds, opportunityIds, spendIds, ...poll } = row;
  const leads = await askedFor(runner, leadIds, leadQuery(timeZone));
  const opportunities = await askedFor(runner, opportunityIds, opportunityQuery(timeZone));
  const spend = await askedFor(runner, spendIds, spendQuery);
  return { ...poll, changes: { sales, customers, leads, opportunities, spend } };
}

/** What the log tells; null: nothing of that kind. */
interface Told {
  sales: string | null;
  customers: string | null;
  leadIds: string[] | null;
  opportunityIds: string[] | null;
  spendIds: string[] | null;
}

function pollStatement({ snapshot, origin }: Seen): Sql {
  return sql`
    with change as materialized (
      (select fact, ids, sales, weight from analytics_change
       where xid >= pg_snapshot_xmax(${snapshot}::pg_snapshot)::text::bigint order by xid limit ${raw(String(MOST_CHANGES))})
      union all
      select fact, ids, sales, weight from analytics_change
      where xid = any(array(select x::text::bigint from pg_snapshot_xip(${snapshot}::pg_snapshot) x))
    ), found as materialized (
      select least(coalesce(sum(weight), 0), ${raw(String(MOST_CHANGES))})::int as weight,
        coalesce(sum(weight), 0) >= ${raw(String(MOST_CHANGES))}
        or coalesce(bool_or(fact = 'all' and not coalesce(${origin}::uuid = any(ids), false)), false)
        or exists (select 1 from analytics_log
                   where low_water > pg_snapshot_xmin(${snapshot}::pg_snapshot)::text::bigint)
        or pg_snapshot_xmax(${snapshot}::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) as "isUntold"
      from change
    )
    select pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as generation,
      found.weight, found."isUntold",
      ${told(sql`(select json_agg(array_to_json(sales)) from change where fact = 'sale')::text`)} as sales,
      ${told(sql`(${customersAsked})::text`)} as customers,
      ${told(idsOf('lead'))} as "leadIds",
      ${told(idsOf('opportunity'))} as "opportunityIds",
      ${told(idsOf('spend'))} as "spendIds"
    from found`;
}

/** Only asked where something happened that can be told. */
const told = (query: Sql): Sql => sql`case when found.weight > 0 and not found."isUntold" then ${query} end`;

const idsOf = (fact: string): Sql =>
  raw(`(select array_agg(distinct named.id::text) from change, unnest(ids) named(id) where fact = '${fact}')`);

const arrayOf = (fields: readonly string[]): string => `array_to_json(array[${fields.join(', ')}])`;

/** The first sale ever of each account that sales of the log are of. */
const customersAsked: Sql = raw(`
  select json_agg(json_build_array(t.id, f.fields))
  from (select distinct unnest(ids) as id from change where fact = 'sale') t
  left join lateral (${firstSaleOf('t.id', `${arrayOf(customerFields)} as fields`)}) f on true`);

/** Records of a kind as they are now, those that count no more as their id alone; null where none were asked for. */
async function askedFor(
  runner: SqlRunner,
  ids: readonly string[] | null,
  { fields, from, where }: FactQuery,
): Promise<string | null> {
  if (ids === null) return null;
  const [id = ''] = fields;
  const row = await runner.first<{ records: string | null }>(sql`
    select json_agg(json_build_array(t.id, f.fields))::text as records
    from unnest(${ids}::uuid[]) t(id)
    left join lateral (select ${raw(arrayOf(fields))} as fields from ${raw(from)}
                       where ${raw(id.replace('::text', ''))} = t.id and ${raw(where)}) f on true`);
  return row?.records ?? null;
}
