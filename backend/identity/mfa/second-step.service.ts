import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { recordAudit } from '../../access/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { invalid, ProblemError } from '../../http/index.ts';
import { lockAccount } from '../account.repository.ts';
import { findToken, setTokenPayload, spendToken } from '../one-time-token.repository.ts';
import { clientAddress } from '../request-origin.ts';
import type { SignInMethod } from '../session.repository.ts';
import type { CompleteSignIn, SignedIn } from '../sign-in.service.ts';
import type { Factors, Offered } from './factors.ts';
import type { Guesses } from './guesses.ts';
import { listCredentials } from './passkey.repository.ts';
import type { WebAuthn } from './webauthn.ts';
import { wrongAnswer } from './wrong-answer.ts';

const METHODS = {
  totp: 'password+totp',
  passkey: 'password+passkey',
  recovery: 'password+recovery',
} as const satisfies Record<Offered['kind'], SignInMethod>;

const payloadSchema = z.object({ webAuthn: z.string().optional() });

/** The second step of a sign-in: the challenge bears wrong answers (slowly) and is used up by a right one. */
export interface SecondStep {
  /** @throws ProblemError invalid for a wrong code, session_ended for a challenge that is over, too_many_requests */
  withCode(
    req: IncomingMessage,
    kind: 'totp' | 'recovery',
    answer: { challenge: string; code: string },
    requestId: string,
  ): Promise<SignedIn>;
  passkeyOptions(challenge: string): Promise<{ challenge: string; options: object }>;
  withPasskey(
    req: IncomingMessage,
    answer: { challenge: string; response: unknown },
    requestId: string,
  ): Promise<SignedIn>;
}

export function createSecondStep(
  { config, database, clock }: Pick<Dependencies, 'config' | 'database' | 'clock'>,
  {
    complete,
    factors,
    guesses,
    webAuthn,
  }: { complete: CompleteSignIn; factors: Factors; guesses: Guesses; webAuthn: WebAuthn },
): SecondStep {
  const find = async (challenge: string) => {
    const token = await findToken(database.sql, 'mfa', challenge, clock());
    if (!token?.userId) throw over();
    return { id: token.id, userId: token.userId, webAuthn: payloadSchema.parse(token.payload).webAuthn };
  };

  const finish = async (
    req: IncomingMessage,
    challenge: string,
    offer: (webAuthn: string | undefined) => Offered,
    requestId: string,
  ): Promise<SignedIn> => {
    const { userId, webAuthn: asked } = await find(challenge);
    await guesses.attempt('mfa', userId, req);
    const offered = offer(asked);
    const outcome = await database.transaction(async (tx) => {
      const account = await lockAccount(tx.sql, userId);
      if (account?.status !== 'active' || account.mustResetPassword) throw over();
      const verdict = await factors.take(tx.sql, userId, offered, null);
      if (verdict !== 'right') return verdict;
      if (!(await spendToken(tx.sql, 'mfa', challenge, clock()))) throw over();
      await guesses.succeeded(tx.sql, 'mfa', userId, req);
      return complete(tx.sql, req, userId, requestId, METHODS[offered.kind]);
    });
    if (typeof outcome !== 'string') return outcome;
    await recordAudit(database.sql, null, {
      action: outcome === 'copied' ? 'user.passkey-copied' : 'user.second-step-failed',
      entity: 'user',
      entityId: userId,
      after: { method: offered.kind, address: clientAddress(req, config), requestId },
    });
    throw wrongAnswer(offered.kind, outcome);
  };

  return {
    withCode: (req, kind, { challenge, code }, requestId) => finish(req, challenge, () => ({ kind, code }), requestId),
    async passkeyOptions(challenge) {
      const { id, userId } = await find(challenge);
      const known = await listCredentials(database.sql, userId);
      if (known.length === 0) throw invalid('/challenge', 'belongs to somebody who has no passkey');
      const options = await webAuthn.requestOptions(known);
      await setTokenPayload(database.sql, id, { webAuthn: options.challenge });
      return { challenge, options };
    },
    withPasskey: (req, { challenge, response }, requestId) =>
      finish(
        req,
        challenge,
        (asked) => {
          if (asked === undefined) throw invalid('/challenge', 'was not put to a passkey yet');
          return { kind: 'passkey', response, challenge: asked };
        },
        requestId,
      ),
  };
}

const over = (): ProblemError =>
  new ProblemError(
    'session_ended',
    'This sign-in took too long or was finished before. Start again with your password.',
  );
