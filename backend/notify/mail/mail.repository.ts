import type { Mail } from '../../contracts/administration.ts';
import { limitSql, type Sql, type SqlRunner, sql } from '../../db/index.ts';

export interface NewMail {
  kind: string;
  toAddress: string;
  userId: string | null;
  subject: string;
  bodySealed: Uint8Array;
  state: 'waiting' | 'kept';
  now: Date;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Stores a mail; answers its id. */
export async function insertMail(runner: SqlRunner, mail: NewMail): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into mail (kind, to_address, user_id, subject, body_sealed, state, created_at)
    values (${mail.kind}, ${mail.toAddress}, ${mail.userId}::uuid, ${mail.subject},
      decode(${hex(mail.bodySealed)}, 'hex'), ${mail.state}, ${mail.now.toISOString()}::timestamptz)
    returning id::text as id`);
  if (!row) throw new Error('The database did not answer the id of the new mail.');
  return row.id;
}

/** A mail on its way out. */
export interface WaitingMail {
  attempts: number;
  /** hexadecimal */
  bodySealed: string;
}

/** Counts a try and answers the mail; undefined when it is not (or no longer) waiting. */
export const startTry = (runner: SqlRunner, id: string): Promise<WaitingMail | undefined> =>
  runner.first<WaitingMail>(sql`
    update mail set attempts = attempts + 1
    where id = ${id}::uuid and state = 'waiting' and body_sealed is not null
    returning attempts, encode(body_sealed, 'hex') as "bodySealed"`);

/** The server has it: what it said is forgotten here. */
export async function markSent(runner: SqlRunner, id: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update mail set state = 'sent', sent_at = ${now.toISOString()}::timestamptz, body_sealed = null, error = null
    where id = ${id}::uuid`);
}

/** Why the last try failed; `state`: whether another follows. Bodies of mails that never go out are forgotten. */
export async function markTried(
  runner: SqlRunner,
  id: string,
  { state, error, keepsBody }: { state: 'waiting' | 'failed'; error: string; keepsBody: boolean },
): Promise<void> {
  await runner.rows(sql`
    update mail set state = ${state}, error = ${error}, body_sealed = case when ${keepsBody} then body_sealed end
    where id = ${id}::uuid and state = 'waiting'`);
}

/** Puts mails that failed for a passing reason within the last day in line again; answers their ids. */
export async function reviveFailed(runner: SqlRunner, now: Date): Promise<string[]> {
  const since = new Date(now.getTime() - 24 * 60 * 60_000).toISOString();
  const rows = await runner.rows<{ id: string }>(sql`
    update mail set state = 'waiting'
    where state = 'failed' and body_sealed is not null and created_at > ${since}::timestamptz
    returning id::text as id`);
  return rows.map(({ id }) => id);
}

/** A mail with what decides about reading it. */
export interface StoredMail extends Mail {
  /** role of the person it is for; null where it is for nobody of ours */
  roleId: string | null;
  /** hexadecimal; null once forgotten */
  bodySealed: string | null;
}

const columns = sql`m.id::text as id, m.kind, m.to_address as "to", m.subject, m.state, m.error,
  iso(m.created_at) as "createdAt", iso(m.sent_at) as "sentAt"`;

export const findMail = (runner: SqlRunner, id: string): Promise<StoredMail | undefined> =>
  runner.first<StoredMail>(sql`
    select ${columns}, u.role_id::text as "roleId", encode(m.body_sealed, 'hex') as "bodySealed"
    from mail m left join app_user u on u.id = m.user_id or (m.user_id is null and u.email = m.to_address)
    where m.id = ${id}::uuid`);

/** The latest mails first, one more than `limit`; `position`: createdAt and id of the last one shown. */
export function listMails(
  runner: SqlRunner,
  position: readonly [string, string] | null,
  limit: number,
): Promise<Mail[]> {
  const after: Sql = position
    ? sql`where (m.created_at, m.id) < (${position[0]}::timestamptz, ${position[1]}::uuid)`
    : sql``;
  return runner.rows<Mail>(sql`
    select ${columns} from mail m ${after} order by m.created_at desc, m.id desc ${limitSql(limit + 1)}`);
}
