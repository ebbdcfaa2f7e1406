import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import { routes } from './analytics.routes.ts';
import { type CompanyCurrency, findCompanyCurrency } from './company-currency.repository.ts';
import { createSqlEngine } from './engines/sql/index.ts';

/** The routes below /analytics. */
export function analyticsRoutes({ config, database, clock }: Dependencies): AnyRoute[] {
  const { timeZone } = config;
  let currency: CompanyCurrency | undefined;
  return routes({
    engine: createSqlEngine(database.sql, timeZone),
    runner: database.sql,
    clock,
    timeZone,
    async currency() {
      currency ??= await findCompanyCurrency(database.sql);
      return currency;
    },
  });
}

export type { Metric } from './metric.ts';
