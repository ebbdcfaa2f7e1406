import type { MySession } from '../../contracts/account.ts';
import { type SqlRunner, sql } from '../../db/index.ts';

/** When sessions are over, beyond the moment each was promised. */
export interface SessionLimits {
  now: Date;
  idleMs: number;
  maxMs: number;
}

const isLive = ({ now, idleMs, maxMs }: SessionLimits) => sql`
  s.revoked_at is null and s.expires_at > ${now.toISOString()}::timestamptz
  and s.last_seen_at > ${new Date(now.getTime() - idleMs).toISOString()}::timestamptz
  and s.created_at > ${new Date(now.getTime() - maxMs).toISOString()}::timestamptz`;

/** A person's sessions that still open something, the last used first. */
export const listOwnSessions = (
  runner: SqlRunner,
  userId: string,
  limits: SessionLimits,
): Promise<Omit<MySession, 'isCurrent'>[]> =>
  runner.rows(sql`
    select s.id::text as id, s.method, s.user_agent as "userAgent", s.address, iso(s.created_at) as "createdAt",
      iso(s.last_seen_at) as "lastSeenAt",
      iso(least(s.expires_at, s.created_at + ${limits.maxMs / 1000}::float8 * interval '1 second')) as "expiresAt"
    from session s where s.user_id = ${userId}::uuid and ${isLive(limits)}
    order by s.last_seen_at desc, s.id desc limit 200`);

/** Ends one of the person's sessions. False when there is no such live one. */
export async function revokeOwnSession(
  runner: SqlRunner,
  userId: string,
  id: string,
  limits: SessionLimits,
): Promise<boolean> {
  const ended = await runner.first(sql`
    update session s set revoked_at = ${limits.now.toISOString()}::timestamptz
    where s.id = ${id}::uuid and s.user_id = ${userId}::uuid and ${isLive(limits)} returning 1 as done`);
  return ended !== undefined;
}

/** Ends everything else the person is signed in by: other console sessions, host pages, half-done sign-ins. */
export async function revokeOtherSessions(runner: SqlRunner, userId: string, keptId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await runner.rows(sql`
    update session set revoked_at = ${at}::timestamptz
    where user_id = ${userId}::uuid and id <> ${keptId}::uuid and revoked_at is null`);
  await runner.rows(sql`
    update embed_session set revoked_at = ${at}::timestamptz where user_id = ${userId}::uuid and revoked_at is null`);
  await runner.rows(sql`
    update one_time_token set used_at = ${at}::timestamptz
    where user_id = ${userId}::uuid and purpose = 'mfa' and used_at is null`);
}
