import { raw, type Sql, sql } from '../db/index.ts';
import type { FilterContext } from './filter-context.ts';

/** For how long a deleted record can be brought back. */
export const RECOVERABLE_DAYS = 30;

/** Filters that leads, opportunities, accounts and contacts have alike. */
export interface SharedFilters {
  owner?: string[] | undefined;
  team?: string[] | undefined;
  tag?: string[] | undefined;
  withoutTag?: string[] | undefined;
  createdFrom?: string | undefined;
  createdTo?: string | undefined;
  updatedFrom?: string | undefined;
  updatedTo?: string | undefined;
  q?: string | undefined;
  deleted?: boolean | undefined;
}

/** Records that are there; with `deleted`, those that can still be brought back. The table is aliased `r`. */
export function presenceSql(deleted: boolean | undefined, { now }: Pick<FilterContext, 'now'>): Sql {
  if (!deleted) return sql`r.deleted_at is null`;
  return sql`(r.deleted_at > ${now}::timestamptz - make_interval(days => ${RECOVERABLE_DAYS}::int) and r.merged_into_id is null)`;
}

/** Collects conditions on a record's table, aliased `r`. */
export interface FilterWriter {
  conditions: Sql[];
  uuids(column: string, ids: readonly string[] | undefined): void;
  /** '' stands for rows without a text */
  texts(column: string, values: readonly string[] | undefined): void;
  /** a condition or its opposite */
  flag(wanted: boolean | undefined, condition: () => Sql): void;
  shared(filters: SharedFilters): void;
}

export function filterWriter({ userId, timeZone }: FilterContext): FilterWriter {
  const conditions: Sql[] = [];
  const uuids: FilterWriter['uuids'] = (column, ids) => {
    if (ids) conditions.push(sql`${raw(column)} = any(${ids}::uuid[])`);
  };
  const dayStart = (day: string, plus: number): Sql =>
    sql`((${day}::date + ${plus}::int)::timestamp at time zone ${timeZone}::text)`;
  const days = (column: string, from: string | undefined, to: string | undefined) => {
    if (from) conditions.push(sql`${raw(column)} >= ${dayStart(from, 0)}`);
    if (to) conditions.push(sql`${raw(column)} < ${dayStart(to, 1)}`);
  };
  const owners = (chosen: readonly string[] | undefined) => {
    if (!chosen) return;
    const ids = chosen.filter((one) => one !== 'nobody').map((one) => (one === 'me' ? userId : one));
    if (ids.length === chosen.length) uuids('r.owner_id', ids);
    else conditions.push(sql`(r.owner_id is null or r.owner_id = any(${ids}::uuid[]))`);
  };
  return {
    conditions,
    uuids,
    texts(column, values) {
      if (!values) return;
      // The column as it is: PostgreSQL knows how often its texts occur, and nothing of what coalesce() makes of them.
      const has = sql`${raw(column)} = any(${values}::text[])`;
      conditions.push(values.includes('') ? sql`(${raw(column)} is null or ${has})` : has);
    },
    flag(wanted, condition) {
      if (wanted !== undefined) conditions.push(wanted ? condition() : sql`not ${condition()}`);
    },
    shared(filters) {
      owners(filters.owner);
      uuids('r.team_id', filters.team);
      if (filters.tag) conditions.push(sql`r.tags && ${filters.tag}::text[]`);
      if (filters.withoutTag) conditions.push(sql`not r.tags && ${filters.withoutTag}::text[]`);
      days('r.created_at', filters.createdFrom, filters.createdTo);
      days('r.updated_at', filters.updatedFrom, filters.updatedTo);
    },
  };
}
