import type { IncomingMessage } from 'node:http';
import { recordAudit } from '../../access/index.ts';
import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { ProblemError } from '../../http/index.ts';
import { lockAccount } from '../account.repository.ts';
import { clientAddress } from '../request-origin.ts';
import type { CompleteSignIn, SignedIn } from '../sign-in.service.ts';
import type { Throttle } from '../throttle.ts';
import { closeCeremony, findCeremony, openCeremony } from './ceremony.ts';
import type { Factors, Verdict } from './factors.ts';
import { findCredential } from './passkey.repository.ts';
import { credentialIdOf, type WebAuthn } from './webauthn.ts';

/** Stands for the account in the throttle: nobody has said who they are yet. */
const NOBODY = 'passkey';
const ANYBODY = { use: 'sign-in', userId: null } as const;

/**
 * Signing in with a passkey alone. The authenticator checks the person (PIN, finger, face) and proves that it
 * holds the key: two factors in one step. A password that must be replaced does not stand in its way.
 */
export interface PasskeySignIn {
  options(req: IncomingMessage): Promise<{ challenge: string; options: object }>;
  /** @throws ProblemError invalid_credentials (whatever was wrong), too_many_requests */
  finish(req: IncomingMessage, answer: { challenge: string; response: unknown }, requestId: string): Promise<SignedIn>;
}

type Refusal = { verdict: Exclude<Verdict, 'right'>; userId: string | null };

export function createPasskeySignIn(
  { config, database, clock }: Pick<Dependencies, 'config' | 'database' | 'clock'>,
  parts: { complete: CompleteSignIn; factors: Factors; throttle: Throttle; webAuthn: WebAuthn },
): PasskeySignIn {
  const { complete, factors, throttle, webAuthn } = parts;

  const ownerOf = async (runner: SqlRunner, response: unknown) => {
    const id = credentialIdOf(response);
    const passkey = id === null ? undefined : await findCredential(runner, id);
    return passkey && lockAccount(runner, passkey.userId);
  };

  return {
    async options(req) {
      await throttle.attempt('check', NOBODY, clientAddress(req, config));
      const options = await webAuthn.requestOptions(null);
      const challenge = await openCeremony(database.sql, { ...ANYBODY, webAuthn: options.challenge, now: clock() });
      return { challenge, options };
    },
    async finish(req, { challenge, response }, requestId) {
      const address = clientAddress(req, config);
      await throttle.attempt('sign-in', NOBODY, address);
      const outcome = await database.transaction(async (tx): Promise<SignedIn | Refusal> => {
        const asked = await findCeremony(tx.sql, challenge, ANYBODY, clock());
        const account = asked === null ? undefined : await ownerOf(tx.sql, response);
        if (asked === null || account?.status !== 'active') return { verdict: 'wrong', userId: account?.id ?? null };
        const offered = { kind: 'passkey', response, challenge: asked, needsVerifiedPerson: true } as const;
        const verdict = await factors.take(tx.sql, account.id, offered, null);
        if (verdict !== 'right') return { verdict, userId: account.id };
        if (!(await closeCeremony(tx.sql, challenge, clock()))) throw refused();
        await throttle.succeeded(tx.sql, 'sign-in', NOBODY, address);
        await throttle.succeeded(tx.sql, 'check', NOBODY, address);
        return complete(tx.sql, req, account.id, requestId, 'passkey');
      });
      if (!('verdict' in outcome)) return outcome;
      await recordAudit(database.sql, null, {
        action: outcome.verdict === 'copied' ? 'user.passkey-copied' : 'user.sign-in-failed',
        entity: 'user',
        entityId: outcome.userId,
        after: { method: 'passkey', address, requestId },
      });
      throw refused();
    },
  };
}

const refused = (): ProblemError =>
  new ProblemError(
    'invalid_credentials',
    'This passkey does not open an account here, or the question ran out. Try again, or sign in with your password.',
  );
