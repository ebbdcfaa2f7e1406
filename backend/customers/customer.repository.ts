import { type Reach, type RecordScope, scopeSql } from '../access/index.ts';
import { join, limitSql, plannedEachTime, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';
import {
  type ColumnValue,
  type CustomFilters,
  customConditions,
  type FilterContext,
  filterWriter,
  loadFields,
  presenceSql,
  type RecordJson,
  type SharedFilters,
  searchSql,
} from '../pipeline/index.ts';
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

export interface CustomerFilters extends SharedFilters {
  /** contacts only; the other ones accounts only */
  account?: string | undefined;
  industry?: string[] | undefined;
  segment?: string[] | undefined;
  region?: string[] | undefined;
}

export interface CustomerListQuery extends CustomerFilters, CustomFilters {
  sort: string;
  limit: number;
  cursor?: string | undefined;
  count?: boolean | undefined;
}

const orders: Readonly<Record<string, { column: string; type: string }>> = {
  name: { column: 'r.name', type: 'text' },
  createdAt: { column: 'r.created_at', type: 'timestamptz' },
  updatedAt: { column: 'r.updated_at', type: 'timestamptz' },
};

/** The records within reach that a query asks for: a condition on `r`. */
async function listedSql(
  runner: SqlRunner,
  kind: CustomerKind,
  reach: Reach,
  context: FilterContext,
  query: CustomerFilters & CustomFilters,
): Promise<Sql> {
  const writer = filterWriter(context);
  const { conditions } = writer;
  conditions.push(presenceSql(query.deleted, context), scopeSql(reach, 'r'));
  writer.shared(query);
  if (kind.entity === 'contact') {
    if (query.account) conditions.push(sql`r.account_id = ${query.account}::uuid`);
  } else {
    writer.texts('r.industry', query.industry);
    writer.texts('r.segment', query.segment);
    writer.texts('r.region', query.region);
  }
  if (query.q) conditions.push(searchSql(kind, reach, query.q));
  const fields = await loadFields(runner, kind.entity, query);
  conditions.push(customConditions({ entity: kind.entity, fields, reach, userId: context.userId }, query));
  return join(conditions, ' and ');
}

/** A page as JSON text. */
export async function listCustomers(
  runner: SqlRunner,
  kind: CustomerKind,
  reach: Reach,
  context: FilterContext,
  query: CustomerListQuery,
): Promise<string> {
  const isDescending = query.sort.startsWith('-');
  const order = orders[query.sort.replace('-', '')] ?? { column: 'r.name', type: 'text' };
  const [key, type] = [raw(order.column), raw(order.type)];
  const [direction, comparison] = isDescending ? [raw('desc'), raw('<')] : [raw('asc'), raw('>')];
  const where = await listedSql(runner, kind, reach, context, query);
  const cursorOf = `${kind.entity} ${query.sort}`;
  const position = decodeCursor(query.cursor, cursorOf, 2);
  const after = position
    ? sql`and (${key}, r.id) ${comparison} (${String(position[0])}::${type}, ${String(position[1])}::uuid)`
    : raw('');
  const found = await runner.rows<{ json: string; key: string; id: string }>(
    plannedEachTime(sql`
    select ${kind.json(reach)}::text as json, ${key}::text as key, r.id::text as id
    from ${kind.table} r ${kind.joins} where ${where} ${after}
    order by ${key} ${direction}, r.id ${direction} ${limitSql(query.limit + 1)}`),
  );
  const { rows, nextCursor } = cutPage(found, query.limit, (row) => encodeCursor(cursorOf, [row.key, row.id]));
  const counted = query.count
    ? await runner.first<{ total: number }>(
        plannedEachTime(sql`select count(*)::int as total from ${kind.table} r where ${where}`),
      )
    : undefined;
  const total = counted ? `,"total":${counted.total}` : '';
  return `{"items":[${rows.map((row) => row.json).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}${total}}`;
}

/** Ids of what a query asks for, at most `limit`, the newest first. */
export async function listedCustomerIds(
  runner: SqlRunner,
  kind: CustomerKind,
  reach: Reach,
  context: FilterContext,
  query: CustomerFilters & CustomFilters,
  limit: number,
): Promise<string[]> {
  const where = await listedSql(runner, kind, reach, context, query);
  const rows = await runner.rows<{ id: string }>(
    plannedEachTime(sql`
    select r.id::text as id from ${kind.table} r where ${where} order by r.created_at desc, r.id desc ${limitSql(limit)}`),
  );
  return rows.map(({ id }) => id);
}

/** A deleted record within reach that can still be brought back. */
export function findDeletedCustomer(
  runner: SqlRunner,
  kind: CustomerKind,
  scope: RecordScope,
  context: FilterContext,
  id: string,
): Promise<{ id: string } | undefined> {
  return runner.first<{ id: string }>(sql`
    select r.id::text as id from ${kind.table} r
    where r.id = ${id}::uuid and ${presenceSql(true, context)} and ${scopeSql(scope, 'r')}`);
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
