import type { Principal } from '../access/index.ts';
import type { Kpi, KpiQuery, KpiResponse } from '../contracts/analytics.ts';
import { hashOfKpis } from './data-hash.ts';
import { divide, isZero, subtract } from './decimal.ts';
import { type AnalyticsContext, type Inquiry, inquire } from './inquiry.ts';
import { type Measures, noMeasures } from './measures.ts';
import type { Metric } from './metric.ts';
import { comparedPeriod, type Period } from './periods.ts';
import { type KpiTargets, kpiTargets } from './targets/kpi-targets.ts';

/** One value for each metric over the whole period, with the period it is compared with. */
export async function answerKpis(
  context: AnalyticsContext,
  principal: Principal,
  query: KpiQuery,
): Promise<KpiResponse> {
  const inquiry = await inquire(context, principal, query);
  const { metrics, period, today, asOf } = inquiry;
  const comparedWith = query.compare ? comparedPeriod(period, query.compare, today) : null;
  const [current, previous, targets] = await Promise.all([
    total(context, inquiry, period),
    comparedWith ? total(context, inquiry, comparedWith) : null,
    kpiTargets(context, principal, inquiry),
  ]);
  const items = metrics.map((metric) => kpi(inquiry, metric, { current, before: previous, targets }));
  return { items, period, comparedWith, dataHash: hashOfKpis(items), asOf };
}

async function total({ engine }: AnalyticsContext, inquiry: Inquiry, period: Period): Promise<Measures> {
  const [row] = await engine.table({ ...inquiry.question, period, grain: null });
  return row?.measures ?? noMeasures;
}

interface Found {
  current: Measures;
  before: Measures | null;
  targets: KpiTargets;
}

function kpi(inquiry: Inquiry, metric: Metric, { current, before, targets }: Found): Kpi {
  const value = inquiry.value(metric, current);
  const previous = before && inquiry.value(metric, before);
  const target = targets.values.get(metric.id) ?? null;
  return {
    metric: metric.id,
    label: metric.name,
    unit: metric.unit,
    currency: inquiry.currencyOf(metric),
    value,
    previous,
    change: value === null || previous === null ? null : changeOf(metric, value, previous),
    target,
    betterWhen: metric.betterWhen,
    caveat: [inquiry.caveat(metric, current), target && targets.note].filter(Boolean).join(' ') || null,
  };
}

/** Relative to what it was; for ratios the difference (0.05 = five percentage points). */
function changeOf({ unit }: Metric, value: string, previous: string): number | null {
  const difference = subtract(value, previous);
  if (unit === 'ratio') return Number(difference);
  if (isZero(previous)) return null;
  const change = divide(difference, previous.replace('-', ''), 6);
  return change === null ? null : Number(change);
}
