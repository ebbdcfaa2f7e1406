import { type Principal, type RecordScope, scopeOf } from '../../access/index.ts';
import { businessDay } from '../../calendar/index.ts';
import type { Dimension } from '../../contracts/analytics.ts';
import type { PipelineEntity } from '../../contracts/pipelines.ts';
import { invalid } from '../../http/index.ts';
import type { CompanyCurrency } from '../company-currency.repository.ts';
import { type CustomFilter, customFiltersOf } from '../custom-dimension.ts';
import type { Filters } from '../engine.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { checkPeriod, type Period } from '../periods.ts';
import { type FilterQuery, filtersOf } from '../selection.ts';
import { type ReportEntity, reportEntities } from './entities.ts';
import { findReportPipeline, type ReportPipeline } from './pipeline.repository.ts';

/** What a viewer asks about: one pipeline, filters, and how far the viewer sees. Every statement of a report takes it. */
export interface PipelineView {
  kind: ReportEntity;
  pipeline: ReportPipeline;
  filters: Filters;
  custom: readonly CustomFilter[];
  /** reach of `analytics.read`; lists of records are narrowed once more by the right to read them */
  scope: RecordScope;
  now: Date;
  today: string;
  timeZone: string;
  currency: CompanyCurrency;
}

export interface ViewQuery extends FilterQuery {
  entity: PipelineEntity;
  pipeline?: string | undefined;
}

/** Reads a query as this viewer may ask it. @throws ProblemError for a pipeline or dimension that there isn't */
export async function viewOf(
  { runner, clock, timeZone, currency }: AnalyticsContext,
  principal: Principal,
  query: ViewQuery,
  period: Period | null = null,
  by?: Dimension,
): Promise<PipelineView> {
  if (period) checkPeriod(period);
  const pipeline = await findReportPipeline(runner, query);
  if (!pipeline) throw invalid('/query/pipeline', 'is no pipeline');
  const kind = reportEntities[pipeline.entity];
  const filters = filtersOf(query, principal);
  if (filters.product && !kind.columns.product) throw invalid('/query/product', 'cannot filter leads');
  const custom = await customFiltersOf(runner, principal, query);
  for (const { entity, key } of custom) {
    if (!kind.columns.custom?.[entity]) throw invalid(`/query/custom.${entity}.${key}`, 'cannot filter leads');
  }
  if (by && !kind.columns[by]) throw invalid('/query/by', 'cannot split leads by product');
  const now = clock();
  return {
    kind,
    pipeline,
    filters,
    custom,
    scope: scopeOf(principal, 'analytics.read'),
    now,
    today: businessDay(now, timeZone),
    timeZone,
    currency: await currency(),
  };
}

/** What every report begins with. */
export const headOf = ({ pipeline: { id, name, entity }, now }: PipelineView) => ({
  pipeline: { id, name, entity },
  asOf: now.toISOString(),
});
