import type { Principal } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { AnalyticsColumn, MetricId, Split } from '../contracts/analytics.ts';
import type { SqlRunner } from '../db/index.ts';
import { reachCaveat, whyUnavailable } from './availability.ts';
import type { CompanyCurrency } from './company-currency.repository.ts';
import { customFiltersOf, splitReach } from './custom-dimension.ts';
import type { AnalyticsEngine, Filters, Question } from './engine.ts';
import type { MeasureId, Measures } from './measures.ts';
import type { Metric } from './metric.ts';
import { checkPeriod, type Period } from './periods.ts';
import { type FilterQuery, filtersOf, reachOf, visibleMetrics } from './selection.ts';

/** What answering takes. */
export interface AnalyticsContext {
  engine: AnalyticsEngine;
  /** for the names of products, teams and people */
  runner: SqlRunner;
  clock: () => Date;
  timeZone: string;
  currency: () => Promise<CompanyCurrency>;
}

/** A question of a viewer, with what of it can be answered. */
export interface Inquiry {
  metrics: readonly Metric[];
  period: Period;
  filters: Filters;
  by: Split | null;
  today: string;
  asOf: string;
  /** decimals of the company currency */
  digits: number;
  /** the engine's question for all metrics that can be given */
  question: Omit<Question, 'period' | 'grain'>;
  /** why a metric can't be given here; null when it can */
  why(metric: Metric): string | null;
  /** the value; null where it can't be given */
  value(metric: Metric, measures: Measures): string | null;
  caveat(metric: Metric, measures?: Measures): string | null;
  currencyOf(metric: Metric): string | null;
}

export interface InquiryQuery extends FilterQuery, Period {
  metrics?: MetricId[] | undefined;
}

/** Reads a query as this viewer may ask it. @throws ProblemError for guarded metrics and impossible periods */
export async function inquire(
  { runner, clock, timeZone, currency }: AnalyticsContext,
  principal: Principal,
  query: InquiryQuery,
  by: Split | null = null,
): Promise<Inquiry> {
  const period = { from: query.from, to: query.to };
  checkPeriod(period);
  const metrics = visibleMetrics(principal, query.metrics);
  const filters = filtersOf(query, principal);
  const custom = await customFiltersOf(runner, principal, query);
  const reach = reachOf(principal);
  const now = clock();
  const today = businessDay(now, timeZone);
  const { code, digits } = await currency();
  const reasons = new Map(metrics.map((metric) => [metric.id, whyUnavailable(metric, { filters, custom }, by, reach)]));
  const why = (metric: Metric) => reasons.get(metric.id) ?? null;
  const measures = new Set<MeasureId>(metrics.filter((metric) => !why(metric)).flatMap((metric) => metric.measures));
  return {
    metrics,
    period,
    filters,
    by,
    today,
    asOf: now.toISOString(),
    digits,
    question: {
      measures: [...measures],
      filters,
      custom,
      scope: reach.scope,
      today,
      by,
      byReach: splitReach(principal, by),
    },
    why,
    value: (metric, found) => (why(metric) ? null : metric.value(found, digits)),
    caveat(metric, found) {
      const reason = why(metric);
      if (reason) return reason;
      const own = found ? metric.caveat?.(found, { isPast: period.to < today }) : null;
      return [metric.note, own, reachCaveat(metric, reach)].filter(Boolean).join(' ') || null;
    },
    currencyOf: ({ unit }) => (unit === 'money' || unit === 'moneyPerDay' ? code : null),
  };
}

/** The columns of the metrics of a table. */
export const measureColumns = (inquiry: Inquiry): AnalyticsColumn[] =>
  inquiry.metrics.map((metric) => ({
    id: metric.id,
    label: metric.name,
    kind: 'measure',
    unit: metric.unit,
    currency: inquiry.currencyOf(metric),
    caveat: inquiry.caveat(metric),
  }));
