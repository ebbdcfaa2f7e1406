import type { Reach } from '../access/index.ts';
import { join, raw, type Sql, sql } from '../db/index.ts';
import type { FilterContext } from './filter-context.ts';
import type { RecordKind } from './record-kind.ts';
import { searchSql } from './record-search.ts';
import { filterWriter, type SharedFilters } from './shared-filters.ts';

/** What a list can be narrowed by; arrays mean "any of", undefined means no narrowing. */
export interface RecordFilters extends SharedFilters {
  pipeline?: string[] | undefined;
  stage?: string[] | undefined;
  stageKind?: string[] | undefined;
  account?: string[] | undefined;
  product?: string[] | undefined;
  source?: string[] | undefined;
  segment?: string[] | undefined;
  region?: string[] | undefined;
  productCategory?: string[] | undefined;
  campaign?: string[] | undefined;
  valueMin?: string | undefined;
  valueMax?: string | undefined;
  scoreMin?: number | undefined;
  scoreMax?: number | undefined;
  closeFrom?: string | undefined;
  closeTo?: string | undefined;
  converted?: boolean | undefined;
  noNextStep?: boolean | undefined;
  overdue?: boolean | undefined;
  pastClose?: boolean | undefined;
  idleDays?: number | undefined;
}

const IS_OPEN = sql`r.stage_id in (select x.id from stage x where x.kind = 'open')`;

/** Open tasks of the record, with `more` conditions on the task `x`. */
const hasTask = ({ entity }: RecordKind, more: Sql): Sql => sql`exists (select 1 from task x
  where x.record_type = ${entity} and x.record_id = r.id and x.deleted_at is null
    and x.status not in ('done', 'cancelled') and ${more})`;

/** The conditions of `filters`, each beginning with `and`. `me` among owners is the asker. */
export function recordFilterSql(kind: RecordKind, reach: Reach, filters: RecordFilters, context: FilterContext): Sql {
  const writer = filterWriter(context);
  const { conditions, uuids, texts, flag } = writer;
  const isOpportunity = kind.entity === 'opportunity';
  uuids('r.pipeline_id', filters.pipeline);
  uuids('r.stage_id', filters.stage);
  if (filters.stageKind) {
    conditions.push(sql`r.stage_id in (select x.id from stage x where x.kind = any(${filters.stageKind}::text[]))`);
  }
  writer.shared(filters);
  if (isOpportunity) {
    uuids('r.account_id', filters.account);
    uuids('r.product_id', filters.product);
  }
  texts('r.source', filters.source);
  texts('r.segment', filters.segment);
  texts('r.region', filters.region);
  texts('r.product_category', filters.productCategory);
  texts('r.campaign', filters.campaign);
  if (filters.valueMin !== undefined) conditions.push(sql`${kind.valueBase} >= ${filters.valueMin}::numeric`);
  if (filters.valueMax !== undefined) conditions.push(sql`${kind.valueBase} <= ${filters.valueMax}::numeric`);
  if (filters.scoreMin !== undefined) conditions.push(sql`r.score >= ${filters.scoreMin}::float8`);
  if (filters.scoreMax !== undefined) conditions.push(sql`r.score <= ${filters.scoreMax}::float8`);
  if (isOpportunity) {
    if (filters.closeFrom) conditions.push(sql`r.expected_close_on >= ${filters.closeFrom}::date`);
    if (filters.closeTo) conditions.push(sql`r.expected_close_on <= ${filters.closeTo}::date`);
    flag(filters.pastClose, () => sql`(${IS_OPEN} and r.expected_close_on < ${context.today}::date) is true`);
  } else {
    flag(filters.converted, () => sql`(r.converted_at is not null)`);
  }
  const noStep = isOpportunity ? sql`and coalesce(r.next_step, '') = ''` : raw('');
  flag(filters.noNextStep, () => sql`(${IS_OPEN} ${noStep} and not ${hasTask(kind, raw('true'))})`);
  flag(filters.overdue, () =>
    hasTask(kind, sql`(x.due_on < ${context.today}::date or x.due_at < ${context.now}::timestamptz)`),
  );
  if (filters.idleDays !== undefined) conditions.push(idleSql(kind, filters.idleDays, context));
  if (filters.q) conditions.push(searchSql(kind, reach, filters.q));
  return conditions.length === 0 ? raw('') : sql`and ${join(conditions, ' and ')}`;
}

function idleSql({ entity }: RecordKind, days: number, { now }: FilterContext): Sql {
  const since = sql`${now}::timestamptz - make_interval(days => ${days}::int)`;
  return sql`(${IS_OPEN} and r.stage_since < ${since} and not exists (select 1 from activity x
    where x.record_type = ${entity} and x.record_id = r.id and x.withdrawn_at is null and x.occurred_at >= ${since}))`;
}

/** The filters that know no days. */
type TimelessFilters = Pick<RecordFilters, 'stage' | 'owner' | 'team' | 'account' | 'source' | 'segment' | 'tag' | 'q'>;

/** The same where no filter is about days, such as on a board. */
export const filterSql = (kind: RecordKind, reach: Reach, filters: TimelessFilters, userId: string): Sql =>
  recordFilterSql(kind, reach, filters, { userId, today: '', now: '', timeZone: 'UTC' });
