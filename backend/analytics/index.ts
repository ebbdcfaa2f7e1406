import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import type { JobDefinition } from '../jobs/index.ts';
import { routes } from './analytics.routes.ts';
import { batchRoutes } from './batch.routes.ts';
import { type CompanyCurrency, findCompanyCurrency } from './company-currency.repository.ts';
import { type SharedEngine, startSharedEngine } from './engines/columnar/index.ts';
import { logPurgeJob } from './engines/columnar/log-purge.job.ts';
import { createSqlEngine } from './engines/sql/index.ts';
import type { AnalyticsContext } from './inquiry.ts';
import { pipelineReportRoutes } from './pipeline/pipeline-reports.routes.ts';
import { targetRoutes } from './targets/target.routes.ts';

/** Dependencies of whoever answers with figures. */
export interface AnalyticsDependencies extends Dependencies {
  /** the engine of this process; absent where PostgreSQL is to answer (command line) */
  analytics?: Pick<SharedEngine, 'engine'>;
}

/** Starts the engine that all of a process answers with, as the configuration wants it. */
export const startAnalytics = (deps: Dependencies): SharedEngine =>
  startSharedEngine(deps, createSqlEngine(deps.database.sql, deps.config.timeZone));

/** What answering takes; for those who answer with the same figures in another form. */
export function createAnalyticsContext(deps: AnalyticsDependencies): AnalyticsContext {
  const { config, database, clock, analytics } = deps;
  const { timeZone } = config;
  let currency: CompanyCurrency | undefined;
  return {
    engine: analytics?.engine ?? createSqlEngine(database.sql, timeZone),
    runner: database.sql,
    clock,
    timeZone,
    async currency() {
      currency ??= await findCompanyCurrency(database.sql);
      return currency;
    },
  };
}

/** The routes below /analytics and /targets. */
export function analyticsRoutes(deps: AnalyticsDependencies): AnyRoute[] {
  const context = createAnalyticsContext(deps);
  const questions = [...routes(context), ...pipelineReportRoutes(context)];
  return [...questions, ...batchRoutes(questions, deps), ...targetRoutes(context, deps.database)];
}

/** Background work of this module. */
export const analyticsJobs: JobDefinition[] = [logPurgeJob];

export { answerBreakdown } from './breakdown.service.ts';
export { isOpenDimension } from './custom-dimension.ts';
export { hashOfTable } from './data-hash.ts';
export type { AnalyticsStatus, SharedEngine } from './engines/columnar/index.ts';
export { logPurgeSchedule } from './engines/columnar/log-purge.job.ts';
export { rebuildCopy } from './engines/columnar/rebuild.ts';
export { answerFilterOptions } from './filter-options.service.ts';
export type { AnalyticsContext } from './inquiry.ts';
export { answerKpis } from './kpis.service.ts';
export type { Metric } from './metric.ts';
export { metricOf } from './metrics.ts';
export { answerAgeing } from './pipeline/ageing.service.ts';
export { answerChanges } from './pipeline/changes.service.ts';
export { answerFunnel } from './pipeline/funnel.service.ts';
export { answerHealth } from './pipeline/health.service.ts';
export { answerVelocity } from './pipeline/velocity.service.ts';
export { answerRecords } from './records.service.ts';
export { answerSeries } from './series.service.ts';
export { metricName, seesMetric, seesSplit } from './visibility.ts';
