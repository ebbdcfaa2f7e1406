import { type RecordScope, scopeSql } from '../access/index.ts';
import type { Sale, SaleListQuery } from '../contracts/sales.ts';
import { join, limitSql, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { saleItem, saleJoins } from './sale.sql.ts';

/** A row of a list with its place in the order. */
export interface Placed<T> {
  id: string;
  sort: string;
  item: T;
}

/** Sales within the scope, newest first, one more than `limit`. */
export function listSales(
  runner: SqlRunner,
  { from, to, account, opportunity, limit }: SaleListQuery,
  scope: RecordScope,
  seesCost: boolean,
  after: readonly [string, string] | null,
): Promise<Placed<Sale>[]> {
  const conditions: Sql[] = [sql`s.deleted_at is null`, scopeSql(scope, 's')];
  if (from) conditions.push(sql`s.sold_on >= ${from}::date`);
  if (to) conditions.push(sql`s.sold_on <= ${to}::date`);
  if (account) conditions.push(sql`s.account_id = ${account}::uuid`);
  if (opportunity) conditions.push(sql`s.opportunity_id = ${opportunity}::uuid`);
  if (after) conditions.push(sql`(s.sold_on, s.id) < (${after[0]}::date, ${after[1]}::uuid)`);
  return runner.rows<Placed<Sale>>(sql`
    select s.id::text as id, s.sold_on::text as sort, ${saleItem(seesCost)} as item
    from sale s ${saleJoins}
    where ${join(conditions, ' and ')}
    order by s.sold_on desc, s.id desc
    ${limitSql(limit + 1)}`);
}

/** One sale within the scope. */
export async function findSale(
  runner: SqlRunner,
  id: string,
  scope: RecordScope,
  seesCost: boolean,
): Promise<Sale | undefined> {
  const row = await runner.first<{ item: Sale }>(sql`
    select ${saleItem(seesCost)} as item from sale s ${saleJoins}
    where s.id = ${id}::uuid and s.deleted_at is null and ${scopeSql(scope, 's')}`);
  return row?.item;
}
