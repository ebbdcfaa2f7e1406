import { type Actor, recordAudit } from '../../access/index.ts';
import type { Passkey } from '../../contracts/account.ts';
import { isUniqueViolation, type SqlRunner } from '../../db/index.ts';
import { invalid, notFound, ProblemError } from '../../http/index.ts';
import { findAccountById } from '../account.repository.ts';
import { closeCeremony, findCeremony, openCeremony } from '../mfa/ceremony.ts';
import {
  hasOtherWayIn,
  insertPasskey,
  listCredentials,
  listPasskeys,
  removePasskey,
  renamePasskey,
} from '../mfa/passkey.repository.ts';
import { tellChange } from '../mfa/tell-change.ts';
import type { WebAuthn } from '../mfa/webauthn.ts';
import { changeProtection, type ProtectionDependencies } from './protection.service.ts';
import { dropIdleRecoveryCodes, ensureRecoveryCodes } from './recovery-codes.ts';

/** Nobody needs more; a list without end would only slow signing in down. */
const MAX_PASSKEYS = 20;

export interface NewPasskeyAnswer {
  challenge: string;
  name: string;
  response: unknown;
}

/** The person's own passkeys. Adding and removing ask for a fresh proof (proof_required). */
export interface OwnPasskeys {
  /** What to ask the browser to make. @throws ProblemError conflict for people who have plenty */
  options(actor: Actor): Promise<{ challenge: string; options: object }>;
  /** Recovery codes where the person had none. @throws ProblemError invalid for an answer to another question */
  add(actor: Actor, answer: NewPasskeyAnswer): Promise<{ passkey: Passkey; recoveryCodes: string[] | null }>;
  rename(actor: Actor, id: string, name: string): Promise<Passkey>;
  /** @throws ProblemError conflict for the last thing that opens the account */
  remove(actor: Actor, id: string): Promise<void>;
}

export function createOwnPasskeys(deps: ProtectionDependencies, webAuthn: WebAuthn): OwnPasskeys {
  const { database, clock } = deps;
  const meant = (actor: Actor) => ({ use: 'registration', userId: actor.principal.userId }) as const;

  return {
    options: (actor) =>
      changeProtection(deps, actor, async (tx) => {
        const { userId, name } = actor.principal;
        const known = await listCredentials(tx.sql, userId);
        if (known.length >= MAX_PASSKEYS) {
          throw new ProblemError('conflict', `You have ${MAX_PASSKEYS} passkeys. Remove one before you add another.`);
        }
        const account = await findAccountById(tx.sql, userId);
        const options = await webAuthn.creationOptions(
          { id: userId, name: account?.email ?? name, displayName: name },
          known,
        );
        const challenge = await openCeremony(tx.sql, { ...meant(actor), webAuthn: options.challenge, now: clock() });
        return { challenge, options };
      }),
    async add(actor, { challenge, name, response }) {
      const { userId } = actor.principal;
      try {
        return await changeProtection(deps, actor, async (tx) => {
          const asked = await findCeremony(tx.sql, challenge, meant(actor), clock());
          const made = asked === null ? null : await webAuthn.verifyCreation(response, asked);
          if (!made || !(await closeCeremony(tx.sql, challenge, clock()))) {
            throw invalid('/response', 'does not answer the question, or came too late; start again');
          }
          const passkey = await insertPasskey(tx.sql, { ...made, userId, name, now: clock() });
          await recordAudit(tx.sql, actor, {
            action: 'user.passkey-added',
            entity: 'user',
            entityId: userId,
            after: { passkeyId: passkey.id, name },
          });
          await tellChange(tx.sql, deps, userId, 'passkey-added');
          return { passkey, recoveryCodes: await ensureRecoveryCodes(tx.sql, deps, userId) };
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw new ProblemError('conflict', 'This passkey is known already.');
        throw error;
      }
    },
    rename: (actor, id, name) =>
      database.transaction(async (tx) => {
        const { userId } = actor.principal;
        const passkey = await renamePasskey(tx.sql, userId, id, name);
        if (!passkey) throw notFound('passkey');
        await recordAudit(tx.sql, actor, {
          action: 'user.passkey-renamed',
          entity: 'user',
          entityId: userId,
          after: { passkeyId: id, name },
        });
        return passkey;
      }),
    remove: (actor, id) =>
      changeProtection(deps, actor, async (tx) => {
        const { userId } = actor.principal;
        const passkey = await removePasskey(tx.sql, userId, id);
        if (!passkey) throw notFound('passkey');
        await assertWayIn(tx.sql, userId);
        await dropIdleRecoveryCodes(tx.sql, userId);
        await recordAudit(tx.sql, actor, {
          action: 'user.passkey-removed',
          entity: 'user',
          entityId: userId,
          before: { passkeyId: id, name: passkey.name },
        });
        await tellChange(tx.sql, deps, userId, 'passkey-removed');
      }),
  };
}

/** Nobody locks themselves out by removing the last thing that opens their account. */
async function assertWayIn(runner: SqlRunner, userId: string): Promise<void> {
  if ((await listPasskeys(runner, userId)).length > 0 || (await hasOtherWayIn(runner, userId))) return;
  throw new ProblemError('conflict', 'This passkey is your only way in. Add another one before you remove it.');
}
