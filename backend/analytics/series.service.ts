import type { Principal } from '../access/index.ts';
import type { AnalyticsColumn, AnalyticsTable, Grain, SeriesQuery } from '../contracts/analytics.ts';
import { invalid } from '../http/index.ts';
import { paired, periodBefore, withBefore } from './comparison.ts';
import { withHash } from './data-hash.ts';
import {
  checkTransform,
  type FigureTransform,
  meanDigits,
  partialAfter,
  readTransform,
  transformed,
  transformedColumn,
} from './figure-transform.ts';
import { type AnalyticsContext, type Inquiry, inquire, measureColumns } from './inquiry.ts';
import { measureFacts, noMeasures } from './measures.ts';
import { bucketsOf, checkPeriod, isPartial, type Period } from './periods.ts';
import { answerSplitSeries } from './split-series.service.ts';
import type { Figures } from './transforms.ts';

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
 * unless something is in them. Compared, the first bucket stands beside the first of the other period, and so on.
 */
export async function answerSeries(
  context: AnalyticsContext,
  principal: Principal,
  query: SeriesQuery,
): Promise<AnalyticsTable> {
  const { grain, by } = query;
  checkPeriod(query, grain);
  const transform = readTransform(query);
  if (by && query.compare) throw invalid('/query/compare', 'does not go with by: split periods are not compared');
  if (by) return answerSplitSeries(context, principal, { ...query, by }, timeColumn(grain), transform);
  const inquiry = await inquire(context, principal, query);
  const { metrics, period, today, asOf } = inquiry;
  checkTransform(metrics, transform.kind, 'time');
  const comparedWith = periodBefore(inquiry, query.compare);
  const [series, before] = await Promise.all([
    figuresOf(context, inquiry, { period, grain, transform }),
    comparedWith && figuresOf(context, inquiry, { period: comparedWith, grain, transform }),
  ]);
  const buckets = bucketsOf(period, grain);
  const partial = buckets.filter((bucket) => isPartial(bucket, grain, period, today));
  const columns = measureColumns(inquiry).map((column) => transformedColumn(column, transform));
  const at = (figures: readonly Figures[], index: number) => figures.map((values) => values[index] ?? null);
  return withHash({
    columns: [timeColumn(grain), ...(before ? withBefore(columns) : columns)],
    rows: buckets.map((bucket, index) => [
      bucket,
      ...(before ? paired(at(series, index), at(before, index)) : at(series, index)),
    ]),
    partial: partialAfter(buckets, partial, transform),
    ...(comparedWith && { comparedWith }),
    asOf,
  });
}

/** The figures of each metric in the buckets of a period. */
async function figuresOf(
  { engine }: AnalyticsContext,
  { metrics, question, today, digits, value }: Inquiry,
  { period, grain, transform }: { period: Period; grain: Grain; transform: FigureTransform },
): Promise<Figures[]> {
  const found = await engine.table({ ...question, period, grain });
  const byBucket = new Map(found.map(({ bucket, measures }) => [bucket, measures]));
  return metrics.map((metric) => {
    const isOfPipeline = metric.measures.some((measure) => measureFacts[measure] === 'pipeline');
    const values = bucketsOf(period, grain).map((bucket) => {
      // What is booked ahead is there; how the pipeline will stand nobody knows.
      if (isOfPipeline && bucket > today) return null;
      const measures = byBucket.get(bucket) ?? (bucket <= today ? noMeasures : null);
      return measures && value(metric, measures);
    });
    return transformed(values, transform, { digits: meanDigits(metric, digits) });
  });
}
