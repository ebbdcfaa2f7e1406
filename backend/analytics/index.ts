import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import { routes } from './analytics.routes.ts';
import { type CompanyCurrency, findCompanyCurrency } from './company-currency.repository.ts';
import { createSqlEngine } from './engines/sql/index.ts';
import type { AnalyticsContext } from './inquiry.ts';
import { pipelineReportRoutes } from './pipeline/pipeline-reports.routes.ts';

/** The routes below /analytics. */
export function analyticsRoutes({ config, database, clock }: Dependencies): AnyRoute[] {
  const { timeZone } = config;
  let currency: CompanyCurrency | undefined;
  const context: AnalyticsContext = {
    engine: createSqlEngine(database.sql, timeZone),
    runner: database.sql,
    clock,
    timeZone,
    async currency() {
      currency ??= await findCompanyCurrency(database.sql);
      return currency;
    },
  };
  return [...routes(context), ...pipelineReportRoutes(context)];
}

export type { Metric } from './metric.ts';
