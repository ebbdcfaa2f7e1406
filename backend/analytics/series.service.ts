import type { Principal } from '../access/index.ts';
import type { AnalyticsColumn, AnalyticsTable, Grain, SeriesQuery } from '../contracts/analytics.ts';
import { withHash } from './data-hash.ts';
import {
  checkTransform,
  meanDigits,
  partialAfter,
  readTransform,
  transformed,
  transformedColumn,
} from './figure-transform.ts';
import { type AnalyticsContext, inquire, measureColumns } from './inquiry.ts';
import { noMeasures } from './measures.ts';
import { bucketsOf, checkPeriod, isPartial } from './periods.ts';
import { answerSplitSeries } from './split-series.service.ts';

const grainLabels: Record<Grain, string> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
};

const timeColumn = (grain: Grain): AnalyticsColumn => ({
  id: 'time',
  label: grainLabels[grain],
  kind: 'time',
  unit: null,
  currency: null,
});

/**
 * Each metric over time, or one metric split by a dimension over time: a row for every bucket of the period, in
 * order. Where nothing happened, sums and counts are zero and ratios null; buckets that have not begun are null
 * unless something is in them.
 */
export async function answerSeries(
  context: AnalyticsContext,
  principal: Principal,
  query: SeriesQuery,
): Promise<AnalyticsTable> {
  const { grain, by } = query;
  checkPeriod(query, grain);
  const transform = readTransform(query);
  if (by) return answerSplitSeries(context, principal, { ...query, by }, timeColumn(grain), transform);
  const inquiry = await inquire(context, principal, query);
  const { metrics, period, today, asOf, digits } = inquiry;
  checkTransform(metrics, transform.kind, 'time');
  const found = await context.engine.table({ ...inquiry.question, period, grain });
  const byBucket = new Map(found.map(({ bucket, measures }) => [bucket, measures]));
  const buckets = bucketsOf(period, grain);
  const series = metrics.map((metric) => {
    const values = buckets.map((bucket) => {
      const measures = byBucket.get(bucket) ?? (bucket <= today ? noMeasures : null);
      return measures && inquiry.value(metric, measures);
    });
    return transformed(values, transform, { digits: meanDigits(metric, digits) });
  });
  const partial = buckets.filter((bucket) => isPartial(bucket, grain, period, today));
  return withHash({
    columns: [timeColumn(grain), ...measureColumns(inquiry).map((column) => transformedColumn(column, transform))],
    rows: buckets.map((bucket, index) => [bucket, ...series.map((values) => values[index] ?? null)]),
    partial: partialAfter(buckets, partial, transform),
    asOf,
  });
}
