import { type Reach, type RecordScope, scopeSql } from '../access/index.ts';
import { join, limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';
import { type RecordKind, searchSql } from './record-kind.ts';

/** A record as the wire carries it, built by the database, with the version for its ETag. */
export interface RecordJson {
  json: string;
  version: number;
}

/** The record as far as `reach` shows it, or undefined when there is none within it. */
export function findRecord(
  runner: SqlRunner,
  kind: RecordKind,
  reach: Reach,
  id: string,
): Promise<RecordJson | undefined> {
  return runner.first<RecordJson>(sql`
    select ${kind.json(reach)}::text as json, r.version
    from ${kind.table} r ${kind.joins}
    where r.id = ${id}::uuid and r.deleted_at is null and ${scopeSql(reach, 'r')}`);
}

/** What a list can be narrowed by; arrays mean "any of", undefined means no narrowing. */
export interface RecordFilters {
  stage?: string[] | undefined;
  owner?: string[] | undefined;
  team?: string[] | undefined;
  account?: string[] | undefined;
  source?: string[] | undefined;
  segment?: string[] | undefined;
  q?: string | undefined;
}

/** The conditions of `filters`, each beginning with `and`. `me` among owners is the asker. */
export function filterSql(kind: RecordKind, reach: Reach, filters: RecordFilters, userId: string): Sql {
  const conditions: Sql[] = [];
  const uuids = (column: string, ids: string[] | undefined) => {
    if (ids) conditions.push(sql`and ${raw(column)} = any(${ids}::uuid[])`);
  };
  const texts = (column: string, values: string[] | undefined) => {
    if (values) conditions.push(sql`and coalesce(${raw(column)}, '') = any(${values}::text[])`);
  };
  uuids('r.stage_id', filters.stage);
  uuids(
    'r.owner_id',
    filters.owner?.map((owner) => (owner === 'me' ? userId : owner)),
  );
  uuids('r.team_id', filters.team);
  if (kind.entity === 'opportunity') uuids('r.account_id', filters.account);
  texts('r.source', filters.source);
  texts('r.segment', filters.segment);
  if (filters.q) conditions.push(sql`and ${searchSql(kind, reach, filters.q)}`);
  return conditions.length === 0 ? raw('') : join(conditions, ' ');
}

/** One order of a list: the expression, its type for the cursor, and the direction. */
interface Order {
  expression: Sql;
  type: Sql;
  isDescending: boolean;
}

function orderOf(kind: RecordKind, sort: string): Order {
  const isDescending = sort.startsWith('-');
  switch (sort.replace('-', '')) {
    case 'updatedAt':
      return { expression: raw('r.updated_at'), type: raw('timestamptz'), isDescending };
    case 'name':
      return { expression: raw('r.name'), type: raw('text'), isDescending };
    case 'value':
    case 'amount':
      return { expression: sql`coalesce(${kind.valueBase}, -1)`, type: raw('numeric'), isDescending };
    case 'expectedCloseOn':
      return { expression: raw(`coalesce(r.expected_close_on, '9999-12-31')`), type: raw('date'), isDescending };
    default:
      return { expression: raw('r.created_at'), type: raw('timestamptz'), isDescending };
  }
}

export interface RecordListQuery extends RecordFilters {
  sort: string;
  limit: number;
  cursor?: string | undefined;
  count?: boolean | undefined;
}

/** A page of records as JSON text: `{"items": [...], "nextCursor": ...}`. */
export async function listRecords(
  runner: SqlRunner,
  kind: RecordKind,
  reach: Reach,
  userId: string,
  query: RecordListQuery,
): Promise<string> {
  const order = orderOf(kind, query.sort);
  const cursorOf = `${kind.entity} ${query.sort}`;
  const position = decodeCursor(query.cursor, cursorOf, 2);
  const direction = raw(order.isDescending ? 'desc' : 'asc');
  const comparison = raw(order.isDescending ? '<' : '>');
  const where = sql`r.deleted_at is null and ${scopeSql(reach, 'r')} ${filterSql(kind, reach, query, userId)}`;
  const after = position
    ? sql`and (${order.expression}, r.id) ${comparison} (${String(position[0])}::${order.type}, ${String(position[1])}::uuid)`
    : raw('');
  const found = await runner.rows<{ json: string; key: string; id: string }>(sql`
    select ${kind.json(reach)}::text as json, (${order.expression})::text as key, r.id::text as id
    from ${kind.table} r ${kind.joins}
    where ${where} ${after}
    order by ${order.expression} ${direction}, r.id ${direction}
    ${limitSql(query.limit + 1)}`);
  const { rows, nextCursor } = cutPage(found, query.limit, (row) => encodeCursor(cursorOf, [row.key, row.id]));
  const total = query.count ? await countRecords(runner, kind, where) : null;
  const items = rows.map((row) => row.json).join(',');
  return `{"items":[${items}],"nextCursor":${JSON.stringify(nextCursor)}${total === null ? '' : `,"total":${total}`}}`;
}

async function countRecords(runner: SqlRunner, kind: RecordKind, where: Sql): Promise<number> {
  const joins = kind.entity === 'opportunity' ? raw('left join account a on a.id = r.account_id') : raw('');
  const row = await runner.first<{ total: number }>(sql`
    select count(*)::int as total from ${kind.table} r ${joins} where ${where}`);
  return row?.total ?? 0;
}

/** Marks a record deleted. True when it was there within `scope` at `version` (null: any). */
export async function softDelete(
  runner: SqlRunner,
  kind: RecordKind,
  scope: RecordScope,
  id: string,
  version: number | null,
): Promise<boolean> {
  const row = await runner.first(sql`
    update ${kind.table} r set deleted_at = now(), updated_at = now(), version = r.version + 1
    where r.id = ${id}::uuid and r.deleted_at is null and ${scopeSql(scope, 'r')}
      and (${version}::int is null or r.version = ${version}::int)
    returning r.id`);
  return row !== undefined;
}
