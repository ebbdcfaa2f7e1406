import type { Principal } from '../access/index.ts';
import type { AnalyticsColumn, AnalyticsTable, SeriesQuery, Split } from '../contracts/analytics.ts';
import { invalid } from '../http/index.ts';
import { withHash } from './data-hash.ts';
import type { MeasureRow } from './engine.ts';
import { checkTransform, type FigureTransform, meanDigits, partialAfter, transformed } from './figure-transform.ts';
import { type AnalyticsContext, type Inquiry, inquire, measureColumns } from './inquiry.ts';
import { addMeasures } from './measure-sums.ts';
import type { Measures } from './measures.ts';
import type { Metric } from './metric.ts';
import { askTogether, othersCaveat } from './others.ts';
import { bucketsOf, isPartial } from './periods.ts';
import { findSplitNames, inRank, OTHERS } from './split-values.ts';
import { sumOf } from './transforms.ts';

const DEFAULT_LIMIT = 12;
const MAX_FIGURES = 40_000;

type Key = string | null;
type Cells = Map<Key, Map<string, Measures>>;

/**
 * One metric over time with a column for each value of a dimension, the largest over the whole period first, at
 * most `limit`; with `others` the rest is one more column. `omitted` says how many values the rest are.
 */
export async function answerSplitSeries(
  context: AnalyticsContext,
  principal: Principal,
  query: SeriesQuery & { by: Split },
  time: AnalyticsColumn,
  transform: FigureTransform,
): Promise<AnalyticsTable> {
  const { by, grain, limit = DEFAULT_LIMIT, others = false } = query;
  const names = await findSplitNames(context.runner, principal, by);
  const inquiry = await inquire(context, principal, query, by);
  const { period, today, asOf, digits } = inquiry;
  const [metric, ...more] = inquiry.metrics;
  if (!metric || more.length > 0) throw invalid('/query/metrics', 'must be one metric when it is split by a dimension');
  checkTransform([metric], transform.kind, transform.kind === 'share' ? 'values' : 'time');
  const buckets = bucketsOf(period, grain);
  if (buckets.length * (limit + 1) > MAX_FIGURES) {
    throw invalid('/query/grain', `gives more than ${MAX_FIGURES} figures; choose a coarser grain or a lower limit`);
  }
  const [column] = measureColumns(inquiry);
  if (!column) throw new Error(`metric ${metric.id} has no column`);
  const partial = partialAfter(
    buckets,
    buckets.filter((bucket) => isPartial(bucket, grain, period, today)),
    transform,
  );
  if (inquiry.why(metric)) {
    const rows = buckets.map((bucket) => [bucket, null]);
    return withHash({ columns: [time, column], rows, partial, omitted: 0, asOf });
  }

  const question = { ...inquiry.question, by, period, grain };
  const found = await context.engine.table(question);
  const cells = cellsOf(found);
  const keys = await rankedKeys(context, inquiry, metric, cells);
  const shown = keys.slice(0, limit);
  const rest = keys.slice(limit);
  const begun = new Set([...found.map(({ bucket }) => bucket), ...buckets.filter((bucket) => bucket <= today)]);
  const hasOthers = others && rest.length > 0;
  const asked = hasOthers ? await askTogether(context.engine, question, [metric], rest) : null;
  const askedCells = asked && byBucket(asked);
  const partsOf = (of: readonly Key[]) => (bucket: string) => of.map((key) => cells.get(key)?.get(bucket));
  const figures = (parts: (bucket: string) => (Measures | undefined)[]) =>
    buckets.map((bucket) => {
      if (!begun.has(bucket)) return null;
      const found = parts(bucket).filter((part) => part !== undefined);
      return inquiry.value(metric, addMeasures(found, metric.measures));
    });
  const ofOthers = askedCells ? (bucket: string) => [askedCells.get(bucket)] : partsOf(rest);
  const groups = [...shown.map((key) => partsOf([key])), ...(hasOthers ? [ofOthers] : [])];
  const whole = transform.kind === 'share' ? figures(partsOf(keys)) : undefined;
  const options = { digits: meanDigits(metric, digits), ...(whole && { whole }) };
  const series = groups.map((group) => transformed(figures(group), transform, options));
  const memberOf = await names.of(shown);
  const unit = transform.kind === 'share' ? ({ unit: 'ratio', currency: null } as const) : {};
  const columns = groups.map((_, index): AnalyticsColumn => {
    const key = shown[index];
    if (key === undefined) return { ...column, ...unit, ...othersColumn(metric, by, column) };
    const member = memberOf(key);
    return { ...column, ...unit, id: key === null ? 'unset' : `value:${key}`, label: member.name, member };
  });
  return withHash({
    columns: [time, ...columns],
    rows: buckets.map((bucket, index) => [bucket, ...series.map((values) => values[index] ?? null)]),
    partial,
    omitted: rest.length,
    asOf,
  });
}

const othersColumn = (metric: Metric, by: Split, { caveat }: AnalyticsColumn) => ({
  id: 'others',
  label: OTHERS.name,
  member: OTHERS,
  caveat: [caveat, othersCaveat(metric, by)].filter(Boolean).join(' ') || null,
});

function cellsOf(rows: readonly MeasureRow[]): Cells {
  const rowsOf = new Map<Key, MeasureRow[]>();
  for (const row of rows) {
    const own = rowsOf.get(row.key);
    if (own) own.push(row);
    else rowsOf.set(row.key, [row]);
  }
  return new Map([...rowsOf].map(([key, own]) => [key, byBucket(own)]));
}

const byBucket = (rows: readonly MeasureRow[]): Map<string, Measures> =>
  new Map(rows.flatMap(({ bucket, measures }) => (bucket === null ? [] : [[bucket, measures] as const])));

/** By the value over the whole period: what adds up is added up, anything else is asked for. */
async function rankedKeys(
  { engine }: AnalyticsContext,
  { question, period, value }: Inquiry,
  metric: Metric,
  cells: Cells,
): Promise<Key[]> {
  const ranks = new Map<Key, string | null>();
  if (metric.isAdditive) {
    for (const [key, own] of cells) ranks.set(key, sumOf([...own.values()].map((part) => value(metric, part))));
  } else {
    const whole = await engine.table({ ...question, period, grain: null });
    for (const { key, measures } of whole) ranks.set(key, value(metric, measures));
  }
  return inRank([...cells.keys()].map((key) => ({ key, rank: ranks.get(key) ?? null }))).map(({ key }) => key);
}
