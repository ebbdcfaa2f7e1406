import type { IncomingMessage } from 'node:http';
import { type Actor, type Principal, recordAudit } from '../access/index.ts';
import type { Me } from '../contracts/auth.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../http/index.ts';
import { describeMe } from './me.ts';
import { verifyPassword } from './password.ts';
import { findPrincipalRow, toPrincipal } from './principal.repository.ts';
import { clientAddress } from './request-origin.ts';
import { pruneSessions, revokeSession, type SignInMethod } from './session.repository.ts';
import type { Sessions } from './session.service.ts';
import type { Throttle } from './throttle.ts';

interface Credentials {
  email: string;
  password: string;
}

/** What a successful sign-in hands back: the person, and the cookie to set. */
export interface SignedIn {
  user: Me;
  cookie: string;
}

export interface SignIn {
  /** @throws ProblemError invalid_credentials (whatever was wrong), too_many_requests */
  withPassword(req: IncomingMessage, credentials: Credentials, requestId: string): Promise<SignedIn>;
  /** Opens a session for a person known to be who they say, in the caller's transaction. */
  complete(
    runner: SqlRunner,
    req: IncomingMessage,
    userId: string,
    requestId: string,
    method?: SignInMethod,
  ): Promise<SignedIn>;
  /** Ends the session or embed session that the request came with. */
  signOut(actor: Actor): Promise<void>;
}

export function createSignIn(deps: Dependencies, sessions: Sessions, throttle: Throttle): SignIn {
  const { config, database, clock } = deps;

  const complete: SignIn['complete'] = async (runner, req, userId, requestId, method = 'password') => {
    const row = await findPrincipalRow(runner, userId);
    const principal = row ? toPrincipal(row, 'session', null) : null;
    if (!principal) throw wrongCredentials();
    const cookie = await sessions.start(runner, req, userId, method);
    await runner.rows(sql`
      update app_user set last_sign_in_at = ${clock().toISOString()}::timestamptz where id = ${userId}::uuid`);
    await recordAudit(
      runner,
      { principal, requestId },
      {
        action: 'user.signed-in',
        entity: 'user',
        entityId: userId,
        after: { method },
      },
    );
    return { user: await describeMe(runner, config, principal), cookie };
  };

  return {
    complete,
    async withPassword(req, { email, password }, requestId) {
      const address = clientAddress(req, config);
      await throttle.attempt('sign-in', email, address);
      const account = await database.sql.first<{ id: string; hash: string | null; status: string }>(sql`
        select id::text as id, password_hash as hash, status from app_user where email = ${email}`);
      const usable = account?.status === 'active' ? account : undefined;
      const isRight = await verifyPassword(config, password, usable?.hash ?? null);
      if (!usable || !isRight) {
        await recordAudit(database.sql, null, {
          action: 'user.sign-in-failed',
          entity: 'user',
          entityId: account?.id ?? null,
          after: { email, address, requestId },
        });
        throw wrongCredentials();
      }
      return database.transaction(async (tx) => {
        await throttle.succeeded(tx.sql, 'sign-in', email, address);
        await pruneSessions(tx.sql, clock());
        return complete(tx.sql, req, usable.id, requestId);
      });
    },
    async signOut(actor) {
      const { principal } = actor;
      await database.transaction(async (tx) => {
        if (principal.sessionId !== null && isSessionKind(principal.via)) {
          await revokeSession(tx.sql, principal.via, principal.sessionId, clock());
        }
        await recordAudit(tx.sql, actor, { action: 'user.signed-out', entity: 'user', entityId: principal.userId });
      });
      sessions.forgetAll();
    },
  };
}

const isSessionKind = (via: Principal['via']): via is 'session' | 'embed' => via === 'session' || via === 'embed';

const wrongCredentials = (): ProblemError =>
  new ProblemError('invalid_credentials', 'The e-mail address or the password is wrong.');
