import type { IncomingMessage } from 'node:http';
import { recordAudit } from '../../access/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { postMail } from '../../notify/mail/index.ts';
import { findToken, revokeTokens, spendToken } from '../one-time-token.repository.ts';
import { hashPassword } from '../password.ts';
import { assertGoodPassword } from '../password-policy.ts';
import { clientAddress } from '../request-origin.ts';
import { revokeAllSessions } from '../session.repository.ts';
import type { Throttle } from '../throttle.ts';
import { findAccountOf, storeResetPassword } from './account.repository.ts';
import { promiseMail } from './account-mail.job.ts';
import { badLink, type PromisedMail } from './links.ts';

/** Ways back in for people who lost their password or their mail. */
export interface Recovery {
  /** Takes the request for a mail; the same for every address. @throws ProblemError too_many_requests */
  promise(req: IncomingMessage, about: PromisedMail, email: string): Promise<void>;
  /**
   * Sets the password of a mailed link and ends everything the person is signed in by. Opens no session: the
   * second step of signing in stays in force.
   *
   * @throws ProblemError link_not_valid, invalid for a weak password, too_many_requests
   */
  reset(req: IncomingMessage, request: { token: string; password: string }, requestId: string): Promise<void>;
}

/** `onSessionsEnded`: called after a commit that ended somebody's sessions. */
export function createRecovery(deps: Dependencies, throttle: Throttle, onSessionsEnded: () => void): Recovery {
  const { config, database, clock } = deps;
  return {
    async promise(req, about, email) {
      await throttle.attempt('mail', email, clientAddress(req, config));
      await database.transaction((tx) => promiseMail(tx, about, email));
    },
    async reset(req, { token, password }, requestId) {
      const address = clientAddress(req, config);
      await throttle.attempt('link', '', address);
      // Looked at first, so that a wrong link costs no hash and a weak password does not use the link up.
      const found = await findToken(database.sql, 'reset-password', token, clock());
      const account = found?.userId ? await findAccountOf(database.sql, found.userId) : undefined;
      if (!account) throw badLink();
      await assertGoodPassword(password, account);
      const passwordHash = await hashPassword(config, password);
      await database.transaction(async (tx) => {
        const now = clock();
        const { id, email, name } = account;
        if (!(await spendToken(tx.sql, 'reset-password', token, now))) throw badLink();
        if (!(await storeResetPassword(tx.sql, id, passwordHash, now))) throw badLink();
        await revokeTokens(tx.sql, id, ['reset-password', 'mfa', 'passkey'], now);
        await revokeAllSessions(tx.sql, id, now);
        await throttle.succeeded(tx.sql, 'link', '', address);
        await throttle.succeeded(tx.sql, 'sign-in', email, address);
        await postMail(tx.sql, deps, { kind: 'password-changed', to: { email, name, userId: id } });
        await recordAudit(tx.sql, null, {
          action: 'user.password-reset',
          entity: 'user',
          entityId: id,
          after: { address, requestId },
        });
      });
      onSessionsEnded();
    },
  };
}
