import { type Reach, type RecordScope, scopeSql } from '../access/index.ts';
import { join, limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';
import { type ColumnValue, type RecordJson, searchSql } from '../pipeline/index.ts';
import type { CustomerKind } from './customer-kind.ts';

/** The record as far as `reach` shows it, or undefined when there is none within it. */
export function findCustomer(
  runner: SqlRunner,
  kind: CustomerKind,
  reach: Reach,
  id: string,
): Promise<RecordJson | undefined> {
  return runner.first<RecordJson>(sql`
    select ${kind.json(reach)}::text as json, r.version from ${kind.table} r ${kind.joins}
    where r.id = ${id}::uuid and r.deleted_at is null and ${scopeSql(reach, 'r')}`);
}

export interface CustomerListQuery {
  q?: string | undefined;
  account?: string | undefined;
  sort: string;
  limit: number;
  cursor?: string | undefined;
  count?: boolean | undefined;
}

/** A page as JSON text. */
export async function listCustomers(
  runner: SqlRunner,
  kind: CustomerKind,
  reach: Reach,
  query: CustomerListQuery,
): Promise<string> {
  const byName = query.sort === 'name';
  const key = raw(byName ? 'r.name' : 'r.created_at');
  const type = raw(byName ? 'text' : 'timestamptz');
  const [direction, comparison] = byName ? [raw('asc'), raw('>')] : [raw('desc'), raw('<')];
  const conditions: Sql[] = [sql`r.deleted_at is null`, scopeSql(reach, 'r')];
  if (query.account && kind.entity === 'contact') conditions.push(sql`r.account_id = ${query.account}::uuid`);
  if (query.q) conditions.push(searchSql(kind, reach, query.q));
  const where = join(conditions, ' and ');
  const cursorOf = `${kind.entity} ${query.sort}`;
  const position = decodeCursor(query.cursor, cursorOf, 2);
  const after = position
    ? sql`and (${key}, r.id) ${comparison} (${String(position[0])}::${type}, ${String(position[1])}::uuid)`
    : raw('');
  const found = await runner.rows<{ json: string; key: string; id: string }>(sql`
    select ${kind.json(reach)}::text as json, ${key}::text as key, r.id::text as id
    from ${kind.table} r ${kind.joins} where ${where} ${after}
    order by ${key} ${direction}, r.id ${direction} ${limitSql(query.limit + 1)}`);
  const { rows, nextCursor } = cutPage(found, query.limit, (row) => encodeCursor(cursorOf, [row.key, row.id]));
  const counted = query.count
    ? await runner.first<{ total: number }>(sql`select count(*)::int as total from ${kind.table} r where ${where}`)
    : undefined;
  const total = counted ? `,"total":${counted.total}` : '';
  return `{"items":[${rows.map((row) => row.json).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}${total}}`;
}

export async function insertCustomer(
  runner: SqlRunner,
  kind: CustomerKind,
  columns: readonly ColumnValue[],
): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into ${kind.table} (${join(columns.map(([name]) => raw(name)))})
    values (${join(columns.map(([, value]) => value))}) returning id::text as id`);
  if (!row) throw new Error(`insert of a ${kind.entity} returned no row`);
  return row.id;
}

/** Locks a record for the rest of the transaction. */
export async function lockCustomer(runner: SqlRunner, kind: CustomerKind, id: string): Promise<void> {
  await runner.rows(sql`select 1 as locked from ${kind.table} where id = ${id}::uuid for update`);
}

/** Changes columns of a record the caller has locked. */
export async function updateCustomer(
  runner: SqlRunner,
  kind: CustomerKind,
  id: string,
  columns: readonly ColumnValue[],
): Promise<void> {
  const changes = columns.map(([name, value]) => sql`${raw(name)} = ${value}`);
  await runner.rows(sql`
    update ${kind.table} r set version = r.version + 1, updated_at = now(), ${join(changes)} where r.id = ${id}::uuid`);
}

/** The oldest account with this name key, within scope. */
export function findAccountByName(
  runner: SqlRunner,
  scope: RecordScope,
  nameKey: string,
): Promise<{ id: string } | undefined> {
  return runner.first<{ id: string }>(sql`
    select r.id::text as id from account r
    where r.name_key = ${nameKey} and r.deleted_at is null and ${scopeSql(scope, 'r')} order by r.created_at limit 1`);
}

/** A contact of the account with this e-mail address. */
export function findContactByEmail(
  runner: SqlRunner,
  scope: RecordScope,
  accountId: string | null,
  email: string,
): Promise<{ id: string } | undefined> {
  return runner.first<{ id: string }>(sql`
    select r.id::text as id from contact r
    where r.email = ${email} and r.account_id is not distinct from ${accountId}::uuid and r.deleted_at is null
      and ${scopeSql(scope, 'r')} order by r.created_at limit 1`);
}
