import type { SqlRunner } from '../../db/index.ts';
import { createToken } from '../one-time-token.repository.ts';
import { hasSecondFactor, type SecondFactors } from './second-factors.repository.ts';

const LIFE_MS = 5 * 60_000;

/** A sign-in whose password was right and that lacks the second step. */
export interface SecondStepNeeded {
  mfaRequired: true;
  /** names the half-done sign-in for five minutes */
  challenge: string;
  methods: ('totp' | 'passkey' | 'recovery')[];
}

/** Begins the second step of a sign-in whose password was right; null where the person has set up none. */
export async function openSecondStep(
  runner: SqlRunner,
  userId: string,
  factors: SecondFactors,
  now: Date,
): Promise<SecondStepNeeded | null> {
  if (!hasSecondFactor(factors)) return null;
  const challenge = await createToken(runner, { purpose: 'mfa', userId, lifeMs: LIFE_MS, now });
  const methods: SecondStepNeeded['methods'] = [];
  if (factors.totp) methods.push('totp');
  if (factors.passkeys > 0) methods.push('passkey');
  if (factors.recoveryCodes > 0) methods.push('recovery');
  return { mfaRequired: true, challenge, methods };
}
