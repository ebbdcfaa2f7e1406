import type { AnalyticsCell, AnalyticsColumn, AnalyticsTable } from '../../../backend/contracts/analytics.ts';
import type { Format } from '../../base/format.ts';
import type { ChartModel, ChartPoint, ChartQuestion, ChartSeries, ChartType, Member } from './chart-types.ts';
import { sumDecimals } from './decimals.ts';
import { isPartial, periodEnd, periodLabel, periodsIn, spansYears } from './periods.ts';

/** Texts the model needs in the reader's language. */
export interface ModelTexts {
  format: Format;
  today: string;
  notSet: string;
  rest: string;
  measure: (column: AnalyticsColumn) => string;
}

const slices = 7;
const decimalOf = (cell: AnalyticsCell | undefined) => (typeof cell === 'string' ? cell : null);

const earlierOf = (...days: [string, string]) => days.sort()[0] ?? '';
const laterOf = (...days: [string, string]) => days.sort()[1] ?? '';

function memberOf(cell: AnalyticsCell | undefined, notSet: string): Member {
  if (cell && typeof cell === 'object') return { id: cell.id, name: cell.name || notSet, isRest: false };
  return { id: cell ?? null, name: cell || notSet, isRest: false };
}

/** Parts of a whole can be told from a pie only where they add up and none is below zero. */
const isPieable = ({ unit, values }: ChartSeries) =>
  (unit === 'money' || unit === 'count') && values.every((value) => value === null || Number(value) >= 0);

function replaced(type: ChartType, series: readonly ChartSeries[], omitted: number): ChartType {
  const [first] = series;
  if (type === 'pie' && first && (omitted > 0 || !isPieable(first))) return 'bar';
  if (type === 'scatter' && series.length < 2) return 'bar';
  return type;
}

interface Row {
  point: ChartPoint;
  cells: (string | null)[];
}

function periodRows(table: AnalyticsTable, { range, grain }: ChartQuestion, texts: ModelTexts): Row[] {
  const measures = table.columns.slice(1).map((_column, index) => index + 1);
  const known = new Map(table.rows.map((row) => [String(row[0]).slice(0, 10), row]));
  // A period the server left out is a gap in the picture, never a line straight across it.
  const days = [...new Set([...periodsIn(range, grain), ...known.keys()])].sort();
  return days.map((day) => ({
    point: {
      from: laterOf(day, range.from),
      to: earlierOf(periodEnd(day, grain), range.to),
      label: periodLabel(texts.format, day, grain),
      shortLabel: periodLabel(texts.format, day, grain, spansYears(range) ? 'short-year' : 'short'),
      member: null,
      isPartial: table.partial?.includes(day) ?? isPartial(day, grain, range, texts.today),
    },
    cells: measures.map((index) => decimalOf(known.get(day)?.[index])),
  }));
}

function memberRow(member: Member, cells: (string | null)[], { range }: ChartQuestion): Row {
  return { point: { ...range, label: member.name, shortLabel: member.name, member, isPartial: false }, cells };
}

function memberRows(table: AnalyticsTable, question: ChartQuestion, { notSet }: ModelTexts): Row[] {
  return table.rows.map(([head, ...cells]) => memberRow(memberOf(head, notSet), cells.map(decimalOf), question));
}

/** The largest slices and one for all the others, which only sums can be. */
function sliced(rows: Row[], question: ChartQuestion, rest: string): Row[] {
  const size = ({ cells }: Row) => Number(cells[0] ?? 0);
  const shown = rows.filter((row) => size(row) > 0).sort((a, b) => size(b) - size(a));
  if (shown.length <= slices + 1) return shown;
  const others = shown.slice(slices).flatMap(({ cells }) => cells[0] ?? []);
  return [
    ...shown.slice(0, slices),
    memberRow({ id: null, name: rest, isRest: true }, [sumDecimals(others)], question),
  ];
}

/** Turns the server's table into what chart, table and summary show alike. */
export function chartModel(table: AnalyticsTable, question: ChartQuestion, texts: ModelTexts): ChartModel {
  let rows = question.by ? memberRows(table, question, texts) : periodRows(table, question, texts);
  const columns = table.columns.filter(({ kind }) => kind === 'measure');
  const seriesOf = (list: Row[]): ChartSeries[] =>
    columns.map((column, index) => ({
      id: column.id,
      label: texts.measure(column),
      unit: column.unit,
      currency: column.currency,
      values: list.map(({ cells }) => cells[index] ?? null),
    }));
  const type = replaced(question.type, seriesOf(rows), table.omitted ?? 0);
  const isPie = type === 'pie';
  const isLimited = question.by !== null && !isPie && type !== 'scatter';
  const isCut = (table.omitted ?? 0) > 0 || (isLimited && rows.length > question.limit);
  if (isPie && question.by) rows = sliced(rows, question, texts.rest);
  else if (isLimited) rows = rows.slice(0, question.limit);
  const series = seriesOf(rows);
  return {
    type,
    isReplaced: type !== question.type,
    points: rows.map(({ point }) => point),
    series: isPie ? series.slice(0, 1) : type === 'scatter' ? series.slice(0, 2) : series,
    isCut,
  };
}

/** Is there anything to draw? */
export const hasValues = ({ rows }: AnalyticsTable) =>
  rows.some(([, ...cells]) => cells.some((cell) => typeof cell === 'string'));
