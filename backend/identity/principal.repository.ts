import {
  type FieldGroup,
  fieldGroups,
  fieldView,
  type HiddenCustom,
  type Permission,
  type Principal,
  permissions,
  type Via,
} from '../access/index.ts';
import type { Scope } from '../contracts/auth.ts';
import { raw, type SqlRunner, sql } from '../db/index.ts';

/** What the statements below select about a person (`u`) and the person's role (`r`). */
export interface PrincipalRow {
  userId: string;
  name: string;
  status: string;
  roleKey: string;
  permissions: Record<string, Scope>;
  fieldGroups: string[];
  /** keys of archived custom fields, and of those for other roles */
  hiddenCustom: HiddenCustom;
  teamId: string | null;
  teamIds: string[];
  /** an authenticator app or a passkey */
  hasSecondStep: boolean;
}

/** Columns of PrincipalRow; the statement has app_user as `u` and role as `r`. `union` ends a team cycle. */
export const principalColumns = raw(`
  u.id::text as "userId", u.name, u.status, u.team_id::text as "teamId", r.key as "roleKey", r.permissions,
  to_json(r.field_groups) as "fieldGroups",
  coalesce((
    select json_object_agg(hidden.entity, hidden.keys) from (
      select f.entity, json_agg(f.key order by f.key) as keys from custom_field f
      where f.archived_at is not null or (f.visible_to <> '{}' and r.key <> all(f.visible_to))
      group by f.entity) hidden), '{}'::json) as "hiddenCustom",
  (u.totp_confirmed_at is not null or exists (select 1 from passkey k where k.user_id = u.id)) as "hasSecondStep",
  coalesce((
    with recursive below (id) as (
      select t.id from team t where t.id = u.team_id
      union
      select child.id from team child join below on child.parent_id = below.id)
    select json_agg(below.id) from below), '[]'::json) as "teamIds"`);

/** One person as of now, whatever the status; undefined for nobody. */
export const findPrincipalRow = (runner: SqlRunner, userId: string): Promise<PrincipalRow | undefined> =>
  runner.first<PrincipalRow>(sql`
    select ${principalColumns} from app_user u join role r on r.id = u.role_id where u.id = ${userId}::uuid`);

const knownPermissions = new Set<string>(permissions);
const knownGroups = new Set<string>(fieldGroups);

type Rights = Pick<Principal, 'permissions' | 'fieldGroups'>;
/** Rows are cached for seconds and asked at each request; what they say is worked out once. */
const rightsOfRow = new WeakMap<PrincipalRow, Rights>();

function rightsOf(row: PrincipalRow): Rights {
  let rights = rightsOfRow.get(row);
  if (!rights) {
    const known = Object.entries(row.permissions).filter(([name]) => knownPermissions.has(name));
    rights = {
      permissions: Object.fromEntries(known) as Partial<Record<Permission, Scope>>,
      fieldGroups: fieldView(
        row.fieldGroups.filter((group): group is FieldGroup => knownGroups.has(group)),
        row.hiddenCustom,
      ),
    };
    rightsOfRow.set(row, rights);
  }
  return rights;
}

/** The principal of an active person; null for anybody else. Permissions that this version doesn't know are dropped. */
export function toPrincipal(row: PrincipalRow, via: Via, sessionId: string | null): Principal | null {
  if (row.status !== 'active') return null;
  return {
    userId: row.userId,
    name: row.name,
    roleKey: row.roleKey,
    ...rightsOf(row),
    teamId: row.teamId,
    teamIds: row.teamIds,
    via,
    sessionId,
  };
}
