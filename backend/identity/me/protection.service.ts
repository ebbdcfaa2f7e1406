import { type Actor, recordAudit } from '../../access/index.ts';
import type { TotpSetup } from '../../contracts/account.ts';
import type { SqlRunner, Tx } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { invalid, notFound, ProblemError } from '../../http/index.ts';
import type { SecondStepChange } from '../../notify/mail/index.ts';
import { lockAccount } from '../account.repository.ts';
import { totpBox } from '../mfa/factors.ts';
import { findSecondFactors, hasSecondFactor } from '../mfa/second-factors.repository.ts';
import { tellChange } from '../mfa/tell-change.ts';
import { confirmTotp, findTotp, removeTotp, storePendingTotp } from '../mfa/totp.repository.ts';
import { newTotpSecret, totpSetup, totpStep } from '../mfa/totp.ts';
import { assertFreshProof } from './fresh-proof.ts';
import { dropIdleRecoveryCodes, ensureRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts';

const ISSUER = 'SalesPulse';

/** The person's own authenticator app and recovery codes. Each change asks for a fresh proof (proof_required). */
export interface Protection {
  /** A new secret, which counts once confirmed. @throws ProblemError conflict while there is a confirmed one */
  startTotp(actor: Actor): Promise<TotpSetup>;
  /** @throws ProblemError invalid for a wrong code, conflict when no set-up was begun */
  confirmTotp(actor: Actor, code: string): Promise<string[] | null>;
  removeTotp(actor: Actor): Promise<void>;
  /** @throws ProblemError conflict for people without a second step */
  newRecoveryCodes(actor: Actor): Promise<string[]>;
}

export interface ProtectionDependencies extends Pick<Dependencies, 'config' | 'database' | 'clock'> {
  /** called once a change is committed: what a person may open can depend on their second step */
  onProtectionChanged(): void;
}

/** A change of one's own protection: asks for a fresh proof, and keeps other changes of the same account waiting. */
export async function changeProtection<T>(
  { database, clock, onProtectionChanged }: Pick<ProtectionDependencies, 'database' | 'clock' | 'onProtectionChanged'>,
  actor: Actor,
  change: (tx: Tx) => Promise<T>,
): Promise<T> {
  const result = await database.transaction(async (tx) => {
    await lockAccount(tx.sql, actor.principal.userId);
    await assertFreshProof(tx.sql, actor, clock());
    return change(tx);
  });
  onProtectionChanged();
  return result;
}

export function createProtection(deps: ProtectionDependencies): Protection {
  const { config, clock } = deps;
  const box = totpBox(config.secret);
  const record = async (runner: SqlRunner, actor: Actor, change: SecondStepChange) => {
    const { userId } = actor.principal;
    await recordAudit(runner, actor, { action: `user.${change}`, entity: 'user', entityId: userId });
    await tellChange(runner, deps, userId, change);
  };

  return {
    startTotp: (actor) =>
      changeProtection(deps, actor, async (tx) => {
        const { userId, name } = actor.principal;
        const secret = newTotpSecret();
        if (!(await storePendingTotp(tx.sql, userId, box.seal(secret)))) {
          throw new ProblemError(
            'conflict',
            'An authenticator app is set up already. Remove it before you add another.',
          );
        }
        const account = await lockAccount(tx.sql, userId);
        return totpSetup(secret, account?.email ?? name, ISSUER);
      }),
    confirmTotp: (actor, code) =>
      changeProtection(deps, actor, async (tx) => {
        const { userId } = actor.principal;
        const totp = await findTotp(tx.sql, userId);
        if (!totp || totp.isConfirmed) {
          throw new ProblemError('conflict', 'There is no set-up to confirm. Start it again.');
        }
        const step = totpStep(box.open(totp.sealed), code, clock());
        if (step === null) throw invalid('/code', 'is wrong; check the clock of your device and take the next one');
        await confirmTotp(tx.sql, userId, { sealed: totp.sealed, step, now: clock() });
        await record(tx.sql, actor, 'totp-added');
        return ensureRecoveryCodes(tx.sql, deps, userId);
      }),
    removeTotp: (actor) =>
      changeProtection(deps, actor, async (tx) => {
        const { userId } = actor.principal;
        if (!(await removeTotp(tx.sql, userId))) throw notFound('authenticator app');
        await dropIdleRecoveryCodes(tx.sql, userId);
        await record(tx.sql, actor, 'totp-removed');
      }),
    newRecoveryCodes: (actor) =>
      changeProtection(deps, actor, async (tx) => {
        const { userId } = actor.principal;
        if (!hasSecondFactor(await findSecondFactors(tx.sql, userId))) {
          throw new ProblemError('conflict', 'Recovery codes stand in for a second step. Set one up first.');
        }
        const codes = await makeRecoveryCodes(tx.sql, deps, userId);
        await record(tx.sql, actor, 'recovery-codes-made');
        return codes;
      }),
  };
}
