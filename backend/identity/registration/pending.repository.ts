import { hashToken, randomToken, type SqlRunner, sql } from '../../db/index.ts';

/** What somebody typed who registers. There is no person before the address is verified, so nobody's address can be squatted on. */
export interface PendingRegistration {
  email: string;
  name: string;
  passwordHash: string;
}

const LIFE_MS = 24 * 60 * 60_000;

/**
 * Keeps a registration until its link is opened, and answers the link's secret. `isOpen: false`: the link never
 * works; the same statement for addresses that have an account already, so that the time tells nothing.
 */
export async function insertPending(
  runner: SqlRunner,
  pending: PendingRegistration,
  { isOpen, now }: { isOpen: boolean; now: Date },
): Promise<{ token: string; goodUntil: Date }> {
  const token = randomToken();
  const goodUntil = new Date(now.getTime() + LIFE_MS);
  const at = now.toISOString();
  await runner.rows(sql`
    insert into one_time_token (purpose, token_hash, email, payload, created_at, expires_at, used_at)
    values ('verify-email', decode(${hashToken(token).toString('hex')}, 'hex'), ${pending.email},
      ${JSON.stringify(isOpen ? pending : {})}::jsonb, ${at}::timestamptz, ${goodUntil.toISOString()}::timestamptz,
      ${isOpen ? null : at}::timestamptz)`);
  return { token, goodUntil };
}

/** The latest registration of this address that waits for its link to be opened. */
export async function findPending(
  runner: SqlRunner,
  email: string,
  now: Date,
): Promise<PendingRegistration | undefined> {
  const row = await runner.first<{ payload: PendingRegistration }>(sql`
    select payload from one_time_token
    where purpose = 'verify-email' and email = ${email} and used_at is null and expires_at > ${now.toISOString()}::timestamptz
    order by created_at desc, id desc limit 1`);
  return row?.payload;
}

/** The address is an account's now: other links to it open nothing any more, and what they held is forgotten. */
export async function forgetPending(runner: SqlRunner, email: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update one_time_token set used_at = coalesce(used_at, ${now.toISOString()}::timestamptz), payload = '{}'::jsonb
    where purpose = 'verify-email' and email = ${email}`);
}
