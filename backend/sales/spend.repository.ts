import type { RecordScope } from '../access/index.ts';
import type { SpendListQuery } from '../contracts/sales.ts';
import { join, limitSql, type Sql, type SqlRunner, sql } from '../db/index.ts';
import type { Placed } from './sale.repository.ts';
import { spendItem, spendJoins } from './sale.sql.ts';

/** Spend belongs to a team or to nobody, never to a person: `own` reaches none of it. The spend is `sp`. */
export function spendScope(scope: RecordScope): Sql {
  switch (scope.kind) {
    case 'all':
      return sql`true`;
    case 'team':
      return sql`sp.team_id = any(${scope.teamIds}::uuid[])`;
    case 'own':
    case 'none':
      return sql`false`;
    default:
      return scope satisfies never;
  }
}

/** Spend within the scope, newest first, one more than `limit`. */
export function listSpend(
  runner: SqlRunner,
  { from, to, limit }: SpendListQuery,
  scope: RecordScope,
  after: readonly [string, string] | null,
): Promise<Placed<Record<string, unknown>>[]> {
  const conditions: Sql[] = [spendScope(scope)];
  if (from) conditions.push(sql`sp.spent_on >= ${from}::date`);
  if (to) conditions.push(sql`sp.spent_on <= ${to}::date`);
  if (after) conditions.push(sql`(sp.spent_on, sp.id) < (${after[0]}::date, ${after[1]}::uuid)`);
  return runner.rows(sql`
    select sp.id::text as id, sp.spent_on::text as sort, ${spendItem} as item
    from spend sp ${spendJoins}
    where ${join(conditions, ' and ')}
    order by sp.spent_on desc, sp.id desc
    ${limitSql(limit + 1)}`);
}
