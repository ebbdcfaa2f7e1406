import type { Principal } from '../access/index.ts';
import type { AnalyticsTable, Grain, SeriesQuery } from '../contracts/analytics.ts';
import { type AnalyticsContext, inquire, measureColumns } from './inquiry.ts';
import { noMeasures } from './measures.ts';
import { bucketEnd, bucketsOf, checkPeriod, type Period } from './periods.ts';

const grainLabels: Record<Grain, string> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
};

/**
 * Each metric over time: a row for every bucket of the period, in order. Where nothing happened, sums
 * and counts are zero and ratios null; buckets that have not begun are null unless something is in them.
 */
export async function answerSeries(
  context: AnalyticsContext,
  principal: Principal,
  query: SeriesQuery,
): Promise<AnalyticsTable> {
  const { grain } = query;
  checkPeriod(query, grain);
  const inquiry = await inquire(context, principal, query);
  const { metrics, period, today, asOf } = inquiry;
  const found = await context.engine.table({ ...inquiry.question, period, grain });
  const byBucket = new Map(found.map(({ bucket, measures }) => [bucket, measures]));
  const buckets = bucketsOf(period, grain);
  return {
    columns: [
      { id: 'time', label: grainLabels[grain], kind: 'time', unit: null, currency: null },
      ...measureColumns(inquiry),
    ],
    rows: buckets.map((bucket) => {
      const measures = byBucket.get(bucket) ?? (bucket <= today ? noMeasures : null);
      return [bucket, ...metrics.map((metric) => measures && inquiry.value(metric, measures))];
    }),
    partial: buckets.filter((bucket) => isPartial(bucket, grain, period, today)),
    asOf,
  };
}

/** Is the bucket cut by the period, or still running? */
function isPartial(bucket: string, grain: Grain, { from, to }: Period, today: string): boolean {
  const end = bucketEnd(bucket, grain);
  return bucket < from || end > to || (bucket <= today && end > today);
}
