import { type Reach, type RecordScope, scopeSql } from '../access/index.ts';
import { limitSql, plannedEachTime, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';
import {
  type CustomFilters,
  customConditions,
  customOrder,
  type LoadedFields,
  loadFields,
} from './custom-conditions.ts';
import type { FilterContext } from './filter-context.ts';
import { type RecordFilters, recordFilterSql } from './record-filter.ts';
import type { RecordKind } from './record-kind.ts';
import { presenceSql } from './shared-filters.ts';

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

/** One order of a list: the expression, its type for the cursor, and the direction. */
interface Order {
  expression: Sql;
  type: Sql;
  isDescending: boolean;
}

function orderOf(kind: RecordKind, sort: string): Order | undefined {
  const isDescending = sort.startsWith('-');
  switch (sort.replace('-', '')) {
    case 'createdAt':
      return { expression: raw('r.created_at'), type: raw('timestamptz'), isDescending };
    case 'updatedAt':
      return { expression: raw('r.updated_at'), type: raw('timestamptz'), isDescending };
    case 'name':
      return { expression: raw('r.name'), type: raw('text'), isDescending };
    case 'value':
    case 'amount':
      return { expression: sql`coalesce(${kind.valueBase}, -1)`, type: raw('numeric'), isDescending };
    case 'score':
      return { expression: raw('coalesce(r.score, -1)'), type: raw('float8'), isDescending };
    case 'expectedCloseOn':
      return { expression: raw(`coalesce(r.expected_close_on, '9999-12-31')`), type: raw('date'), isDescending };
    default:
      return undefined;
  }
}

export interface RecordListQuery extends RecordFilters, CustomFilters {
  sort: string;
  limit: number;
  cursor?: string | undefined;
  count?: boolean | undefined;
}

/** Filters with an index of their own, so that the same plan is right whatever they say. */
const STEADY = new Set(['stage', 'owner', 'team', 'sort', 'limit', 'cursor', 'count']);
const isSteady = (query: object): boolean =>
  Object.entries(query).every(([name, value]) => value === undefined || STEADY.has(name));

/**
 * Kinds of stages as the stages of those kinds: how many records a stage has, PostgreSQL knows when it plans; how many
 * those of a kind have it can only guess.
 */
async function withStages<Query extends RecordFilters>(runner: SqlRunner, query: Query): Promise<Query> {
  const { stageKind, stage } = query;
  if (!stageKind) return query;
  const found = await runner.rows<{ id: string }>(
    sql`select id::text as id from stage where kind = any(${stageKind}::text[])`,
  );
  const ids = found.map(({ id }) => id);
  return { ...query, stageKind: undefined, stage: stage ? stage.filter((id) => ids.includes(id)) : ids };
}

/** The records within reach that a query asks for: a condition on `r` alone. */
async function listedSql(
  runner: SqlRunner,
  kind: RecordKind,
  reach: Reach,
  context: FilterContext,
  query: RecordFilters & CustomFilters,
  fields: LoadedFields,
): Promise<Sql> {
  const custom = customConditions({ entity: kind.entity, fields, reach, userId: context.userId }, query);
  const narrowing = recordFilterSql(kind, reach, await withStages(runner, query), context);
  return sql`${presenceSql(query.deleted, context)} and ${scopeSql(reach, 'r')} ${narrowing} and ${custom}`;
}

/**
 * A page of records as JSON text: `{"items": [...], "nextCursor": ...}`. The page is found first and what it shows is
 * joined to it then: the plan of the one is not spoilt by the other.
 */
export async function listRecords(
  runner: SqlRunner,
  kind: RecordKind,
  reach: Reach,
  context: FilterContext,
  query: RecordListQuery,
): Promise<string> {
  const fields = await loadFields(runner, kind.entity, query);
  const order =
    orderOf(kind, query.sort) ??
    customOrder({ entity: kind.entity, fields, reach, userId: context.userId }, query.sort);
  const cursorOf = `${kind.entity} ${query.sort}`;
  const position = decodeCursor(query.cursor, cursorOf, 2);
  const direction = raw(order.isDescending ? 'desc' : 'asc');
  const comparison = raw(order.isDescending ? '<' : '>');
  const where = await listedSql(runner, kind, reach, context, query, fields);
  const after = position
    ? sql`and (${order.expression}, r.id) ${comparison} (${String(position[0])}::${order.type}, ${String(position[1])}::uuid)`
    : raw('');
  const planned = isSteady(query) ? (statement: Sql) => statement : plannedEachTime;
  const found = await runner.rows<{ json: string; key: string; id: string }>(
    planned(sql`
    select ${kind.json(reach)}::text as json, page.key::text as key, page.id::text as id
    from (
      select r.id, ${order.expression} as key from ${kind.table} r
      where ${where} ${after}
      order by ${order.expression} ${direction}, r.id ${direction}
      ${limitSql(query.limit + 1)}
    ) page
    join ${kind.table} r on r.id = page.id ${kind.joins}
    order by page.key ${direction}, page.id ${direction}`),
  );
  const { rows, nextCursor } = cutPage(found, query.limit, (row) => encodeCursor(cursorOf, [row.key, row.id]));
  const total = query.count
    ? await runner.first<{ total: number }>(
        planned(sql`select count(*)::int as total from ${kind.table} r where ${where}`),
      )
    : undefined;
  const items = rows.map((row) => row.json).join(',');
  return `{"items":[${items}],"nextCursor":${JSON.stringify(nextCursor)}${total ? `,"total":${total.total}` : ''}}`;
}

/** Ids of what a query asks for, at most `limit`, the newest first. */
export async function listedIds(
  runner: SqlRunner,
  kind: RecordKind,
  reach: Reach,
  context: FilterContext,
  query: RecordFilters & CustomFilters,
  limit: number,
): Promise<string[]> {
  const fields = await loadFields(runner, kind.entity, query);
  const where = await listedSql(runner, kind, reach, context, query, fields);
  const rows = await runner.rows<{ id: string }>(
    plannedEachTime(sql`
    select r.id::text as id from ${kind.table} r where ${where} order by r.created_at desc, r.id desc ${limitSql(limit)}`),
  );
  return rows.map(({ id }) => id);
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

/** A deleted record within reach that can still be brought back, whole or as far as the reach shows it. */
export function findDeleted(
  runner: SqlRunner,
  kind: RecordKind,
  reach: Reach,
  context: Pick<FilterContext, 'now'>,
  id: string,
): Promise<RecordJson | undefined> {
  return runner.first<RecordJson>(sql`
    select ${kind.json(reach)}::text as json, r.version
    from ${kind.table} r ${kind.joins}
    where r.id = ${id}::uuid and ${presenceSql(true, context)} and ${scopeSql(reach, 'r')}`);
}

/** Takes the mark of a deletion away from a record that the caller has locked. */
export async function undelete(runner: SqlRunner, kind: RecordKind, id: string): Promise<void> {
  await runner.rows(sql`
    update ${kind.table} r set deleted_at = null, updated_at = now(), version = r.version + 1 where r.id = ${id}::uuid`);
}
