import { hashToken, randomToken, type SqlRunner, sql } from '../db/index.ts';

/** What a one-time secret is good for. */
export type TokenPurpose = 'verify-email' | 'reset-password' | 'invitation' | 'mfa' | 'passkey' | 'sso';

export interface NewToken {
  purpose: TokenPurpose;
  /** whom it concerns; null: nobody yet */
  userId: string | null;
  payload?: unknown;
  lifeMs: number;
  now: Date;
}

export interface OneTimeToken {
  id: string;
  userId: string | null;
  payload: unknown;
  /** milliseconds since 1970 */
  expiresAt: number;
}

const columns = sql`id::text as id, user_id::text as "userId", payload, (extract(epoch from expires_at) * 1000)::float8 as "expiresAt"`;

const isGood = (purpose: TokenPurpose, token: string, now: Date) => sql`
  purpose = ${purpose} and token_hash = decode(${hashToken(token).toString('hex')}, 'hex') and used_at is null
  and expires_at > ${now.toISOString()}::timestamptz`;

/** Stores a new 256-bit secret, of which only the hash is kept; answers the secret. */
export async function createToken(
  runner: SqlRunner,
  { purpose, userId, payload, lifeMs, now }: NewToken,
): Promise<string> {
  const token = randomToken();
  await runner.rows(sql`
    insert into one_time_token (purpose, token_hash, user_id, payload, created_at, expires_at)
    values (${purpose}, decode(${hashToken(token).toString('hex')}, 'hex'), ${userId}::uuid, ${JSON.stringify(payload ?? {})}::jsonb,
      ${now.toISOString()}::timestamptz, ${new Date(now.getTime() + lifeMs).toISOString()}::timestamptz)`);
  return token;
}

/** What the secret stands for while it is unused and in time; it stays usable. */
export const findToken = (
  runner: SqlRunner,
  purpose: TokenPurpose,
  token: string,
  now: Date,
): Promise<OneTimeToken | undefined> =>
  runner.first<OneTimeToken>(sql`select ${columns} from one_time_token where ${isGood(purpose, token, now)}`);

/** Notes something with a secret that was found: what is asked next, for instance. */
export async function setTokenPayload(runner: SqlRunner, id: string, payload: unknown): Promise<void> {
  await runner.rows(sql`
    update one_time_token set payload = ${JSON.stringify(payload)}::jsonb where id = ${id}::uuid and used_at is null`);
}

/** Uses the secret up: of two at the same time, one gets it. Call it in the transaction of what it allows. */
export const spendToken = (
  runner: SqlRunner,
  purpose: TokenPurpose,
  token: string,
  now: Date,
): Promise<OneTimeToken | undefined> =>
  runner.first<OneTimeToken>(sql`
    update one_time_token set used_at = ${now.toISOString()}::timestamptz
    where ${isGood(purpose, token, now)} returning ${columns}`);

/** Ends all unused secrets of a person for these purposes. */
export async function revokeTokens(
  runner: SqlRunner,
  userId: string,
  purposes: readonly TokenPurpose[],
  now: Date,
): Promise<void> {
  await runner.rows(sql`
    update one_time_token set used_at = ${now.toISOString()}::timestamptz
    where user_id = ${userId}::uuid and purpose = any(${purposes}::text[]) and used_at is null`);
}
