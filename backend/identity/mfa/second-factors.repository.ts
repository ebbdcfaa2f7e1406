import { type SqlRunner, sql } from '../../db/index.ts';

/** Which ways to prove a second time a person has. */
export interface SecondFactors {
  totp: boolean;
  passkeys: number;
  recoveryCodes: number;
}

/** What the person has set up and confirmed; recovery codes count while unused. */
export async function findSecondFactors(runner: SqlRunner, userId: string): Promise<SecondFactors> {
  const row = await runner.first<SecondFactors>(sql`
    select u.totp_confirmed_at is not null as totp,
      (select count(*)::int from passkey k where k.user_id = u.id) as passkeys,
      (select count(*)::int from recovery_code c where c.user_id = u.id and c.used_at is null) as "recoveryCodes"
    from app_user u where u.id = ${userId}::uuid`);
  return row ?? { totp: false, passkeys: 0, recoveryCodes: 0 };
}

/** Recovery codes replace a second factor; without one they open nothing. */
export const hasSecondFactor = ({ totp, passkeys }: SecondFactors): boolean => totp || passkeys > 0;

/**
 * Takes the authenticator app, all passkeys and all recovery codes from a person: they sign in with the
 * password alone until they set something up again. The caller writes the audit row, tells the person and ends
 * their sessions.
 */
export async function removeSecondFactors(tx: { sql: SqlRunner }, userId: string): Promise<void> {
  await tx.sql.rows(sql`
    update app_user set totp_sealed = null, totp_confirmed_at = null, totp_last_step = null where id = ${userId}::uuid`);
  await tx.sql.rows(sql`delete from passkey where user_id = ${userId}::uuid`);
  await tx.sql.rows(sql`delete from recovery_code where user_id = ${userId}::uuid`);
}
