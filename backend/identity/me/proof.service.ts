import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { type Actor, recordAudit } from '../../access/index.ts';
import type { proofSchema } from '../../contracts/account.ts';
import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { invalid, type ProblemError } from '../../http/index.ts';
import { findAccountById, lockAccount } from '../account.repository.ts';
import { closeCeremony, findCeremony, openCeremony } from '../mfa/ceremony.ts';
import type { Factors, Offered, Verdict } from '../mfa/factors.ts';
import type { Guesses } from '../mfa/guesses.ts';
import { listCredentials } from '../mfa/passkey.repository.ts';
import type { WebAuthn } from '../mfa/webauthn.ts';
import { wrongAnswer } from '../mfa/wrong-answer.ts';
import { verifyPassword } from '../password.ts';
import type { Sessions } from '../session.service.ts';

export type ProofAnswer = z.output<typeof proofSchema>;

/** A fresh proof of who is there, by any one of the person's own factors. */
export interface Proof {
  /** What to ask the browser. @throws ProblemError invalid for people without a passkey */
  passkeyOptions(actor: Actor): Promise<{ challenge: string; options: object }>;
  /** Answers `Set-Cookie` with the session's new token. @throws ProblemError invalid, too_many_requests */
  give(req: IncomingMessage, actor: Actor, answer: ProofAnswer): Promise<string>;
}

type Method = 'password' | Offered['kind'];

export function createProof(
  { config, database, clock }: Pick<Dependencies, 'config' | 'database' | 'clock'>,
  parts: { sessions: Sessions; factors: Factors; guesses: Guesses; webAuthn: WebAuthn },
): Proof {
  const { sessions, factors, guesses, webAuthn } = parts;

  /** The check that remains to be done in the transaction; what takes long is done before. */
  const prepare = async (actor: Actor, answer: ProofAnswer) => {
    const { userId } = actor.principal;
    if ('password' in answer) {
      const hash = (await findAccountById(database.sql, userId))?.passwordHash ?? null;
      const isRight = await verifyPassword(config, answer.password, hash);
      return async (runner: SqlRunner): Promise<Verdict> =>
        isRight && (await lockAccount(runner, userId))?.passwordHash === hash ? 'right' : 'wrong';
    }
    return async (runner: SqlRunner): Promise<Verdict> => {
      if ('code' in answer) return factors.take(runner, userId, offeredCode(answer.code), actor);
      const { challenge, response } = answer;
      const asked = await findCeremony(runner, challenge, { use: 'proof', userId }, clock());
      if (asked === null) return 'wrong';
      const verdict = await factors.take(runner, userId, { kind: 'passkey', response, challenge: asked }, actor);
      if (verdict !== 'right') return verdict;
      return (await closeCeremony(runner, challenge, clock())) ? 'right' : 'wrong';
    };
  };

  return {
    async passkeyOptions(actor) {
      const { userId } = actor.principal;
      const known = await listCredentials(database.sql, userId);
      if (known.length === 0) throw invalid('', 'needs a passkey, and you have none');
      const options = await webAuthn.requestOptions(known);
      const challenge = await openCeremony(database.sql, {
        use: 'proof',
        userId,
        webAuthn: options.challenge,
        now: clock(),
      });
      return { challenge, options };
    },
    async give(req, actor, answer) {
      const { userId, sessionId } = actor.principal;
      const method = methodOf(answer);
      await guesses.attempt('proof', userId, req);
      const check = await prepare(actor, answer);
      const record = (runner: SqlRunner, action: string) =>
        recordAudit(runner, actor, { action, entity: 'user', entityId: userId, after: { method } });
      const outcome = await database.transaction(async (tx) => {
        const verdict = await check(tx.sql);
        if (verdict !== 'right') return { verdict };
        await guesses.succeeded(tx.sql, 'proof', userId, req);
        await record(tx.sql, 'user.proof-given');
        return { verdict, cookie: await sessions.rotate(tx.sql, req, sessionId ?? '') };
      });
      if (outcome.verdict !== 'right') {
        await record(database.sql, outcome.verdict === 'copied' ? 'user.passkey-copied' : 'user.proof-failed');
        throw wrong(method, outcome.verdict);
      }
      sessions.forgetAll();
      return outcome.cookie;
    },
  };
}

/** Six digits are the authenticator app's; recovery codes are longer. */
const offeredCode = (code: string): Offered => ({ kind: isSixDigits(code) ? 'totp' : 'recovery', code });
const isSixDigits = (code: string): boolean => /^\d{6}$/.test(code.replace(/[\s-]/g, ''));

function methodOf(answer: ProofAnswer): Method {
  if ('password' in answer) return 'password';
  return 'code' in answer ? offeredCode(answer.code).kind : 'passkey';
}

const wrong = (method: Method, verdict: Exclude<Verdict, 'right'>): ProblemError =>
  method === 'password' ? invalid('/password', 'is wrong') : wrongAnswer(method, verdict);
