import { type Actor, recordAudit } from '../../access/index.ts';
import { createSecretBox, type SecretBox, type SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { findCredential, type StoredPasskey, takeCounter } from './passkey.repository.ts';
import { countRecoveryCodes, spendRecoveryCode } from './recovery-code.repository.ts';
import { hashRecoveryCode } from './recovery-code.ts';
import { tellChange } from './tell-change.ts';
import { findTotp, takeTotpStep } from './totp.repository.ts';
import { totpStep } from './totp.ts';
import { credentialIdOf, type WebAuthn } from './webauthn.ts';

/** What somebody offers as a proof of who they are, besides a password. */
export type Offered =
  | { kind: 'totp'; code: string }
  | { kind: 'recovery'; code: string }
  | { kind: 'passkey'; response: unknown; challenge: string; needsVerifiedPerson?: boolean };

/** copied: the signature holds but the authenticator's counter did not rise, so there are two of it. */
export type Verdict = 'right' | 'wrong' | 'copied';

/** Checks second factors and uses up what works once; all in the caller's transaction. */
export interface Factors {
  take(runner: SqlRunner, userId: string, offered: Offered, by: Actor | null): Promise<Verdict>;
}

/** Seals the shared secrets of authenticator apps. */
export const totpBox = (secret: Buffer): SecretBox => createSecretBox(secret, 'totp');

export function createFactors({ config, clock }: Pick<Dependencies, 'config' | 'clock'>, webAuthn: WebAuthn): Factors {
  const box = totpBox(config.secret);

  const takeTotp = async (runner: SqlRunner, userId: string, code: string): Promise<Verdict> => {
    const totp = await findTotp(runner, userId);
    const step = totp?.isConfirmed ? totpStep(box.open(totp.sealed), code, clock()) : null;
    if (!totp || step === null) return 'wrong';
    return (await takeTotpStep(runner, userId, totp.sealed, step)) ? 'right' : 'wrong';
  };

  const takeRecovery = async (runner: SqlRunner, userId: string, code: string, by: Actor | null): Promise<Verdict> => {
    const isRight = await spendRecoveryCode(runner, userId, hashRecoveryCode(config, userId, code), clock());
    if (!isRight) return 'wrong';
    await recordAudit(runner, by, {
      action: 'user.recovery-code-used',
      entity: 'user',
      entityId: userId,
      after: { left: await countRecoveryCodes(runner, userId) },
    });
    await tellChange(runner, { config, clock }, userId, 'recovery-code-used');
    return 'right';
  };

  const takePasskey = async (
    runner: SqlRunner,
    userId: string,
    { response, challenge, needsVerifiedPerson = false }: Extract<Offered, { kind: 'passkey' }>,
  ): Promise<Verdict> => {
    const id = credentialIdOf(response);
    const passkey = id === null ? undefined : await findCredential(runner, id);
    if (passkey?.userId !== userId || !isForPerson(response, passkey)) return 'wrong';
    const asserted = await webAuthn.verifyRequest(response, { challenge, passkey, needsVerifiedPerson });
    if (!asserted) return 'wrong';
    return (await takeCounter(runner, passkey.id, asserted.counter, clock())) ? 'right' : 'copied';
  };

  return {
    take(runner, userId, offered, by) {
      switch (offered.kind) {
        case 'totp':
          return takeTotp(runner, userId, offered.code);
        case 'recovery':
          return takeRecovery(runner, userId, offered.code, by);
        case 'passkey':
          return takePasskey(runner, userId, offered);
        default:
          return offered satisfies never;
      }
    },
  };
}

/** Where the authenticator names the person it signs for, it must be the passkey's. */
function isForPerson(response: unknown, passkey: StoredPasskey): boolean {
  const handle = (response as { response?: { userHandle?: unknown } }).response?.userHandle;
  if (handle === undefined || handle === null) return true;
  return typeof handle === 'string' && Buffer.from(handle, 'base64url').toString() === passkey.userId;
}
