import { type SqlRunner, sql } from '../../db/index.ts';
import type { MailKind } from '../../notify/mail/index.ts';

/** What mails and links have to know about a person. */
export interface AccountRow {
  id: string;
  email: string;
  name: string;
  status: string;
  hasPassword: boolean;
  /** names of the providers the person comes in through */
  providers: string[];
}

const accounts = sql`
  select u.id::text as id, u.email, u.name, u.status, u.password_hash is not null as "hasPassword",
    coalesce((select json_agg(p.name order by p.name) from sso_identity s join identity_provider p on p.id = s.provider_id
              where s.user_id = u.id and p.is_active), '[]'::json) as providers
  from app_user u`;

export const findAccountByEmail = (runner: SqlRunner, email: string): Promise<AccountRow | undefined> =>
  runner.first<AccountRow>(sql`${accounts} where u.email = ${email}`);

export const findAccountOf = (runner: SqlRunner, userId: string): Promise<AccountRow | undefined> =>
  runner.first<AccountRow>(sql`${accounts} where u.id = ${userId}::uuid and u.email is not null`);

/** Adds the person of a verified registration, with the default role; undefined when the address has an account. */
export const insertRegistered = (
  runner: SqlRunner,
  person: { email: string; name: string; passwordHash: string; roleId: string | null },
  now: Date,
): Promise<{ id: string; role: string } | undefined> =>
  runner.first<{ id: string; role: string }>(sql`
    insert into app_user (email, name, password_hash, role_id, email_verified_at, created_at, updated_at)
    select ${person.email}, ${person.name}, ${person.passwordHash}, r.id, ${now.toISOString()}::timestamptz,
      ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    from role r where r.id = ${person.roleId}::uuid or r.key = 'viewer'
    order by (r.id = ${person.roleId}::uuid) desc nulls last limit 1
    on conflict (email) do nothing
    returning id::text as id, (select key from role where id = role_id) as role`);

/** Stores a password that came by a mailed link, which also shows that the address is theirs; false when the person can't have one. */
export async function storeResetPassword(
  runner: SqlRunner,
  userId: string,
  passwordHash: string,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const done = await runner.first(sql`
    update app_user set password_hash = ${passwordHash}, must_reset_password = false, version = version + 1,
      email_verified_at = coalesce(email_verified_at, ${at}::timestamptz), updated_at = ${at}::timestamptz
    where id = ${userId}::uuid and status = 'active' and password_hash is not null returning 1 as done`);
  return done !== undefined;
}

/** Makes an invited person active; false when they are not invited any more. */
export async function activateInvited(
  runner: SqlRunner,
  person: { id: string; name: string; passwordHash: string },
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const done = await runner.first(sql`
    update app_user set name = ${person.name}, password_hash = ${person.passwordHash}, status = 'active',
      email_verified_at = ${at}::timestamptz, version = version + 1, updated_at = ${at}::timestamptz
    where id = ${person.id}::uuid and status = 'invited' returning 1 as done`);
  return done !== undefined;
}

/** The present password opens nothing any more; false where there is none. */
export async function requireReset(runner: SqlRunner, userId: string, now: Date): Promise<boolean> {
  const done = await runner.first(sql`
    update app_user set must_reset_password = true, version = version + 1, updated_at = ${now.toISOString()}::timestamptz
    where id = ${userId}::uuid and password_hash is not null and status = 'active' returning 1 as done`);
  return done !== undefined;
}

/** Mails of these kinds that went to this address since then. */
export async function countMails(
  runner: SqlRunner,
  email: string,
  kinds: readonly MailKind[],
  since: Date,
): Promise<number> {
  const row = await runner.first<{ count: number }>(sql`
    select count(*)::int as count from mail
    where created_at > ${since.toISOString()}::timestamptz and to_address = ${email} and kind = any(${kinds}::text[])`);
  return row?.count ?? 0;
}
