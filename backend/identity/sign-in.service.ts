import type { IncomingMessage } from 'node:http';
import { type Actor, type Principal, recordAudit } from '../access/index.ts';
import type { Me } from '../contracts/auth.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../http/index.ts';
import { findAccount, lockAccount, storePasswordHash } from './account.repository.ts';
import { describeMe } from './me.ts';
import { openSecondStep, type SecondStepNeeded } from './mfa/challenge.ts';
import { findSecondFactors } from './mfa/second-factors.repository.ts';
import { hashPassword, needsRehash, verifyPassword } from './password.ts';
import { findPrincipalRow, toPrincipal } from './principal.repository.ts';
import { findPending } from './registration/pending.repository.ts';
import { clientAddress } from './request-origin.ts';
import { pruneSessions, revokeAllSessions, revokeSession, type SignInMethod } from './session.repository.ts';
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

/** Opens a session for a person known to be who they say, in the caller's transaction. @throws ProblemError invalid_credentials */
export type CompleteSignIn = (
  runner: SqlRunner,
  req: IncomingMessage,
  userId: string,
  requestId: string,
  method?: SignInMethod,
) => Promise<SignedIn>;

export interface SignIn {
  /**
   * The person, or what is still asked of people who set up a second step.
   *
   * @throws ProblemError invalid_credentials (whatever was wrong), password_reset_required, too_many_requests
   */
  withPassword(req: IncomingMessage, credentials: Credentials, requestId: string): Promise<SignedIn | SecondStepNeeded>;
  complete: CompleteSignIn;
  /** Ends the session or embed session that the request came with. */
  signOut(actor: Actor): Promise<void>;
  /** Ends everything the person is signed in by, in the console and in host pages. */
  signOutEverywhere(actor: Actor): Promise<void>;
}

export function createSignIn(deps: Dependencies, sessions: Sessions, throttle: Throttle): SignIn {
  const { config, database, clock } = deps;

  const complete: CompleteSignIn = async (runner, req, userId, requestId, method = 'password') => {
    const row = await findPrincipalRow(runner, userId);
    const principal = row ? toPrincipal(row, 'session', null) : null;
    if (!principal) throw wrongCredentials();
    await pruneSessions(runner, clock());
    const cookie = await sessions.start(runner, req, userId, method);
    await runner.rows(sql`
      update app_user set last_sign_in_at = ${clock().toISOString()}::timestamptz where id = ${userId}::uuid`);
    await recordAudit(
      runner,
      { principal, requestId },
      { action: 'user.signed-in', entity: 'user', entityId: userId, after: { method } },
    );
    const asBound = row ? await sessions.bound(runner, principal, row, method) : principal;
    return { user: await describeMe(runner, config, asBound), cookie };
  };

  return {
    complete,
    async withPassword(req, { email, password }, requestId) {
      const address = clientAddress(req, config);
      await throttle.attempt('sign-in', email, address);
      const account = await findAccount(database.sql, email);
      const usable = account?.status === 'active' ? account : undefined;
      const pending = await findPending(database.sql, email, clock());
      const registered = account ? undefined : pending;
      const isRight = await verifyPassword(config, password, usable?.passwordHash ?? registered?.passwordHash ?? null);
      if (registered && isRight) throw addressNotVerified();
      if (!usable?.passwordHash || !isRight) {
        await recordAudit(database.sql, null, {
          action: 'user.sign-in-failed',
          entity: 'user',
          entityId: account?.id ?? null,
          after: { email, address, requestId },
        });
        throw wrongCredentials();
      }
      // Said only to who knows the password: others learn nothing about the account.
      if (usable.mustResetPassword) throw resetRequired();
      const { id, passwordHash } = usable;
      const betterHash = needsRehash(config, passwordHash) ? await hashPassword(config, password) : null;
      return database.transaction(async (tx) => {
        const now = await lockAccount(tx.sql, id);
        // The password may have been changed or withdrawn while the hash was worked out.
        if (now?.passwordHash !== passwordHash || now.mustResetPassword) throw wrongCredentials();
        await throttle.succeeded(tx.sql, 'sign-in', email, address);
        if (betterHash !== null) await storePasswordHash(tx.sql, id, betterHash, clock());
        const step = await openSecondStep(tx.sql, id, await findSecondFactors(tx.sql, id), clock());
        if (!step) return complete(tx.sql, req, id, requestId);
        await recordAudit(tx.sql, null, {
          action: 'user.second-step-asked',
          entity: 'user',
          entityId: id,
          after: { methods: step.methods, address, requestId },
        });
        return step;
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
    async signOutEverywhere(actor) {
      const { userId } = actor.principal;
      await database.transaction(async (tx) => {
        await revokeAllSessions(tx.sql, userId, clock());
        await recordAudit(tx.sql, actor, { action: 'user.signed-out-everywhere', entity: 'user', entityId: userId });
      });
      sessions.forgetAll();
    },
  };
}

const isSessionKind = (via: Principal['via']): via is 'session' | 'embed' => via === 'session' || via === 'embed';

const addressNotVerified = (): ProblemError =>
  new ProblemError('forbidden', 'Open the link in the mail we sent you first: it finishes your registration.');

const wrongCredentials = (): ProblemError =>
  new ProblemError('invalid_credentials', 'The e-mail address or the password is wrong.');

const resetRequired = (): ProblemError =>
  new ProblemError(
    'password_reset_required',
    'You need a new password: open the link in the mail we sent you, or ask for another one.',
  );
