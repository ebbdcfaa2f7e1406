import type { AnalyticsCell, AnalyticsColumn, AnalyticsTable, Grain } from '../../../backend/contracts/analytics.ts';
import type { Format } from '../../base/format.ts';
import type { DayRange } from '../../base/range.ts';
import type { ChartModel, ChartPoint, ChartQuestion, ChartSeries, Member } from './chart-types.ts';
import { isPartial, periodEnd, periodLabel, periodsIn, spansYears } from './periods.ts';
import { shares } from './shares.ts';
import { fittingStacking, fittingType, isComparable, isRound } from './what-fits.ts';

/** Texts the model needs in the reader's language. */
export interface ModelTexts {
  format: Format;
  today: string;
  notSet: string;
  rest: string;
  measure: (column: AnalyticsColumn) => string;
}

/** The metric that a column is of. */
export const metricOf = ({ id }: Pick<AnalyticsColumn, 'id'>): string => id.split('.')[0] ?? id;

const decimalOf = (cell: AnalyticsCell | undefined) => (typeof cell === 'string' ? cell : null);

const earlierOf = (...days: [string, string]) => days.sort()[0] ?? '';
const laterOf = (...days: [string, string]) => days.sort()[1] ?? '';

function memberOf(cell: AnalyticsCell | undefined, { notSet, rest }: ModelTexts): Member {
  if (!cell || typeof cell === 'string') return { id: cell || null, name: cell || notSet, isRest: false };
  const isRest = cell.isOthers === true;
  return { id: cell.id, name: isRest ? rest : (cell.id && cell.name) || notSet, isRest };
}

interface Row {
  point: ChartPoint;
  cells: (string | null)[];
}

/** The days of a period that lie within the range. */
const daysIn = (day: string, grain: Grain, { from, to }: DayRange): DayRange => ({
  from: laterOf(day, from),
  to: earlierOf(periodEnd(day, grain), to),
});

function periodRows(table: AnalyticsTable, { range, grain }: ChartQuestion, texts: ModelTexts): Row[] {
  const measures = table.columns.slice(1).map((_column, index) => index + 1);
  const known = new Map(table.rows.map((row) => [String(row[0]).slice(0, 10), row]));
  // A period the server left out is a gap in the picture, never a line straight across it.
  const days = [...new Set([...periodsIn(range, grain), ...known.keys()])].sort();
  const { comparedWith } = table;
  const before = comparedWith && periodsIn(comparedWith, grain).map((day) => daysIn(day, grain, comparedWith));
  return days.map((day, index) => ({
    point: {
      ...daysIn(day, grain, range),
      before: before?.[index] ?? null,
      label: periodLabel(texts.format, day, grain),
      shortLabel: periodLabel(texts.format, day, grain, spansYears(range) ? 'short-year' : 'short'),
      member: null,
      isPartial: table.partial?.includes(day) ?? isPartial(day, grain, range, texts.today),
    },
    cells: measures.map((index) => decimalOf(known.get(day)?.[index])),
  }));
}

const memberRows = (table: AnalyticsTable, { range }: ChartQuestion, texts: ModelTexts): Row[] =>
  table.rows.map(([head, ...cells]) => {
    const member = memberOf(head, texts);
    const before = table.comparedWith ?? null;
    const point = { ...range, label: member.name, shortLabel: member.name, member, isPartial: false, before };
    return { point, cells: cells.map(decimalOf) };
  });

function seriesOf(rows: Row[], table: AnalyticsTable, question: ChartQuestion, texts: ModelTexts): ChartSeries[] {
  const columns = table.columns.filter(({ kind }) => kind === 'measure');
  return columns.map((column, index) => {
    const member = column.member ? memberOf(column.member, texts) : null;
    return {
      id: column.id,
      metric: member ? (question.metrics[0] ?? column.id) : metricOf(column),
      member,
      isBefore: column.isBefore ?? false,
      look: columns.slice(0, index).filter(({ isBefore }) => !isBefore).length - (column.isBefore ? 1 : 0),
      label: member ? member.name : texts.measure(column),
      unit: column.unit,
      currency: column.currency,
      values: rows.map(({ cells }) => cells[index] ?? null),
      shares: null,
    };
  });
}

function withShares(series: ChartSeries[], count: number): ChartSeries[] {
  const parts = Array.from({ length: count }, (_none, at) => shares(series.map(({ values }) => values[at] ?? null)));
  return series.map((one, index) => ({ ...one, shares: parts.map((part) => part[index] ?? null) }));
}

/** Turns the server's table into what chart, table and summary show alike. */
export function chartModel(table: AnalyticsTable, question: ChartQuestion, texts: ModelTexts): ChartModel {
  const isCompared = question.by !== null && !question.isOverTime;
  const rows = isCompared ? memberRows(table, question, texts) : periodRows(table, question, texts);
  const found = seriesOf(rows, table, question, texts);
  const hasRest = rows.some(({ point }) => point.member?.isRest) || found.some(({ member }) => member?.isRest);
  const isCut = (table.omitted ?? 0) > 0 && !hasRest;
  const { type, reason } = fittingType(question, found, !isCut);
  const { stacking, reason: why } = fittingStacking(question, type, found);
  const isPie = isRound({ type });
  // Slices of nothing can't be seen; the others go last, however large.
  const shown = isPie ? rows.filter(({ cells }) => Number(cells[0] ?? 0) > 0) : rows;
  const series = isPie ? seriesOf(shown, table, question, texts).slice(0, 1) : found;
  return {
    type,
    stacking,
    replacements: [
      reason,
      why,
      ...(question.compare !== 'none' && !isComparable(question) ? ['note.compare' as const] : []),
    ].filter((one) => one !== undefined),
    points: shown.map(({ point }) => point),
    series:
      type === 'scatter' ? series.slice(0, 2) : stacking === 'percent' ? withShares(series, shown.length) : series,
    isCut,
  };
}

/** Is there anything to draw? Nothing but zeros is no picture, unless they are shares of something. */
export const hasValues = ({ columns, rows }: AnalyticsTable) =>
  rows.some((row) =>
    row.some((cell, at) => at > 0 && typeof cell === 'string' && (columns[at]?.unit === 'ratio' || Number(cell) !== 0)),
  );
