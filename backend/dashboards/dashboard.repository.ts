import type { Dashboard } from '../contracts/dashboards.ts';
import { type Sql, type SqlRunner, sql } from '../db/index.ts';
import { readPanels, readSelection } from './stored.ts';

/** A dashboard as it is kept: with everything in it, whoever asks. */
export type DashboardRow = Omit<Dashboard, 'canEdit' | 'isHome'>;

/** Who asks, as far as dashboards care. */
export interface Viewer {
  userId: string;
  roleKey: string;
  /** sees all that is shared, to look after it */
  isKeeper: boolean;
  /** key of the built-in dashboard that suits the person's rights */
  suits: string;
}

export interface DashboardContent
  extends Pick<Dashboard, 'name' | 'description' | 'audience' | 'selection' | 'panels'> {
  roleIds: readonly string[];
}

const columns = (userId: string): Sql => sql`d.id::text as id, d.key, d.name, d.description, d.audience,
  coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name)
            from role r where r.id = any(d.role_ids)), '[]'::json) as roles,
  case when o.id is null then null else json_build_object('id', o.id, 'name', o.name) end as owner,
  coalesce(d.owner_id = ${userId}::uuid, false) as "isMine", d.selection, d.panels, iso(d.updated_at) as "updatedAt", d.version`;

const visibleTo = ({
  userId,
  roleKey,
  isKeeper,
}: Viewer): Sql => sql`(d.owner_id = ${userId}::uuid or d.audience = 'everyone'
  or (d.audience = 'roles' and (${isKeeper}::bool
    or exists (select from role r where r.key = ${roleKey} and r.id = any(d.role_ids)))))`;

const order = sql`(d.key is null), lower(d.name), d.id`;

type Kept = Omit<DashboardRow, 'selection' | 'panels'> & { selection: unknown; panels: unknown };
const read = (row: Kept): DashboardRow => ({
  ...row,
  selection: readSelection(row.selection),
  panels: readPanels(row.panels),
});

/** All that the person sees: built-in ones first, each kind by name. */
export async function listDashboards(runner: SqlRunner, viewer: Viewer): Promise<DashboardRow[]> {
  const rows = await runner.rows<Kept>(sql`
    select ${columns(viewer.userId)} from dashboard d left join app_user o on o.id = d.owner_id
    where ${visibleTo(viewer)} order by ${order}`);
  return rows.map(read);
}

export async function findDashboard(runner: SqlRunner, viewer: Viewer, id: string): Promise<DashboardRow | undefined> {
  const row = await runner.first<Kept>(sql`
    select ${columns(viewer.userId)} from dashboard d left join app_user o on o.id = d.owner_id
    where d.id = ${id}::uuid and ${visibleTo(viewer)}`);
  return row && read(row);
}

/**
 * The dashboard that the person starts with, of those they see: their own choice, else the built-in one that
 * suits them, else the first. Null where they see none.
 */
export async function findHomeId(runner: SqlRunner, viewer: Viewer): Promise<string | null> {
  const row = await runner.first<{ id: string }>(sql`
    select d.id::text as id from dashboard d
    left join dashboard_home h on h.dashboard_id = d.id and h.user_id = ${viewer.userId}::uuid
    where ${visibleTo(viewer)}
    order by (h.user_id is null), coalesce(d.key = ${viewer.suits}, false) desc, ${order} limit 1`);
  return row?.id ?? null;
}

/** Sets or takes back (null) a person's own choice; answers what it was. */
export async function chooseHome(runner: SqlRunner, userId: string, id: string | null): Promise<string | null> {
  const before = await runner.first<{ id: string }>(sql`
    select dashboard_id::text as id from dashboard_home where user_id = ${userId}::uuid for update`);
  if (id === null) await runner.rows(sql`delete from dashboard_home where user_id = ${userId}::uuid`);
  else
    await runner.rows(sql`
      insert into dashboard_home (user_id, dashboard_id) values (${userId}::uuid, ${id}::uuid)
      on conflict (user_id) do update set dashboard_id = excluded.dashboard_id`);
  return before?.id ?? null;
}

export async function lockDashboard(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`select 1 as locked from dashboard where id = ${id}::uuid for update`);
}

export async function countDashboardsOf(runner: SqlRunner, userId: string): Promise<number> {
  const row = await runner.first<{ count: number }>(sql`
    select count(*)::int as count from dashboard where owner_id = ${userId}::uuid`);
  return row?.count ?? 0;
}

/** Those of the ids that are no role. */
export async function findUnknownRoles(runner: SqlRunner, ids: readonly string[]): Promise<string[]> {
  const rows = await runner.rows<{ id: string }>(sql`
    select given.id from unnest(${ids}::text[]) as given(id)
    where not exists (select from role r where r.id = given.id::uuid)`);
  return rows.map(({ id }) => id);
}

export async function insertDashboard(runner: SqlRunner, ownerId: string, one: DashboardContent): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into dashboard (name, description, owner_id, audience, role_ids, selection, panels)
    values (${one.name}, ${one.description}, ${ownerId}::uuid, ${one.audience}, ${one.roleIds}::uuid[],
      ${JSON.stringify(one.selection)}::jsonb, ${JSON.stringify(one.panels)}::jsonb)
    returning id::text as id`);
  if (!row) throw new Error('insert of a dashboard returned no row');
  return row.id;
}

export async function writeDashboard(runner: SqlRunner, id: string, one: DashboardContent): Promise<void> {
  await runner.rows(sql`
    update dashboard set name = ${one.name}, description = ${one.description}, audience = ${one.audience},
      role_ids = ${one.roleIds}::uuid[], selection = ${JSON.stringify(one.selection)}::jsonb,
      panels = ${JSON.stringify(one.panels)}::jsonb, version = version + 1, updated_at = now()
    where id = ${id}::uuid`);
}

export async function eraseDashboard(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`delete from dashboard where id = ${id}::uuid`);
}

/** One of those that every installation has; where it is there already it stays as it is. */
export async function insertBuiltIn(runner: SqlRunner, key: string, one: DashboardContent): Promise<void> {
  await runner.rows(sql`
    insert into dashboard (key, name, description, audience, selection, panels)
    values (${key}, ${one.name}, ${one.description}, ${one.audience}, ${JSON.stringify(one.selection)}::jsonb,
      ${JSON.stringify(one.panels)}::jsonb)
    on conflict (key) do nothing`);
}
