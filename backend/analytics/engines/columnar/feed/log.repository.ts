import { type SqlRunner, sql } from '../../../../db/index.ts';

/** Which database this is, and where its history stands. */
export interface DatabaseState {
  /** of the cluster; two that were copied from each other share it */
  systemId: string;
  databaseId: string;
  /** pg_snapshot as text */
  snapshot: string;
  generation: string;
}

export async function readDatabaseState(runner: SqlRunner): Promise<DatabaseState> {
  const row = await runner.first<DatabaseState>(sql`
    select system_identifier::text as "systemId",
      (select oid::text from pg_database where datname = current_database()) as "databaseId",
      pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as generation
    from pg_control_system()`);
  if (!row) throw new Error('the database does not know its own identity');
  return row;
}

/**
 * Makes the log this database's own. A dump that was read into another one brings changes along whose numbers mean other
 * transactions there: they go.
 */
export const claimLog = (runner: SqlRunner, { systemId, databaseId }: DatabaseState): Promise<unknown> =>
  runner.rows(sql`
    with claimed as (
      update analytics_log set system_id = ${systemId}, database_id = ${databaseId}, horizons = '[]',
        low_water = pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      where (system_id, database_id) is distinct from (${systemId}, ${databaseId}) returning 1
    ) delete from analytics_change where exists (select 1 from claimed)`);

/** Is this file one of the history that the database has now? An older state that was put back doesn't know it. */
export async function isFileKnown(runner: SqlRunner, id: string): Promise<boolean> {
  return (await runner.first(sql`select 1 as found from analytics_file where id = ${id}::uuid`)) !== undefined;
}

/** Makes a file one of the database's history; to be called after what is in it was read. */
export const noteFile = (runner: SqlRunner, id: string): Promise<unknown> =>
  runner.rows(sql`insert into analytics_file (id) values (${id}::uuid)`);

/** Has every copy of the facts made anew, but the one in the file `except`. */
export const askForRebuild = (runner: SqlRunner, except: string): Promise<unknown> =>
  runner.rows(sql`
    insert into analytics_change (xid, fact, ids, weight)
    values (pg_current_xact_id()::text::bigint, 'all', array[${except}]::uuid[], 1)`);

/** How many facts there are, as the planner thinks: cheap, and near enough to tell whether they fit. */
export async function estimateFacts(runner: SqlRunner): Promise<{ sales: number; others: number }> {
  const rows = await runner.rows<{ name: string; rows: number }>(sql`
    select relname as name, (case when reltuples >= 0 and relpages > 0
        then reltuples / relpages * (pg_relation_size(oid) / current_setting('block_size')::int)
        else pg_relation_size(oid) / 200.0 end)::float8 as rows
    from pg_class where oid in ('sale'::regclass, 'lead'::regclass, 'opportunity'::regclass, 'spend'::regclass)`);
  const count = (isSale: boolean) =>
    Math.round(
      rows.filter(({ name }) => (name === 'sale') === isSale).reduce((sum, { rows: found }) => sum + found, 0),
    );
  return { sales: count(true), others: count(false) };
}
