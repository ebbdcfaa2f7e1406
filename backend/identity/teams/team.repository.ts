import type { Team } from '../../contracts/users.ts';
import { raw, type SqlRunner, sql } from '../../db/index.ts';

const teamColumns = raw(`
  t.id::text as id, t.name, t.region, t.parent_id::text as "parentId", t.version,
  (select count(*)::int from app_user u where u.team_id = t.id and u.status = 'active') as members`);

/** All teams with the number of their active members. */
export const listTeams = (runner: SqlRunner): Promise<Team[]> =>
  runner.rows<Team>(sql`select ${teamColumns} from team t order by lower(t.name), t.id`);

export const teamExists = async (runner: SqlRunner, id: string): Promise<boolean> =>
  (await runner.first(sql`select 1 as found from team where id = ${id}::uuid`)) !== undefined;

export const findTeam = (runner: SqlRunner, id: string): Promise<Team | undefined> =>
  runner.first<Team>(sql`select ${teamColumns} from team t where t.id = ${id}::uuid`);

/** The same, kept from changing until the transaction ends. */
export async function lockTeam(runner: SqlRunner, id: string): Promise<Team | undefined> {
  await runner.rows(sql`select id::text as id from team where id = ${id}::uuid for update`);
  return findTeam(runner, id);
}

/** Does another team go by this name, whatever its case? */
export const isTeamNameTaken = async (runner: SqlRunner, name: string, exceptId: string | null): Promise<boolean> =>
  (await runner.first(sql`
    select 1 as found from team where lower(name) = lower(${name}) and id is distinct from ${exceptId}::uuid limit 1`)) !==
  undefined;

/** The team and all teams above it. `union` ends a cycle. */
export async function listTeamsAbove(runner: SqlRunner, id: string): Promise<string[]> {
  const rows = await runner.rows<{ id: string }>(sql`
    with recursive above (id, parent_id) as (
      select t.id, t.parent_id from team t where t.id = ${id}::uuid
      union
      select t.id, t.parent_id from team t join above on t.id = above.parent_id)
    select id::text as id from above`);
  return rows.map((row) => row.id);
}

/** The permissions that anybody in these teams holds over "the team". */
export async function listTeamRightsIn(runner: SqlRunner, teamIds: readonly string[]): Promise<string[]> {
  const rows = await runner.rows<{ name: string }>(sql`
    select distinct p.key as name from app_user u join role r on r.id = u.role_id,
      lateral jsonb_each_text(r.permissions) p
    where u.team_id = any(${teamIds}::uuid[]) and p.value = 'team' order by name`);
  return rows.map((row) => row.name);
}

/** A team's row: every field as it shall be. */
export type StoredTeam = Pick<Team, 'name' | 'region' | 'parentId'>;

export async function insertTeam(runner: SqlRunner, team: StoredTeam, now: Date): Promise<string> {
  const at = now.toISOString();
  const row = await runner.first<{ id: string }>(sql`
    insert into team (name, region, parent_id, created_at, updated_at)
    values (${team.name}, ${team.region}, ${team.parentId}::uuid, ${at}::timestamptz, ${at}::timestamptz)
    returning id::text as id`);
  if (!row) throw new Error('The database did not answer the id of the new team.');
  return row.id;
}

export async function updateTeam(runner: SqlRunner, id: string, team: StoredTeam, now: Date): Promise<void> {
  await runner.rows(sql`
    update team set name = ${team.name}, region = ${team.region}, parent_id = ${team.parentId}::uuid,
      version = version + 1, updated_at = ${now.toISOString()}::timestamptz
    where id = ${id}::uuid`);
}

export async function deleteTeam(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`delete from team where id = ${id}::uuid`);
}

/** What still points to the team, history included, each as a plural; empty when it can go. */
export async function listTeamUses(runner: SqlRunner, id: string): Promise<string[]> {
  const uses = {
    people: sql`select from app_user where team_id = ${id}::uuid`,
    'teams below it': sql`select from team where parent_id = ${id}::uuid`,
    leads: sql`select from lead where team_id = ${id}::uuid`,
    opportunities: sql`select from opportunity where team_id = ${id}::uuid`,
    accounts: sql`select from account where team_id = ${id}::uuid`,
    contacts: sql`select from contact where team_id = ${id}::uuid`,
    sales: sql`select from sale where team_id = ${id}::uuid`,
    spend: sql`select from spend where team_id = ${id}::uuid`,
    targets: sql`select from target where team_id = ${id}::uuid`,
    'past stages of records': sql`select from stage_event where team_id = ${id}::uuid`,
  };
  const found: string[] = [];
  for (const [noun, rows] of Object.entries(uses)) {
    const row = await runner.first<{ has: boolean }>(sql`select exists (${rows}) as has`);
    if (row?.has) found.push(noun);
  }
  return found;
}
