import type { ApiKey } from '../../contracts/administration.ts';
import type { Scope } from '../../contracts/auth.ts';
import { hashToken, raw, type Sql, type SqlRunner, sql } from '../../db/index.ts';
import type { Rights } from '../grants.ts';
import { type PrincipalRow, principalColumns } from '../principal.repository.ts';

const MAX_LISTED = 1000;

const keyColumns = (now: Date): Sql => sql`
  k.id::text as id, k.name, k.prefix, json_build_object('id', u.id, 'name', u.name) as person, k.permissions,
  to_json(k.field_groups) as "fieldGroups",
  case when k.revoked_at is not null then 'revoked' when k.expires_at <= ${now.toISOString()}::timestamptz then 'expired'
       when u.status <> 'active' then 'owner-inactive' else 'active' end as status,
  iso(k.expires_at) as "expiresAt", iso(k.last_used_at) as "lastUsedAt", iso(k.created_at) as "createdAt"`;
const keyTables = raw('api_key k join app_user u on u.id = k.user_id');

/** Everybody's keys, newest first, those that work no more included. */
export const listKeys = (runner: SqlRunner, now: Date): Promise<ApiKey[]> =>
  runner.rows<ApiKey>(sql`
    select ${keyColumns(now)} from ${keyTables} order by k.created_at desc, k.id desc ${raw(`limit ${MAX_LISTED}`)}`);

export const findKey = (runner: SqlRunner, id: string, now: Date): Promise<ApiKey | undefined> =>
  runner.first<ApiKey>(sql`select ${keyColumns(now)} from ${keyTables} where k.id = ${id}::uuid`);

/** How many keys of the person still work. */
export async function countWorkingKeys(runner: SqlRunner, userId: string, now: Date): Promise<number> {
  const row = await runner.first<{ keys: number }>(sql`
    select count(*)::int as keys from api_key
    where user_id = ${userId}::uuid and revoked_at is null and expires_at > ${now.toISOString()}::timestamptz`);
  return row?.keys ?? 0;
}

export interface NewKey extends Rights {
  key: string;
  prefix: string;
  name: string;
  userId: string;
  /** last day it works, in `timeZone` */
  expiresOn: string;
  timeZone: string;
}

/** Stores a key, of which only the hash is kept; answers the id. */
export async function insertKey(runner: SqlRunner, key: NewKey, now: Date): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into api_key (name, prefix, key_hash, user_id, permissions, field_groups, expires_at, created_at)
    values (${key.name}, ${key.prefix}, decode(${hashToken(key.key).toString('hex')}, 'hex'), ${key.userId}::uuid,
      ${JSON.stringify(key.permissions)}::jsonb, ${key.fieldGroups}::text[],
      (${key.expiresOn}::date + 1)::timestamp at time zone ${key.timeZone}::text, ${now.toISOString()}::timestamptz)
    returning id::text as id`);
  if (!row) throw new Error('The database did not answer the id of the new API key.');
  return row.id;
}

/** Ends a key; false when it was ended before. */
export async function revokeKey(runner: SqlRunner, id: string, now: Date): Promise<boolean> {
  const row = await runner.first(sql`
    update api_key set revoked_at = ${now.toISOString()}::timestamptz
    where id = ${id}::uuid and revoked_at is null returning 1 as done`);
  return row !== undefined;
}

/** A key as a request presents it, with its person. Times in milliseconds since 1970. */
export interface PresentedKey extends PrincipalRow {
  keyId: string;
  keyPermissions: Record<string, Scope>;
  keyFieldGroups: string[];
  isRevoked: boolean;
  keyExpiresAt: number;
  keyLastUsedAt: number | null;
}

/** Key and person in one statement; undefined for an unknown key. */
export const findPresentedKey = (runner: SqlRunner, key: string): Promise<PresentedKey | undefined> =>
  findWithPerson(runner, sql`k.key_hash = decode(${hashToken(key).toString('hex')}, 'hex')`);

/** The same for a key that was presented before. */
export const findKeyById = (runner: SqlRunner, id: string): Promise<PresentedKey | undefined> =>
  findWithPerson(runner, sql`k.id = ${id}::uuid`);

const findWithPerson = (runner: SqlRunner, condition: Sql): Promise<PresentedKey | undefined> =>
  runner.first<PresentedKey>(sql`
    select k.id::text as "keyId", k.permissions as "keyPermissions", to_json(k.field_groups) as "keyFieldGroups",
      k.revoked_at is not null as "isRevoked", (extract(epoch from k.expires_at) * 1000)::float8 as "keyExpiresAt",
      (extract(epoch from k.last_used_at) * 1000)::float8 as "keyLastUsedAt", ${principalColumns}
    from api_key k join app_user u on u.id = k.user_id join role r on r.id = u.role_id
    where ${condition}`);

export async function touchKey(runner: SqlRunner, id: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update api_key set last_used_at = ${now.toISOString()}::timestamptz
    where id = ${id}::uuid and (last_used_at is null or last_used_at < ${now.toISOString()}::timestamptz)`);
}
