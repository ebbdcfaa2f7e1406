import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import { routes } from './analytics.routes.ts';
import { findCurrencyDigits } from './currency-digits.repository.ts';
import { createSqlEngine } from './engines/sql/index.ts';

/** The routes below /analytics. */
export function analyticsRoutes({ config, database, clock }: Dependencies): AnyRoute[] {
  const { timeZone, currency } = config;
  let digits: number | undefined;
  return routes({
    engine: createSqlEngine(database.sql, timeZone),
    runner: database.sql,
    clock,
    timeZone,
    currency,
    async currencyDigits() {
      digits ??= await findCurrencyDigits(database.sql, currency);
      return digits;
    },
  });
}

export type { Metric } from './metric.ts';
export { metrics } from './metrics.ts';
