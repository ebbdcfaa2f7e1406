import type { IncomingMessage } from 'node:http';
import type { Principal } from '../access/index.ts';
import { hashToken, randomToken, type SqlRunner } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../http/index.ts';
import type { SignInSettingsService } from '../settings/index.ts';
import { type PrincipalRow, toPrincipal } from './principal.repository.ts';
import { assertIntended, clientAddress } from './request-origin.ts';
import { owesSecondStep } from './second-step-duty.ts';
import {
  findSession,
  insertSession,
  replaceToken,
  revokeByToken,
  type SessionRow,
  type SignInMethod,
  touchSession,
} from './session.repository.ts';
import { clearedSessionCookie, readSessionCookie, sessionCookie } from './session-cookie.ts';
import { createShortCache } from './short-cache.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TOUCH_EVERY_MS = 60_000;
/** A change of person, role or session is seen after at most this long, in every process. */
export const CACHE_MS = 3000;
const MAX_CACHED = 5000;

export interface Sessions {
  /** Who the cookie stands for; null without one. @throws ProblemError session_ended, csrf */
  authenticate(req: IncomingMessage): Promise<Principal | null>;
  /** Opens a session in `runner`'s transaction, ends the one the browser came with; answers `Set-Cookie`. */
  start(runner: SqlRunner, req: IncomingMessage, userId: string, method: SignInMethod): Promise<string>;
  /** The person as the settings let them act: with a second step owed, only their own account opens. `runner`: a transaction under way. */
  bound(runner: SqlRunner | null, principal: Principal, row: PrincipalRow, method: SignInMethod): Promise<Principal>;
  /**
   * Gives the request's session a new token after a fresh proof of who is there; the old token is dead. Answers
   * `Set-Cookie`. Call `forgetAll` once the transaction is committed.
   */
  rotate(runner: SqlRunner, req: IncomingMessage, sessionId: string): Promise<string>;
  /** Forgets what is remembered about everybody: after a change of rights in this process. */
  forgetAll(): void;
}

/** `settings` say how long a session may rest and last; a session never outlives what it was promised at its start. */
export function createSessions({ config, database, clock }: Dependencies, settings: SignInSettingsService): Sessions {
  const cache = createShortCache<SessionRow | undefined>({ ttlMs: CACHE_MS, maxEntries: MAX_CACHED, clock });
  const keyOf = (token: string): string => hashToken(token).toString('base64');

  const ended = () =>
    new ProblemError('session_ended', 'Your session has ended. Sign in again.', {
      headers: { 'Set-Cookie': clearedSessionCookie(config) },
    });
  /** The cookie is not taken back: a page may still ask with a token that was just replaced, and must not lose the new one. */
  const unknown = () => new ProblemError('session_ended', 'Your session has ended. Sign in again.');

  const isOver = async (row: SessionRow, now: number): Promise<boolean> => {
    const { sessionIdleMinutes, sessionMaxHours } = await settings.current();
    return (
      now >= row.expiresAt ||
      now - row.openedAt >= sessionMaxHours * HOUR_MS ||
      now - row.lastSeenAt >= sessionIdleMinutes * MINUTE_MS
    );
  };

  const bound: Sessions['bound'] = async (runner, principal, { hasSecondStep }, method) => {
    const rules = await (runner ? settings.within(runner) : settings.current());
    return owesSecondStep(rules, principal, { hasSecondStep, method })
      ? { ...principal, owesSecondStep: true }
      : principal;
  };

  return {
    bound,
    async authenticate(req) {
      // A request that brings its own credential is judged by that alone.
      if (req.headers.authorization !== undefined) return null;
      const token = readSessionCookie(req, config);
      if (token === null) return null;
      const row = await cache.get(keyOf(token), () => findSession(database.sql, token));
      const now = clock();
      if (!row) throw unknown();
      if (row.isRevoked || (await isOver(row, now.getTime()))) throw ended();
      const principal = toPrincipal(row, 'session', row.sessionId);
      if (!principal) throw ended();
      assertIntended(req, config);
      if (now.getTime() - row.lastSeenAt >= TOUCH_EVERY_MS) {
        row.lastSeenAt = now.getTime();
        await touchSession(database.sql, row.sessionId, now);
      }
      return bound(null, principal, row, row.method);
    },
    async start(runner, req, userId, method) {
      const now = clock();
      const lifeMs = (await settings.within(runner)).sessionMaxHours * HOUR_MS;
      const old = readSessionCookie(req, config);
      if (old !== null) {
        await revokeByToken(runner, old, now);
        cache.forget(keyOf(old));
      }
      const token = randomToken();
      await insertSession(runner, {
        token,
        userId,
        now,
        expiresAt: new Date(now.getTime() + lifeMs),
        userAgent: req.headers['user-agent']?.slice(0, 300) ?? null,
        address: clientAddress(req, config),
        method,
      });
      return sessionCookie(config, token, lifeMs / 1000);
    },
    async rotate(runner, req, sessionId) {
      const now = clock();
      const oldToken = readSessionCookie(req, config);
      const newToken = randomToken();
      const expiresAt =
        oldToken === null ? undefined : await replaceToken(runner, { sessionId, oldToken, newToken, now });
      if (expiresAt === undefined) throw unknown();
      return sessionCookie(config, newToken, Math.max(0, Math.ceil((expiresAt - now.getTime()) / 1000)));
    },
    forgetAll: () => cache.clear(),
  };
}
