import type { SavedView, SavedViewCreate } from '../contracts/views.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/** A view with the id of who made it. */
export interface ViewRow extends SavedView {
  ownerId: string;
}

const columns = (
  userId: string,
) => sql`v.id::text as id, v.entity, v.name, v.layout, v.filters, to_jsonb(v.columns) as columns,
  v.sort, v.is_shared as "isShared", v.owner_id::text as "ownerId", (v.owner_id = ${userId}::uuid) as "isMine",
  case when o.id is null then null else json_build_object('id', o.id, 'name', o.name) end as owner,
  iso(v.updated_at) as "updatedAt", v.version`;
const joined = sql`saved_view v left join app_user o on o.id = v.owner_id`;

/** One's own views, and what others share (`onlyMine`: not those), by name. */
export const listViews = (
  runner: SqlRunner,
  userId: string,
  { entity, onlyMine }: { entity: string | null; onlyMine: boolean },
): Promise<ViewRow[]> =>
  runner.rows<ViewRow>(sql`
    select ${columns(userId)} from ${joined}
    where (v.owner_id = ${userId}::uuid or (v.is_shared and not ${onlyMine}::bool))
      and (${entity}::text is null or v.entity = ${entity}::text)
    order by v.entity, lower(v.name), v.id`);

/** A view that the person may see: their own, or a shared one. */
export const findView = (runner: SqlRunner, userId: string, id: string): Promise<ViewRow | undefined> =>
  runner.first<ViewRow>(sql`
    select ${columns(userId)} from ${joined}
    where v.id = ${id}::uuid and (v.owner_id = ${userId}::uuid or v.is_shared)`);

export async function lockView(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`select 1 as locked from saved_view where id = ${id}::uuid for update`);
}

export async function insertView(runner: SqlRunner, userId: string, view: SavedViewCreate): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into saved_view (entity, name, layout, owner_id, is_shared, filters, columns, sort)
    values (${view.entity}, ${view.name}, ${view.layout}, ${userId}::uuid, ${view.isShared}, ${JSON.stringify(view.filters)}::jsonb,
      ${view.columns}::text[], ${view.sort})
    returning id::text as id`);
  if (!row) throw new Error('insert of a view returned no row');
  return row.id;
}

type Content = Pick<SavedView, 'name' | 'isShared' | 'filters' | 'columns' | 'sort'>;

export async function writeView(runner: SqlRunner, id: string, view: Content): Promise<void> {
  await runner.rows(sql`
    update saved_view set name = ${view.name}, is_shared = ${view.isShared}, filters = ${JSON.stringify(view.filters)}::jsonb,
      columns = ${view.columns}::text[], sort = ${view.sort}, version = version + 1, updated_at = now()
    where id = ${id}::uuid`);
}

export async function eraseView(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`delete from saved_view where id = ${id}::uuid`);
}
