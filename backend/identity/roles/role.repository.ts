import type { Role } from '../../contracts/users.ts';
import { raw, type SqlRunner, sql } from '../../db/index.ts';
import type { Rights } from '../grants.ts';

const roleColumns = raw(`
  r.id::text as id, r.key, r.name, r.is_built_in as "isBuiltIn", r.permissions,
  to_json(r.field_groups) as "fieldGroups", r.version,
  (select count(*)::int from app_user u where u.role_id = r.id) as users`);

/** All roles with the number of people who hold each; those of the product first. */
export const listRoles = (runner: SqlRunner): Promise<Role[]> =>
  runner.rows<Role>(sql`select ${roleColumns} from role r order by r.is_built_in desc, r.id`);

/** One role; undefined for an unknown one. */
export const findRole = (runner: SqlRunner, id: string): Promise<Role | undefined> =>
  runner.first<Role>(sql`select ${roleColumns} from role r where r.id = ${id}::uuid`);

/** The same, kept from changing until the transaction ends. */
export async function lockRole(runner: SqlRunner, id: string): Promise<Role | undefined> {
  await runner.rows(sql`select id::text as id from role where id = ${id}::uuid for update`);
  return findRole(runner, id);
}

/** Does another role go by this name, whatever its case? */
export const isRoleNameTaken = async (runner: SqlRunner, name: string, exceptId: string | null): Promise<boolean> =>
  (await runner.first(sql`
    select 1 as found from role where lower(name) = lower(${name}) and id is distinct from ${exceptId}::uuid limit 1`)) !==
  undefined;

export interface StoredRole extends Rights {
  name: string;
}

/** Adds a role of the company's own; answers the id. */
export async function insertRole(runner: SqlRunner, key: string, role: StoredRole, now: Date): Promise<string> {
  const at = now.toISOString();
  const row = await runner.first<{ id: string }>(sql`
    insert into role (key, name, permissions, field_groups, created_at, updated_at)
    values (${key}, ${role.name}, ${JSON.stringify(role.permissions)}::jsonb, ${role.fieldGroups}::text[],
            ${at}::timestamptz, ${at}::timestamptz)
    returning id::text as id`);
  if (!row) throw new Error('The database did not answer the id of the new role.');
  return row.id;
}

export async function updateRole(runner: SqlRunner, id: string, role: StoredRole, now: Date): Promise<void> {
  await runner.rows(sql`
    update role set name = ${role.name}, permissions = ${JSON.stringify(role.permissions)}::jsonb,
      field_groups = ${role.fieldGroups}::text[], version = version + 1, updated_at = ${now.toISOString()}::timestamptz
    where id = ${id}::uuid`);
}

export async function deleteRole(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`delete from role where id = ${id}::uuid`);
}

/** The teams of the people who hold the role. */
export async function teamsOfHolders(runner: SqlRunner, id: string): Promise<string[]> {
  const rows = await runner.rows<{ id: string }>(sql`
    select distinct team_id::text as id from app_user where role_id = ${id}::uuid and team_id is not null`);
  return rows.map((row) => row.id);
}

/** What gives the role to people who come: each as the end of "is the role of ...". */
export async function listRoleUses(runner: SqlRunner, id: string): Promise<string[]> {
  const rows = await runner.rows<{ use: string }>(sql`
    select 'people who register' as use from setting where key = 'sign-in' and value ->> 'defaultRoleId' = ${id}
    union all
    select 'people who come from the sign-in provider ' || name from identity_provider
    where default_role_id = ${id}::uuid or role_mapping @> ${JSON.stringify([{ roleId: id }])}::jsonb
    union all
    select 'visitors of the embed client ' || name from embed_client where default_role_id = ${id}::uuid`);
  return rows.map((row) => row.use);
}
