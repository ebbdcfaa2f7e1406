import type { Principal } from '../access/index.ts';
import type { AnalyticsTable, BreakdownQuery } from '../contracts/analytics.ts';
import { paired, periodBefore, withBefore } from './comparison.ts';
import { withHash } from './data-hash.ts';
import type { MeasureRow } from './engine.ts';
import { checkTransform, type FigureTransform, readTransform, transformedColumn } from './figure-transform.ts';
import { type AnalyticsContext, type Inquiry, inquire, measureColumns } from './inquiry.ts';
import { addMeasures } from './measure-sums.ts';
import { type Measures, noMeasures } from './measures.ts';
import { askTogether, othersCaveat } from './others.ts';
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
  const questions = [period, comparedWith].map(
    (days) => days && { ...inquiry.question, by, period: days, grain: null },
  );
  const [now, before] = await Promise.all(
    questions.map(async (question) => (question ? context.engine.table(question) : [])),
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
  const [othersNow, othersBefore] = await Promise.all(
    questions.map((question) => (question && hasOthers ? askTogether(context.engine, question, metrics, rest) : null)),
  );
  const memberOf = await names.of(shown);
  const cells = (key: string | null) =>
    comparedWith ? paired(figures.of(key), figuresBefore.of(key)) : figures.of(key);
  const othersCells = () => {
    const now = figures.together(rest, othersNow);
    return comparedWith ? paired(now, figuresBefore.together(rest, othersBefore)) : now;
  };
  const columns = measureColumns(inquiry).map((column, index) => {
    const metric = metrics[index];
    const together = hasOthers && metric ? othersCaveat(metric, by) : null;
    const caveat = [column.caveat, together].filter(Boolean).join(' ') || null;
    return transformedColumn({ ...column, caveat }, transform);
  });
  return withHash({
    columns: [
      { id: by, label: names.label, kind: 'dimension', unit: null, currency: null },
      ...(comparedWith ? withBefore(columns) : columns),
    ],
    rows: [...shown.map((key) => [memberOf(key), ...cells(key)]), ...(hasOthers ? [[OTHERS, ...othersCells()]] : [])],
    omitted: rest.length,
    ...(comparedWith && { comparedWith }),
    asOf,
  });
}

/** The figures of one period by the value they are of. */
function inTime(
  { metrics, question: { measures: wanted }, value }: Inquiry,
  found: readonly { key: string | null; measures: Measures }[],
  transform: FigureTransform,
) {
  const byKey = new Map(found.map(({ key, measures }) => [key, measures]));
  const figures = (measures: Measures) => metrics.map((metric) => value(metric, measures));
  const measuresOf = (key: string | null) => byKey.get(key) ?? noMeasures;
  const totals = transform.kind === 'share' ? figures(addMeasures([...byKey.values()], wanted)) : null;
  const row = (measures: Measures): (string | null)[] =>
    figures(measures).map((one, index) => (totals ? shareOf(one, totals[index] ?? null) : one));
  return {
    keys: [...byKey.keys()],
    measuresOf,
    of: (key: string | null) => row(measuresOf(key)),
    /** `asked`: what the engine says of them together; null: it need not be asked */
    together: (keys: readonly (string | null)[], asked: readonly MeasureRow[] | null | undefined) =>
      row(asked ? (asked[0]?.measures ?? noMeasures) : addMeasures(keys.map(measuresOf), wanted)),
  };
}
