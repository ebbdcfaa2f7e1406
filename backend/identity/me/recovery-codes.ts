import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { countRecoveryCodes, removeRecoveryCodes, replaceRecoveryCodes } from '../mfa/recovery-code.repository.ts';
import { hashRecoveryCode, newRecoveryCodes } from '../mfa/recovery-code.ts';
import { findSecondFactors, hasSecondFactor } from '../mfa/second-factors.repository.ts';

type Deps = Pick<Dependencies, 'config' | 'clock'>;

/** Ten new codes in the place of all earlier ones; this is the only time they are known. */
export async function makeRecoveryCodes(runner: SqlRunner, { config, clock }: Deps, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  const hashes = codes.map((code) => hashRecoveryCode(config, userId, code));
  await replaceRecoveryCodes(runner, userId, hashes, clock());
  return codes;
}

/** Codes for who has none left yet; null for who has. */
export const ensureRecoveryCodes = async (runner: SqlRunner, deps: Deps, userId: string): Promise<string[] | null> =>
  (await countRecoveryCodes(runner, userId)) > 0 ? null : makeRecoveryCodes(runner, deps, userId);

/** Codes stand in for a second step: they go with the last of them. */
export async function dropIdleRecoveryCodes(runner: SqlRunner, userId: string): Promise<void> {
  if (!hasSecondFactor(await findSecondFactors(runner, userId))) await removeRecoveryCodes(runner, userId);
}
