import { type RecordScope, scopeSql } from '../access/index.ts';
import type { Named } from '../contracts/common.ts';
import type { Role, Team } from '../contracts/users.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/** All roles with the number of people who hold each. */
export const listRoles = (runner: SqlRunner): Promise<Role[]> =>
  runner.rows<Role>(sql`
    select r.id::text as id, r.key, r.name, r.is_built_in as "isBuiltIn", r.permissions,
      to_json(r.field_groups) as "fieldGroups", r.version,
      (select count(*)::int from app_user u where u.role_id = r.id) as users
    from role r order by r.is_built_in desc, r.id`);

/** What a role grants; undefined for an unknown one. */
export const findRole = (
  runner: SqlRunner,
  id: string,
): Promise<Omit<Role, 'users' | 'isBuiltIn' | 'version'> | undefined> =>
  runner.first(sql`
    select r.id::text as id, r.key, r.name, r.permissions, to_json(r.field_groups) as "fieldGroups"
    from role r where r.id = ${id}::uuid`);

/** All teams with the number of their active members. */
export const listTeams = (runner: SqlRunner): Promise<Team[]> =>
  runner.rows<Team>(sql`
    select t.id::text as id, t.name, t.region, t.parent_id::text as "parentId", t.version,
      (select count(*)::int from app_user u where u.team_id = t.id and u.status = 'active') as members
    from team t order by lower(t.name), t.id`);

export const teamExists = async (runner: SqlRunner, id: string): Promise<boolean> =>
  (await runner.first(sql`select 1 as found from team where id = ${id}::uuid`)) !== undefined;

/** People within `scope` whom records can be given to, by name: those who can sign in and work on them. */
export const listPeople = (runner: SqlRunner, scope: RecordScope): Promise<Named[]> =>
  runner.rows<Named>(sql`
    select u.id::text as id, u.name from app_user u
    where u.status = 'active' and ${scopeSql(scope, 'u', { owner: 'id', team: 'team_id' })}
    order by lower(u.name), u.id`);
