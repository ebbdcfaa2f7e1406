import { type Actor, recordAudit } from '../access/index.ts';
import type { User } from '../contracts/users.ts';
import type { Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound, ProblemError } from '../http/index.ts';
import { postMail } from '../notify/mail/index.ts';
import { removeSecondFactors } from './mfa/second-factors.repository.ts';
import { assertAdministratorRemains, beginPeopleChange } from './people-change.ts';
import { inviteUser } from './registration/invitation.service.ts';
import { startForcedReset } from './registration/reset-link.service.ts';
import { revokeAllSessions } from './session.repository.ts';
import { findUser } from './user.repository.ts';
import { lockManageable } from './user-rules.ts';

/** What an administrator does for somebody's way into their account. Each answers the person as they are then. */
export interface UserHelp {
  /** Sends the invitation again; the earlier link ends. @throws ProblemError conflict for who accepted it already */
  inviteAgain(actor: Actor, id: string): Promise<User>;
  /** The password opens nothing until the person has chosen another by mail; sessions end. @throws ProblemError conflict */
  forcePasswordReset(actor: Actor, id: string): Promise<User>;
  /** Takes authenticator app, passkeys and recovery codes away; sessions end. @throws ProblemError conflict */
  resetSecondFactors(actor: Actor, id: string): Promise<User>;
  /** Ends everything the person is signed in by, in host pages too. */
  signOut(actor: Actor, id: string): Promise<User>;
}

type Work = (tx: Tx, actor: Actor, user: User) => Promise<void>;

/** `onRightsChanged`: called after a change of anybody's sessions was committed. */
export function createUserHelp({ config, database, clock }: Dependencies, onRightsChanged: () => void): UserHelp {
  const deps = { config, clock };

  /** One change of one person, with its audit row. */
  async function help(caller: Actor, id: string, action: string, work: Work): Promise<User> {
    const helped = await database.transaction(async (tx) => {
      const actor = await beginPeopleChange(tx.sql, caller, 'user.manage');
      const before = await lockManageable(tx.sql, actor, id);
      await work(tx, actor, before);
      if (before.role.key === 'admin' && before.status === 'active') await assertAdministratorRemains(tx.sql);
      const after = await findUser(tx.sql, { kind: 'all' }, id);
      if (!after) throw notFound('user');
      const { status, security } = after;
      await recordAudit(tx.sql, actor, {
        action,
        entity: 'user',
        entityId: id,
        before: { status: before.status, security: before.security },
        after: { status, security },
      });
      return after;
    });
    onRightsChanged();
    return helped;
  }

  return {
    inviteAgain: (caller, id) =>
      help(caller, id, 'user.invited-again', async (tx, actor, user) => {
        if (user.status !== 'invited') throw conflict(`${user.name} does not wait for an invitation.`);
        await inviteUser(tx, deps, actor, withAddress(user));
      }),
    forcePasswordReset: (caller, id) =>
      help(caller, id, 'user.password-reset-forced', async (tx, actor, user) => {
        if (user.status !== 'active') throw conflict(`${user.name} is not active, so there is nothing to reset.`);
        await startForcedReset(tx, deps, actor, withAddress(user));
      }),
    resetSecondFactors: (caller, id) =>
      help(caller, id, 'user.mfa-reset', async (tx, actor, user) => {
        // Whoever sits at an open session must not get rid of the second step without proving who they are.
        if (id === actor.principal.userId) throw conflict('Change your own second step on the page of your account.');
        const { totp, passkeys } = user.security;
        if (!totp && passkeys === 0) throw conflict(`${user.name} has no second step that could be removed.`);
        await removeSecondFactors(tx, id);
        await revokeAllSessions(tx.sql, id, clock());
        const { email, name } = user;
        if (email === null) return;
        const to = { email, name, userId: id };
        await postMail(tx.sql, deps, { kind: 'mfa-changed', change: 'removed-by-administrator', to });
      }),
    signOut: (caller, id) =>
      help(caller, id, 'user.signed-out-everywhere', (tx) => revokeAllSessions(tx.sql, id, clock())),
  };
}

/** The person, if mail can reach them. */
function withAddress({ id, email, name }: User): { id: string; email: string; name: string } {
  if (email === null) throw conflict(`${name} has no e-mail address that a link could go to.`);
  return { id, email, name };
}

const conflict = (sentence: string): ProblemError => new ProblemError('conflict', sentence);
