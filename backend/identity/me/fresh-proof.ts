import type { Actor } from '../../access/index.ts';
import type { SqlRunner } from '../../db/index.ts';
import { ProblemError } from '../../http/index.ts';
import { findProvenAt } from '../session.repository.ts';

const LIFE_MS = 10 * 60_000;

/** Is a proof of this moment (milliseconds since 1970) too old for changes to an account's protection? */
export const isProofOld = (provenAt: number, now: Date): boolean => now.getTime() - provenAt >= LIFE_MS;

/**
 * Whoever changes the protection of an account must have proved in the last ten minutes who they are: a session
 * left open is not enough.
 *
 * @throws ProblemError proof_required
 */
export async function assertFreshProof(runner: SqlRunner, { principal }: Actor, now: Date): Promise<void> {
  const provenAt = principal.sessionId === null ? undefined : await findProvenAt(runner, principal.sessionId);
  if (provenAt === undefined || isProofOld(provenAt, now)) {
    throw new ProblemError(
      'proof_required',
      'Prove once more that it is you, with your password, a code or a passkey: the last time was over 10 minutes ago.',
    );
  }
}
