import { type SqlRunner, sql } from '../../db/index.ts';

/** Puts these hashes in the place of all codes the person had. */
export async function replaceRecoveryCodes(
  runner: SqlRunner,
  userId: string,
  hashes: readonly Buffer[],
  now: Date,
): Promise<void> {
  await removeRecoveryCodes(runner, userId);
  await runner.rows(sql`
    insert into recovery_code (user_id, code_hash, created_at)
    select ${userId}::uuid, decode(hash, 'hex'), ${now.toISOString()}::timestamptz
    from unnest(${hashes.map((hash) => hash.toString('hex'))}::text[]) as hash`);
}

export async function removeRecoveryCodes(runner: SqlRunner, userId: string): Promise<void> {
  await runner.rows(sql`delete from recovery_code where user_id = ${userId}::uuid`);
}

/** Uses a code up: of two at the same time, one gets it. False when there is no such unused code. */
export async function spendRecoveryCode(runner: SqlRunner, userId: string, hash: Buffer, now: Date): Promise<boolean> {
  const spent = await runner.first(sql`
    update recovery_code set used_at = ${now.toISOString()}::timestamptz
    where user_id = ${userId}::uuid and code_hash = decode(${hash.toString('hex')}, 'hex') and used_at is null
    returning 1 as done`);
  return spent !== undefined;
}

/** How many codes still work. */
export async function countRecoveryCodes(runner: SqlRunner, userId: string): Promise<number> {
  const row = await runner.first<{ left: number }>(sql`
    select count(*)::int as left from recovery_code where user_id = ${userId}::uuid and used_at is null`);
  return row?.left ?? 0;
}
