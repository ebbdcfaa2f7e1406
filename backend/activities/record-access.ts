import { type Permission, type Principal, scopeOf, scopeSql } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import { raw, type SqlRunner, sql } from '../db/index.ts';
import { forbidden, notFound } from '../http/index.ts';

const readPermission = (type: RecordType): Permission => `${type}.read`;
const writePermission = (type: RecordType): Permission => `${type}.write`;

async function isWithin(
  runner: SqlRunner,
  principal: Principal,
  permission: Permission,
  type: RecordType,
  id: string,
): Promise<boolean> {
  const found = await runner.first(sql`
    select 1 from ${raw(type)} r where r.id = ${id}::uuid and r.deleted_at is null and ${scopeSql(scopeOf(principal, permission), 'r')}`);
  return found !== undefined;
}

/** Activities and tasks of a record are for those who may see the record. @throws 404 */
export async function assertReadable(
  runner: SqlRunner,
  principal: Principal,
  type: RecordType,
  id: string,
): Promise<void> {
  if (!(await isWithin(runner, principal, readPermission(type), type, id))) throw notFound(type);
}

/** Logging on a record takes the right to change it. @throws 404 or 403 */
export async function assertWritable(
  runner: SqlRunner,
  principal: Principal,
  type: RecordType,
  id: string,
): Promise<void> {
  await assertReadable(runner, principal, type, id);
  if (!(await isWithin(runner, principal, writePermission(type), type, id))) throw forbidden(`change this ${type}`);
}
