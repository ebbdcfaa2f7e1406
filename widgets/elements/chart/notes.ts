import type { AnalyticsColumn, AnalyticsTable } from '../../../backend/contracts/analytics.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import type { DayRange } from '../../base/range.ts';
import { metricOf } from './chart-model.ts';
import type { ChartModel, ChartQuestion } from './chart-types.ts';

/** What a measure is called in the reader's language, with what was done to its figures. */
export function measureLabel(
  element: SalesPulseElement,
  column: Pick<AnalyticsColumn, 'id' | 'label' | 'isBefore'>,
  { transform, window }: Pick<ChartQuestion, 'transform' | 'window'>,
): string {
  const { label, isBefore } = column;
  const metric = element.t(`metric.${metricOf(column)}`);
  const name = isBefore ? element.t('before', { metric }) : metric;
  // A name that no language has: the server's, which says already what was done.
  if (name.startsWith('metric.')) return label;
  return transform === 'none' ? name : element.t(`transform.${transform}`, { metric: name, window });
}

const splitName = (element: SalesPulseElement, by: string, columns: readonly AnalyticsColumn[]): string => {
  const text = element.t(`by.${by}`);
  if (!text.startsWith('by.')) return text;
  return columns.find(({ kind }) => kind === 'dimension')?.label ?? by.split('.').at(-1)?.replaceAll('_', ' ') ?? by;
};

/** What the points are: periods, or values of the dimension. */
export const headOf = (element: SalesPulseElement, { by, isOverTime, grain }: ChartQuestion, table: AnalyticsTable) =>
  by && !isOverTime ? splitName(element, by, table.columns) : element.t(`by.${grain}`);

/** A title made of what is asked. */
export function madeTitle(element: SalesPulseElement, question: ChartQuestion, table: AnalyticsTable): string {
  const { by, isOverTime, metrics } = question;
  const measures = table.columns.filter(({ kind, isBefore }) => kind === 'measure' && !isBefore);
  const [metric = ''] = metrics;
  const names = isOverTime
    ? [measureLabel(element, { id: metric, label: metric }, question)]
    : measures.map((column) => measureLabel(element, column, question));
  const head = headOf(element, question, table);
  const split = by && isOverTime ? [splitName(element, by, table.columns), head].join(element.t('and')) : head;
  return element.t('title', { metrics: names.join(element.t('and')), by: split });
}

const daysText = ({ format }: SalesPulseElement, { from, to }: DayRange) => `${format.day(from)} – ${format.day(to)}`;

/** What a reader of the figures must know: periods that still run, what is left out, what was drawn otherwise. */
export function notes(
  element: SalesPulseElement,
  { question, table }: { question: ChartQuestion; table: AnalyticsTable },
  model: ChartModel,
): string {
  const partial = model.points.filter(({ isPartial }) => isPartial).map(({ label }) => label);
  const caveats = table.columns.flatMap(({ caveat, ...column }) =>
    caveat ? [`${column.member ? column.label : measureLabel(element, column, question)}: ${caveat}`] : [],
  );
  const shown = question.isOverTime ? model.series.length : model.points.length;
  return [
    table.comparedWith && element.t('note.before', { days: daysText(element, table.comparedWith) }),
    partial.length > 0 && element.t('note.partial', { labels: partial.join(', ') }),
    model.isCut && element.t('note.cut', { count: shown }),
    ...model.replacements.map((reason) => element.t(reason)),
    // A split repeats its metric's caveat in each column.
    ...(question.isOverTime ? [...new Set(caveats.map((text) => text.slice(text.indexOf(': ') + 2)))] : caveats),
    element.t('asOf', { moment: element.format.moment(table.asOf) }),
  ]
    .filter(Boolean)
    .join(' ');
}
