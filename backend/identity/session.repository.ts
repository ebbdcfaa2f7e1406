import { hashToken, type SqlRunner, sql } from '../db/index.ts';
import { revokeTokens } from './one-time-token.repository.ts';
import { type PrincipalRow, principalColumns } from './principal.repository.ts';

/** A session with its person. Times in milliseconds since 1970. */
export interface SessionRow extends PrincipalRow {
  sessionId: string;
  isRevoked: boolean;
  method: SignInMethod;
  openedAt: number;
  lastSeenAt: number;
  expiresAt: number;
}

/** How a person came in; `session.method` keeps it. */
export type SignInMethod =
  | 'password'
  | 'password+totp'
  | 'password+passkey'
  | 'password+recovery'
  | 'passkey'
  | 'sso'
  | 'setup'
  | 'invitation';

const hashHex = (token: string): string => hashToken(token).toString('hex');

export interface NewSession {
  token: string;
  userId: string;
  now: Date;
  expiresAt: Date;
  userAgent: string | null;
  address: string;
  method: SignInMethod;
}

/** Stores a session; only the hash of its token is kept. Answers its id. */
export async function insertSession(runner: SqlRunner, session: NewSession): Promise<string> {
  const now = session.now.toISOString();
  const row = await runner.first<{ id: string }>(sql`
    insert into session (token_hash, user_id, created_at, last_seen_at, proven_at, expires_at, user_agent, address, method)
    values (decode(${hashHex(session.token)}, 'hex'), ${session.userId}::uuid, ${now}::timestamptz, ${now}::timestamptz,
            ${now}::timestamptz, ${session.expiresAt.toISOString()}::timestamptz, ${session.userAgent}, ${session.address},
            ${session.method})
    returning id::text as id`);
  if (!row) throw new Error('The database did not answer the id of the new session.');
  return row.id;
}

/** Session and person of a token in one statement. */
export const findSession = (runner: SqlRunner, token: string): Promise<SessionRow | undefined> =>
  runner.first<SessionRow>(sql`
    select s.id::text as "sessionId", s.revoked_at is not null as "isRevoked", s.method,
           (extract(epoch from s.created_at) * 1000)::float8 as "openedAt",
           (extract(epoch from s.last_seen_at) * 1000)::float8 as "lastSeenAt",
           (extract(epoch from s.expires_at) * 1000)::float8 as "expiresAt", ${principalColumns}
    from session s join app_user u on u.id = s.user_id join role r on r.id = u.role_id
    where s.token_hash = decode(${hashHex(token)}, 'hex')`);

export async function touchSession(runner: SqlRunner, sessionId: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update session set last_seen_at = ${now.toISOString()}::timestamptz where id = ${sessionId}::uuid`);
}

/**
 * Puts a new token in the place of the old one, as of a fresh proof of who is there. Answers until when the session
 * was promised (milliseconds since 1970); undefined when it ended or somebody else was quicker.
 */
export async function replaceToken(
  runner: SqlRunner,
  change: { sessionId: string; oldToken: string; newToken: string; now: Date },
): Promise<number | undefined> {
  const at = change.now.toISOString();
  const row = await runner.first<{ expiresAt: number }>(sql`
    update session set token_hash = decode(${hashHex(change.newToken)}, 'hex'), proven_at = ${at}::timestamptz,
      last_seen_at = ${at}::timestamptz
    where id = ${change.sessionId}::uuid and token_hash = decode(${hashHex(change.oldToken)}, 'hex') and revoked_at is null
    returning (extract(epoch from expires_at) * 1000)::float8 as "expiresAt"`);
  return row?.expiresAt;
}

/** When the session's person last proved who they are (milliseconds since 1970); undefined for one that ended. */
export async function findProvenAt(runner: SqlRunner, sessionId: string): Promise<number | undefined> {
  const row = await runner.first<{ provenAt: number }>(sql`
    select (extract(epoch from proven_at) * 1000)::float8 as "provenAt" from session
    where id = ${sessionId}::uuid and revoked_at is null`);
  return row?.provenAt;
}

/** Ends the session that this token opens, if there is one. */
export async function revokeByToken(runner: SqlRunner, token: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update session set revoked_at = ${now.toISOString()}::timestamptz
    where token_hash = decode(${hashHex(token)}, 'hex') and revoked_at is null`);
}

/** Ends one console session or one embed session. */
export async function revokeSession(
  runner: SqlRunner,
  kind: 'session' | 'embed',
  sessionId: string,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await runner.rows(
    kind === 'session'
      ? sql`update session set revoked_at = ${at}::timestamptz where id = ${sessionId}::uuid and revoked_at is null`
      : sql`update embed_session set revoked_at = ${at}::timestamptz where id = ${sessionId}::uuid and revoked_at is null`,
  );
}

/** Ends everything a person is signed in by, in the console and in host pages, and sign-ins that are half done. */
export async function revokeAllSessions(runner: SqlRunner, userId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await runner.rows(sql`
    update session set revoked_at = ${at}::timestamptz where user_id = ${userId}::uuid and revoked_at is null`);
  await runner.rows(sql`
    update embed_session set revoked_at = ${at}::timestamptz where user_id = ${userId}::uuid and revoked_at is null`);
  await revokeTokens(runner, userId, ['mfa'], now);
}

/** Forgets sessions that ended long enough ago (a week) that nobody asks about them any more. */
export async function pruneSessions(runner: SqlRunner, now: Date): Promise<void> {
  await runner.rows(sql`delete from session where expires_at < ${now.toISOString()}::timestamptz - interval '7 days'`);
}
