import type { Principal } from '../access/index.ts';
import type { AnalyticsTable, BreakdownQuery } from '../contracts/analytics.ts';
import { withHash } from './data-hash.ts';
import { checkTransform, readTransform, transformedColumn } from './figure-transform.ts';
import { type AnalyticsContext, inquire, measureColumns } from './inquiry.ts';
import { addMeasures, togetherCaveat } from './measure-sums.ts';
import type { Measures } from './measures.ts';
import { findSplitNames, inRank, OTHERS } from './split-values.ts';
import { shareOf } from './transforms.ts';

/**
 * Each metric split by a dimension, largest value of the first metric first, at most `limit` rows; `omitted` says
 * how many more values there are, which `others` adds up in a last row. Facts without a value are a row of their
 * own with id null.
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
  const found = await context.engine.table({ ...inquiry.question, period, grain: null });
  const { measures: wanted } = inquiry.question;
  const figures = (measures: Measures) => metrics.map((metric) => inquiry.value(metric, measures));
  const totals =
    transform.kind === 'share'
      ? figures(
          addMeasures(
            found.map(({ measures }) => measures),
            wanted,
          ),
        )
      : null;
  const shownAs = (measures: Measures) =>
    figures(measures).map((value, index) => (totals ? shareOf(value, totals[index] ?? null) : value));
  const [first] = metrics;
  const rows = inRank(
    found.map(({ key, measures }) => ({ key, measures, rank: first ? inquiry.value(first, measures) : null })),
  );
  const shown = rows.slice(0, limit);
  const rest = rows.slice(limit).map(({ measures }) => measures);
  const hasOthers = others && rest.length > 0;
  const memberOf = await names.of(shown.map(({ key }) => key));
  return withHash({
    columns: [
      { id: by, label: names.label, kind: 'dimension', unit: null, currency: null },
      ...measureColumns(inquiry).map((column, index) => {
        const metric = metrics[index];
        const together = hasOthers && metric ? togetherCaveat(metric) : null;
        const caveat = [column.caveat, together].filter(Boolean).join(' ') || null;
        return transformedColumn({ ...column, caveat }, transform);
      }),
    ],
    rows: [
      ...shown.map(({ key, measures }) => [memberOf(key), ...shownAs(measures)]),
      ...(hasOthers ? [[OTHERS, ...shownAs(addMeasures(rest, wanted))]] : []),
    ],
    omitted: rest.length,
    asOf,
  });
}
