import type { Exploration, ExplorationCreate } from '../contracts/dashboards.ts';
import { type Sql, type SqlRunner, sql } from '../db/index.ts';
import { readChart, readSelection } from './stored.ts';

/** An exploration as it is kept: with everything in it, whoever asks. */
export type ExplorationRow = Omit<Exploration, 'canEdit'>;

const columns = (userId: string): Sql => sql`e.id::text as id, e.name, e.chart, e.selection, e.is_shared as "isShared",
  case when o.id is null then null else json_build_object('id', o.id, 'name', o.name) end as owner,
  (e.owner_id = ${userId}::uuid) as "isMine", iso(e.updated_at) as "updatedAt", e.version`;

type Kept = Omit<ExplorationRow, 'chart' | 'selection'> & { chart: unknown; selection: unknown };

/** One's own and those that others share, by name; only those of `ids` where any are named. */
export async function listExplorations(
  runner: SqlRunner,
  userId: string,
  ids: readonly string[] | null,
): Promise<ExplorationRow[]> {
  const rows = await runner.rows<Kept>(sql`
    select ${columns(userId)} from exploration e left join app_user o on o.id = e.owner_id
    where (e.owner_id = ${userId}::uuid or e.is_shared) and (${ids}::uuid[] is null or e.id = any(${ids}::uuid[]))
    order by lower(e.name), e.id`);
  return rows.flatMap((row) => {
    const chart = readChart(row.chart);
    return chart ? [{ ...row, chart, selection: readSelection(row.selection) }] : [];
  });
}

export async function lockExploration(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`select 1 as locked from exploration where id = ${id}::uuid for update`);
}

export async function countExplorationsOf(runner: SqlRunner, userId: string): Promise<number> {
  const row = await runner.first<{ count: number }>(sql`
    select count(*)::int as count from exploration where owner_id = ${userId}::uuid`);
  return row?.count ?? 0;
}

export async function insertExploration(runner: SqlRunner, ownerId: string, one: ExplorationCreate): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into exploration (name, owner_id, is_shared, chart, selection)
    values (${one.name}, ${ownerId}::uuid, ${one.isShared}, ${JSON.stringify(one.chart)}::jsonb,
      ${JSON.stringify(one.selection)}::jsonb)
    returning id::text as id`);
  if (!row) throw new Error('insert of an exploration returned no row');
  return row.id;
}

export async function writeExploration(runner: SqlRunner, id: string, one: ExplorationCreate): Promise<void> {
  await runner.rows(sql`
    update exploration set name = ${one.name}, is_shared = ${one.isShared}, chart = ${JSON.stringify(one.chart)}::jsonb,
      selection = ${JSON.stringify(one.selection)}::jsonb, version = version + 1, updated_at = now()
    where id = ${id}::uuid`);
}

export async function eraseExploration(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`delete from exploration where id = ${id}::uuid`);
}
