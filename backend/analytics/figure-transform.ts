import type { AnalyticsColumn, Transform } from '../contracts/analytics.ts';
import { invalid } from '../http/index.ts';
import { factsOf } from './availability.ts';
import type { Metric } from './metric.ts';
import { type Figures, movingAverage, runningTotal, shareOf, sumOf } from './transforms.ts';

/** What is done with the figures of a series before they are shown. */
export interface FigureTransform {
  kind: Transform;
  /** periods of a moving average */
  window: number;
}

export const readTransform = (query: {
  transform?: Transform | undefined;
  window?: number | undefined;
}): FigureTransform => ({
  kind: query.transform ?? 'none',
  window: query.window ?? 3,
});

/** Do the values of the periods add up to the value of all of them? A pipeline is one that stands, not one that flows. */
export const addsUpOverTime = (metric: Metric): boolean => metric.isAdditive && !factsOf(metric).includes('pipeline');

/** Refuses figures that mean nothing. `along`: what the shares are taken of. @throws ProblemError invalid, in a sentence */
export function checkTransform(metrics: readonly Metric[], kind: Transform, along: 'time' | 'values'): void {
  for (const metric of metrics) {
    const isWrong =
      (kind === 'runningTotal' && !addsUpOverTime(metric)) ||
      (kind === 'share' && !(along === 'time' ? addsUpOverTime(metric) : metric.isAdditive));
    if (!isWrong) continue;
    const name = metric.name.toLowerCase();
    const where = kind === 'share' && along === 'values' ? 'from its parts' : 'over time';
    throw invalid('/query/transform', `cannot be ${kind}: the values of ${name} do not add up ${where}`);
  }
}

/** The figures of one series, transformed; `whole`: what each one is a share of (left out: all of the series). */
export function transformed(
  values: Figures,
  { kind, window }: FigureTransform,
  { digits, whole }: { digits: number; whole?: Figures },
): Figures {
  switch (kind) {
    case 'none':
      return values;
    case 'runningTotal':
      return runningTotal(values);
    case 'movingAverage':
      return movingAverage(values, window, digits);
    case 'share': {
      const total = whole ? null : sumOf(values);
      return values.map((value, index) => shareOf(value, whole ? (whole[index] ?? null) : total));
    }
    default:
      return kind satisfies never;
  }
}

/** Decimals that a mean of a metric's values is given with. */
export const meanDigits = ({ unit }: Metric, currencyDigits: number): number =>
  ({ money: currencyDigits, moneyPerDay: currencyDigits, count: 2, ratio: 6, days: 1 })[unit];

const suffixes: Record<Transform, (window: number) => string> = {
  none: () => '',
  runningTotal: () => ', running total',
  share: () => ', share',
  movingAverage: (window) => `, mean of ${window} periods`,
};

/** The column of a measure whose figures were transformed. */
export function transformedColumn(column: AnalyticsColumn, { kind, window }: FigureTransform): AnalyticsColumn {
  const label = column.label + suffixes[kind](window);
  return kind === 'share' ? { ...column, label, unit: 'ratio', currency: null } : { ...column, label };
}

/** The partial periods: a mean is as partial as any of the periods it is taken of. */
export function partialAfter(
  buckets: readonly string[],
  partial: readonly string[],
  transform: FigureTransform,
): string[] {
  if (transform.kind !== 'movingAverage') return [...partial];
  const cut = new Set(partial);
  return buckets.filter((_, index) =>
    buckets.slice(Math.max(0, index - transform.window + 1), index + 1).some((bucket) => cut.has(bucket)),
  );
}
