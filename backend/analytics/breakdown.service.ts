import type { Principal } from '../access/index.ts';
import type { AnalyticsTable, BreakdownQuery } from '../contracts/analytics.ts';
import { paired, periodBefore, withBefore } from './comparison.ts';
import { withHash } from './data-hash.ts';
import { checkTransform, type FigureTransform, readTransform, transformedColumn } from './figure-transform.ts';
import { type AnalyticsContext, type Inquiry, inquire, measureColumns } from './inquiry.ts';
import { addMeasures, togetherCaveat } from './measure-sums.ts';
import { type Measures, noMeasures } from './measures.ts';
import { findSplitNames, inRank, OTHERS } from './split-values.ts';
import { shareOf } from './transforms.ts';

/**
 * Each metric split by a dimension, largest value of the first metric first, at most `limit` rows; `omitted` says
 * how many more values there are, which `others` adds up in a last row. Facts without a value are a row of their
 * own with id null. Compared, values that are only in the other period are rows too.
 */
export async function answerBreakdown(
  context: AnalyticsContext,
  principal: Principal,
  query: BreakdownQuery,
): Promise<AnalyticsTable> {
  const { by, limit, others = false } = query;
  const transform = readTransform(query);
  const names = await findSplitNames(context.runner, principal, by);
  const inquiry = await inquire(context, principal, query, by);
  const { metrics, period, asOf } = inquiry;
  checkTransform(metrics, transform.kind, 'values');
  const comparedWith = periodBefore(inquiry, query.compare);
  const [now, before] = await Promise.all(
    [period, comparedWith].map(async (days) =>
      days ? await context.engine.table({ ...inquiry.question, period: days, grain: null }) : [],
    ),
  );
  const figures = inTime(inquiry, now ?? [], transform);
  const figuresBefore = inTime(inquiry, before ?? [], transform);
  const [first] = metrics;
  // What was there before, and isn't now, has its row too: both periods are whole.
  const keys = new Set([...figures.keys, ...figuresBefore.keys]);
  const ranked = inRank(
    [...keys].map((key) => ({ key, rank: first ? inquiry.value(first, figures.measuresOf(key)) : null })),
  ).map(({ key }) => key);
  const shown = ranked.slice(0, limit);
  const rest = ranked.slice(limit);
  const hasOthers = others && rest.length > 0;
  const memberOf = await names.of(shown);
  const cells = (some: readonly (string | null)[]) =>
    comparedWith ? paired(figures.together(some), figuresBefore.together(some)) : figures.together(some);
  const columns = measureColumns(inquiry).map((column, index) => {
    const metric = metrics[index];
    const together = hasOthers && metric ? togetherCaveat(metric) : null;
    const caveat = [column.caveat, together].filter(Boolean).join(' ') || null;
    return transformedColumn({ ...column, caveat }, transform);
  });
  return withHash({
    columns: [
      { id: by, label: names.label, kind: 'dimension', unit: null, currency: null },
      ...(comparedWith ? withBefore(columns) : columns),
    ],
    rows: [...shown.map((key) => [memberOf(key), ...cells([key])]), ...(hasOthers ? [[OTHERS, ...cells(rest)]] : [])],
    omitted: rest.length,
    ...(comparedWith && { comparedWith }),
    asOf,
  });
}

/** The figures of one period by the value they are of; several values are taken together from their measures. */
function inTime(
  { metrics, question: { measures: wanted }, value }: Inquiry,
  found: readonly { key: string | null; measures: Measures }[],
  transform: FigureTransform,
) {
  const byKey = new Map(found.map(({ key, measures }) => [key, measures]));
  const figures = (measures: Measures) => metrics.map((metric) => value(metric, measures));
  const measuresOf = (key: string | null) => byKey.get(key) ?? noMeasures;
  const totals = transform.kind === 'share' ? figures(addMeasures([...byKey.values()], wanted)) : null;
  return {
    keys: [...byKey.keys()],
    measuresOf,
    together(keys: readonly (string | null)[]): (string | null)[] {
      const [key = null] = keys;
      const measures = keys.length === 1 ? measuresOf(key) : addMeasures(keys.map(measuresOf), wanted);
      return figures(measures).map((one, index) => (totals ? shareOf(one, totals[index] ?? null) : one));
    },
  };
}
