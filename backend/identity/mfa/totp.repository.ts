import { type SqlRunner, sql } from '../../db/index.ts';

/** The sealed secret of a person's authenticator app; it counts once confirmed. */
export interface StoredTotp {
  sealed: Uint8Array;
  isConfirmed: boolean;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export async function findTotp(runner: SqlRunner, userId: string): Promise<StoredTotp | undefined> {
  const row = await runner.first<{ sealed: string; isConfirmed: boolean }>(sql`
    select encode(totp_sealed, 'hex') as sealed, totp_confirmed_at is not null as "isConfirmed"
    from app_user where id = ${userId}::uuid and totp_sealed is not null`);
  return row && { sealed: Buffer.from(row.sealed, 'hex'), isConfirmed: row.isConfirmed };
}

/** Keeps a secret that waits for its first code. False when the person has a confirmed one, which stays. */
export async function storePendingTotp(runner: SqlRunner, userId: string, sealed: Uint8Array): Promise<boolean> {
  const stored = await runner.first(sql`
    update app_user set totp_sealed = decode(${hex(sealed)}, 'hex'), totp_last_step = null
    where id = ${userId}::uuid and totp_confirmed_at is null returning 1 as done`);
  return stored !== undefined;
}

/** From now on codes of this secret count; the code of `step` is used up by it. False when it was replaced or confirmed. */
export async function confirmTotp(
  runner: SqlRunner,
  userId: string,
  { sealed, step, now }: { sealed: Uint8Array; step: number; now: Date },
): Promise<boolean> {
  const confirmed = await runner.first(sql`
    update app_user set totp_confirmed_at = ${now.toISOString()}::timestamptz, totp_last_step = ${step}::bigint
    where id = ${userId}::uuid and totp_confirmed_at is null and totp_sealed = decode(${hex(sealed)}, 'hex')
    returning 1 as done`);
  return confirmed !== undefined;
}

/**
 * Uses up the code of a step, and with it those of all earlier steps: one statement, so that of two requests with
 * the same code one gets it. False when it was used.
 */
export async function takeTotpStep(
  runner: SqlRunner,
  userId: string,
  sealed: Uint8Array,
  step: number,
): Promise<boolean> {
  const taken = await runner.first(sql`
    update app_user set totp_last_step = ${step}::bigint
    where id = ${userId}::uuid and totp_confirmed_at is not null and totp_sealed = decode(${hex(sealed)}, 'hex')
      and (totp_last_step is null or totp_last_step < ${step}::bigint)
    returning 1 as done`);
  return taken !== undefined;
}

/** False when there was none. */
export async function removeTotp(runner: SqlRunner, userId: string): Promise<boolean> {
  const removed = await runner.first(sql`
    update app_user set totp_sealed = null, totp_confirmed_at = null, totp_last_step = null
    where id = ${userId}::uuid and totp_confirmed_at is not null returning 1 as done`);
  return removed !== undefined;
}
