import type { IncomingMessage } from 'node:http';
import { recordAudit } from '../../access/index.ts';
import type { Invitation } from '../../contracts/account.ts';
import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { findToken, type OneTimeToken, revokeTokens, spendToken } from '../one-time-token.repository.ts';
import { hashPassword } from '../password.ts';
import { assertGoodPassword } from '../password-policy.ts';
import { clientAddress } from '../request-origin.ts';
import type { SignedIn, SignIn } from '../sign-in.service.ts';
import type { Throttle } from '../throttle.ts';
import { type AccountRow, activateInvited, findAccountOf } from './account.repository.ts';
import { badLink } from './links.ts';
import { forgetPending } from './pending.repository.ts';

interface Acceptance {
  token: string;
  name: string;
  password: string;
}

/** Invitations, seen from the invited person's side. */
export interface Invitations {
  /** What the link invites to; it stays good. @throws ProblemError link_not_valid */
  question(req: IncomingMessage, token: string): Promise<Invitation>;
  /** Makes the person active and signs them in. @throws ProblemError link_not_valid, invalid for a weak password */
  accept(req: IncomingMessage, acceptance: Acceptance, requestId: string): Promise<SignedIn>;
}

/** `onRightsChanged`: called after a commit that let somebody in. */
export function createInvitations(
  deps: Dependencies,
  { signIn, throttle, onRightsChanged }: { signIn: SignIn; throttle: Throttle; onRightsChanged: () => void },
): Invitations {
  const { config, database, clock } = deps;

  /** The invited person of a good link. @throws ProblemError link_not_valid */
  async function invited(runner: SqlRunner, token: string): Promise<{ found: OneTimeToken; account: AccountRow }> {
    const found = await findToken(runner, 'invitation', token, clock());
    const account = found?.userId ? await findAccountOf(runner, found.userId) : undefined;
    if (!found || account?.status !== 'invited') throw badLink();
    return { found, account };
  }

  return {
    async question(req, token) {
      const address = clientAddress(req, config);
      await throttle.attempt('link', '', address);
      const { found, account } = await invited(database.sql, token);
      await throttle.succeeded(database.sql, 'link', '', address);
      const { invitedBy } = found.payload as { invitedBy: string | null };
      return {
        email: account.email,
        name: account.name,
        invitedBy,
        expiresAt: new Date(found.expiresAt).toISOString(),
      };
    },
    async accept(req, { token, name, password }, requestId) {
      const address = clientAddress(req, config);
      await throttle.attempt('link', '', address);
      const { account } = await invited(database.sql, token);
      await assertGoodPassword(password, { email: account.email, name });
      const passwordHash = await hashPassword(config, password);
      const { id, email } = account;
      const signedIn = await database.transaction(async (tx) => {
        const now = clock();
        if (!(await spendToken(tx.sql, 'invitation', token, now))) throw badLink();
        if (!(await activateInvited(tx.sql, { id, name, passwordHash }, now))) throw badLink();
        await revokeTokens(tx.sql, id, ['invitation'], now);
        await forgetPending(tx.sql, email, now);
        await throttle.succeeded(tx.sql, 'link', '', address);
        await recordAudit(tx.sql, null, {
          action: 'user.invitation-accepted',
          entity: 'user',
          entityId: id,
          before: { status: 'invited', name: account.name },
          after: { status: 'active', name },
        });
        return signIn.complete(tx.sql, req, id, requestId, 'invitation');
      });
      onRightsChanged();
      return signedIn;
    },
  };
}
