import { answerBreakdown, answerSeries, metricOf } from '../../analytics/index.ts';
import { type AnalyticsTable, breakdownQuery, seriesQuery } from '../../contracts/analytics.ts';
import type { ChartSpec } from '../../contracts/chart-spec.ts';
import type { ChartFigure, FigureColumn, FigureTable, Section } from '../export-document.ts';
import { capitalised, cellText, measureName, splitName } from './names.ts';
import { grainFor } from './range.ts';
import { asked, commonOf, type Reading, type ReadSection } from './reading.ts';

/** A pie with more slices than this can't be read. */
const MOST_SLICES = 7;

/** Slices and clouds have no room for what was before, and neither have the lines of a split. */
const isCompared = ({ type, by, isOverTime }: ChartSpec): boolean =>
  (type === 'bar' || type === 'line' || type === 'area' || type === 'table') && !(by !== null && isOverTime);

/** Among other panels more measures than these, each with what was before, would be hard to tell apart. */
const MOST_COMPARED_AMONG_PANELS = 2;

/** Is a chart of a dashboard that is compared shown beside what was before? As on screen. */
export const isComparedAmongPanels = (chart: ChartSpec): boolean =>
  isCompared(chart) && chart.metrics.length <= MOST_COMPARED_AMONG_PANELS;

const isPie = ({ type }: ChartSpec): boolean => type === 'pie' || type === 'doughnut';

/** Asks what the chart element asks for the same chart, so that the figures and their hash are the same. */
function answer(reading: Reading, chart: ChartSpec): Promise<AnalyticsTable> {
  const { context, principal, days, selection } = reading;
  const { metrics, limit, withOthers, transform, window, type, stacking } = chart;
  const by = chart.by ?? (type === 'scatter' ? 'owner' : null);
  const isMoved = transform === 'movingAverage';
  const common = {
    ...commonOf(reading),
    metrics,
    ...(transform === 'none' ? {} : { transform }),
    ...(isMoved ? { window: String(window) } : {}),
    ...(selection.compare !== 'none' && isCompared(chart) ? { compare: selection.compare } : {}),
  };
  const grain = chart.grain ?? grainFor(days);
  if (by === null) return answerSeries(context, principal, asked(seriesQuery, { ...common, grain }));
  const others = withOthers || isPie(chart) || stacking === 'percent' ? { others: 'true' } : {};
  if (chart.isOverTime)
    return answerSeries(context, principal, asked(seriesQuery, { ...common, grain, by, limit, ...others }));
  const wide = { ...common, by, ...(type === 'scatter' ? { limit: 200 } : others) };
  const most = isPie(chart) ? Math.min(limit, MOST_SLICES) : limit;
  return answerBreakdown(context, principal, asked(breakdownQuery, { limit: most, ...wide }));
}

/** The answer as rows of plain cells, in the reader's words. */
function figureTable({ columns, rows }: AnalyticsTable, chart: ChartSpec, { days, texts }: Reading): FigureTable {
  const grain = chart.grain ?? grainFor(days);
  return {
    columns: columns.map((column): FigureColumn => {
      const { id, kind, unit, currency } = column;
      const split = kind === 'time' ? grain : id;
      const label =
        kind === 'measure' ? measureName(column, chart, texts) : capitalised(splitName(split, column.label, texts));
      if (kind === 'time') return { label, type: 'day', unit: null, currency: null, grain };
      return { label, type: kind === 'measure' ? 'number' : 'text', unit, currency, grain: null };
    }),
    rows: rows.map((row) => row.map((cell) => cellText(cell, texts))),
  };
}

/** What is drawn of it; null where only a table shows it. */
function figureOf(table: FigureTable, chart: ChartSpec, { columns, partial = [] }: AnalyticsTable): ChartFigure | null {
  const [head, ...measures] = table.columns;
  if (chart.type === 'table' || !head || measures.length === 0) return null;
  const numbers = measures.map((column, index) => ({
    label: column.label,
    column,
    isBefore: columns[index + 1]?.isBefore ?? false,
    values: table.rows.map((row) => (row[index + 1] == null ? null : Number(row[index + 1]))),
  }));
  const [first] = numbers;
  const isSliceable = numbers.length === 1 && first?.values.every((value) => value === null || value >= 0);
  const additive = first?.column.unit === 'money' || first?.column.unit === 'count';
  // As on screen: what is no part of a whole is no slice, and one metric is no cloud.
  const isReplaced = (isPie(chart) && !(isSliceable && additive)) || (chart.type === 'scatter' && numbers.length < 2);
  return {
    type: isReplaced ? 'bar' : chart.type,
    stacking: chart.stacking,
    grain: head.grain,
    points: table.rows.map(([label]) => ({ label: label ?? '', isPartial: partial.includes(label ?? '') })),
    series: numbers,
  };
}

/** A title such as "Revenue by region", and of a split over time "Revenue by region and month". */
function titleOf({ columns: [head, ...all] }: AnalyticsTable, chart: ChartSpec, { texts, days }: Reading): string {
  const { by, isOverTime, metrics } = chart;
  const isSplit = by !== null && isOverTime;
  const [metric = 'revenue'] = metrics;
  const measures = isSplit
    ? [{ id: metric, label: metricOf(metric).name }]
    : all.filter(({ kind, isBefore }) => kind === 'measure' && !isBefore);
  const names = measures.map((column) => measureName(column, chart, texts)).join(', ');
  const split = head?.kind === 'time' ? (chart.grain ?? grainFor(days)) : (head?.id ?? '');
  const last = splitName(split, head?.label ?? '', texts);
  if (!isSplit) return `${names} ${texts.by} ${last}`;
  const own = by.split('.').at(-1)?.replaceAll('_', ' ') ?? by;
  return `${names} ${texts.by} ${splitName(by, own, texts)} ${texts.and} ${last}`;
}

/** Periods that can't be held against whole ones, by their names: a table marks none. */
function partialNote({ partial = [] }: AnalyticsTable, chart: ChartSpec, { texts, days, display }: Reading): string[] {
  const grain = chart.grain ?? grainFor(days);
  return partial.length > 0 ? [texts.partial(partial.map((day) => display.period(day, grain)).join(', '))] : [];
}

/** The figures of a chart. */
export async function readChart(
  reading: Reading,
  chart: ChartSpec,
  given: { title: string | null; width?: number; height?: Section['height'] },
): Promise<ReadSection> {
  const found = await answer(reading, chart);
  const table = figureTable(found, chart, reading);
  const { texts } = reading;
  const figure = figureOf(table, chart, found);
  const notes = found.columns.flatMap(({ caveat }, at) => (caveat ? [`${table.columns[at]?.label}: ${caveat}`] : []));
  notes.push(...partialNote(found, chart, reading));
  const hasOthers = chart.withOthers || isPie(chart) || chart.stacking === 'percent';
  if (found.omitted && !hasOthers) notes.push(texts.cut(found.omitted));
  return {
    dataHash: found.dataHash,
    comparedWith: found.comparedWith ?? null,
    section: {
      title: given.title ?? titleOf(found, chart, reading),
      width: given.width ?? 12,
      height: given.height ?? 'tall',
      tiles: [],
      chart: figure,
      table,
      notes: [...new Set(notes)],
    },
  };
}
