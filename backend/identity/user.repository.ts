import { type RecordScope, scopeSql } from '../access/index.ts';
import type { User } from '../contracts/users.ts';
import { limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';

const SORT = 'name';

const userColumns = raw(`
  u.id::text as id, u.email, u.name, u.status, u.version,
  json_build_object('id', r.id, 'key', r.key, 'name', r.name) as role,
  case when t.id is null then null else json_build_object('id', t.id, 'name', t.name) end as team,
  json_build_object(
    'hasPassword', u.password_hash is not null, 'mustResetPassword', u.must_reset_password,
    'totp', u.totp_confirmed_at is not null,
    'passkeys', (select count(*)::int from passkey k where k.user_id = u.id),
    'sso', (select coalesce(json_agg(p.name order by p.name), '[]'::json) from sso_identity s
            join identity_provider p on p.id = s.provider_id where s.user_id = u.id)) as security,
  iso(u.last_sign_in_at) as "lastSignInAt", iso(u.created_at) as "createdAt", iso(u.updated_at) as "updatedAt"`);
const userTables = raw('app_user u join role r on r.id = u.role_id left join team t on t.id = u.team_id');

/** A person is "owned" by themselves and belongs to their team. */
const within = (scope: RecordScope): Sql => scopeSql(scope, 'u', { owner: 'id', team: 'team_id' });

export interface UserFilters {
  limit: number;
  cursor?: string | undefined;
  q?: string | undefined;
  role?: string | undefined;
  team?: string | undefined;
  status?: string | undefined;
  count?: boolean | undefined;
}

/** People within `scope`, by name. */
export async function listUsers(
  runner: SqlRunner,
  scope: RecordScope,
  filters: UserFilters,
): Promise<{ items: User[]; nextCursor: string | null; total?: number }> {
  const position = decodeCursor(filters.cursor, SORT, 2);
  const conditions = sql`${within(scope)} ${narrowing(filters)}`;
  const after = position
    ? sql`and (lower(u.name), u.id) > (${String(position[0])}, ${asUuid(position[1])}::uuid)`
    : raw('');
  const rows = await runner.rows<User & { sortKey: string }>(sql`
    select ${userColumns}, lower(u.name) as "sortKey" from ${userTables}
    where ${conditions} ${after} order by lower(u.name), u.id ${limitSql(filters.limit + 1)}`);
  const page = cutPage(rows, filters.limit, (row) => encodeCursor(SORT, [row.sortKey, row.id]));
  const counted = filters.count
    ? await runner.first<{ total: number }>(sql`select count(*)::int as total from ${userTables} where ${conditions}`)
    : undefined;
  return {
    items: page.rows.map(({ sortKey: _, ...user }) => user),
    nextCursor: page.nextCursor,
    ...(counted ? { total: counted.total } : {}),
  };
}

/** A cursor is only text from outside: anything but an id of ours matches no row. */
const asUuid = (value: string | number | null | undefined): string =>
  typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? value : 'ffffffff-ffff-ffff-ffff-ffffffffffff';

function narrowing({ q, role, team, status }: UserFilters): Sql {
  const pattern = q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null;
  return sql`
    and (${pattern}::text is null or u.name ilike ${pattern} or u.email ilike ${pattern})
    and (${role ?? null}::text is null or r.key = ${role ?? null})
    and (${team ?? null}::uuid is null or u.team_id = ${team ?? null}::uuid)
    and (${status ?? null}::text is null or u.status = ${status ?? null})`;
}

/** The person, or undefined when there is none within `scope`. */
export const findUser = (runner: SqlRunner, scope: RecordScope, id: string): Promise<User | undefined> =>
  runner.first<User>(sql`select ${userColumns} from ${userTables} where u.id = ${id}::uuid and ${within(scope)}`);

/** The same, kept from changing until the transaction ends. */
export async function lockUser(runner: SqlRunner, scope: RecordScope, id: string): Promise<User | undefined> {
  await runner.rows(sql`select id::text as id from app_user where id = ${id}::uuid for update`);
  return findUser(runner, scope, id);
}

export interface NewUser {
  email: string | null;
  name: string;
  roleId: string;
  teamId: string | null;
  passwordHash: string | null;
  isEmailVerified: boolean;
  /** invited: comes in once the invitation is accepted */
  status?: 'active' | 'invited';
}

/** Adds a person, active unless said otherwise; answers the id. A known e-mail address is a unique violation. */
export async function insertUser(runner: SqlRunner, user: NewUser, now: Date): Promise<string> {
  const at = now.toISOString();
  const row = await runner.first<{ id: string }>(sql`
    insert into app_user (email, name, status, role_id, team_id, password_hash, email_verified_at, created_at, updated_at)
    values (${user.email}, ${user.name}, ${user.status ?? 'active'}, ${user.roleId}::uuid, ${user.teamId}::uuid, ${user.passwordHash},
            ${user.isEmailVerified ? at : null}::timestamptz, ${at}::timestamptz, ${at}::timestamptz)
    returning id::text as id`);
  if (!row) throw new Error('The database did not answer the id of the new user.');
  return row.id;
}

/** A person's row after a change: every field as it shall be. */
export interface ChangedUser {
  name: string;
  roleId: string;
  teamId: string | null;
  status: string;
}

export async function updateUser(runner: SqlRunner, id: string, user: ChangedUser, now: Date): Promise<void> {
  await runner.rows(sql`
    update app_user set name = ${user.name}, role_id = ${user.roleId}::uuid, team_id = ${user.teamId}::uuid,
      status = ${user.status}, version = version + 1, updated_at = ${now.toISOString()}::timestamptz
    where id = ${id}::uuid`);
}

/** Can the person come in once active: by password, passkey, a linked provider, or a host page that knows them? */
export async function hasWayIn(runner: SqlRunner, userId: string): Promise<boolean> {
  const found = await runner.first(sql`
    select 1 as found from app_user u where u.id = ${userId}::uuid and (u.password_hash is not null
      or exists (select 1 from passkey k where k.user_id = u.id)
      or exists (select 1 from sso_identity s where s.user_id = u.id)
      or exists (select 1 from embed_identity e where e.user_id = u.id))`);
  return found !== undefined;
}
