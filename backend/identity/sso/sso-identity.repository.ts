import { raw, type SqlRunner, sql } from '../../db/index.ts';

/** What finding and admitting a person has to know. */
export interface SsoPerson {
  id: string;
  status: string;
  roleId: string;
  roleKey: string;
  /** whether the e-mail address was shown to be the person's own */
  isVerified: boolean;
  /** linked to a provider or to a host page */
  isLinked: boolean;
}

const person = raw(`
  u.id::text as id, u.status, u.role_id::text as "roleId", r.key as "roleKey",
  u.email_verified_at is not null as "isVerified",
  (exists (select 1 from sso_identity s where s.user_id = u.id)
   or exists (select 1 from embed_identity e where e.user_id = u.id)) as "isLinked"`);

/** Whom this subject was linked to before. */
export const findLinkedPerson = (
  runner: SqlRunner,
  providerId: string,
  subject: string,
): Promise<SsoPerson | undefined> =>
  runner.first<SsoPerson>(sql`
    select ${person} from sso_identity i join app_user u on u.id = i.user_id join role r on r.id = u.role_id
    where i.provider_id = ${providerId}::uuid and i.subject = ${subject} for update of u`);

/** Who has this e-mail address. */
export const findNamesake = (runner: SqlRunner, email: string): Promise<SsoPerson | undefined> =>
  runner.first<SsoPerson>(sql`
    select ${person} from app_user u join role r on r.id = u.role_id where u.email = ${email} for update of u`);

/** First visits of one subject wait for each other, so that two at once make one person. */
export async function lockSubject(runner: SqlRunner, providerId: string, subject: string): Promise<void> {
  await runner.rows(sql`
    select pg_advisory_xact_lock(hashtextextended(${`sso ${providerId} ${subject}`}, 0))::text as locked`);
}

export async function insertLink(
  runner: SqlRunner,
  link: { providerId: string; subject: string; userId: string },
  now: Date,
): Promise<void> {
  await runner.rows(sql`
    insert into sso_identity (provider_id, subject, user_id, created_at)
    values (${link.providerId}::uuid, ${link.subject}, ${link.userId}::uuid, ${now.toISOString()}::timestamptz)`);
}

export async function touchLink(runner: SqlRunner, providerId: string, subject: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update sso_identity set last_sign_in_at = ${now.toISOString()}::timestamptz
    where provider_id = ${providerId}::uuid and subject = ${subject}`);
}

/**
 * Somebody invited has come in. Whatever password was set before the address was shown to be theirs may be
 * somebody else's and goes.
 */
export async function activatePerson(runner: SqlRunner, userId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await runner.rows(sql`
    update app_user set status = 'active', email_verified_at = ${at}::timestamptz, password_hash = null,
      version = version + 1, updated_at = ${at}::timestamptz
    where id = ${userId}::uuid`);
}

export async function setEmailVerified(runner: SqlRunner, userId: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update app_user set email_verified_at = ${now.toISOString()}::timestamptz
    where id = ${userId}::uuid and email_verified_at is null`);
}

/** The role of this id; undefined where it was deleted since. */
export const findRoleKey = (runner: SqlRunner, roleId: string): Promise<{ key: string } | undefined> =>
  runner.first<{ key: string }>(sql`select key from role where id = ${roleId}::uuid`);

export async function setRole(runner: SqlRunner, userId: string, roleId: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update app_user set role_id = ${roleId}::uuid, version = version + 1, updated_at = ${now.toISOString()}::timestamptz
    where id = ${userId}::uuid`);
}
