import type { Grain, Unit } from '../contracts/analytics.ts';

/** A column of figures: how a machine reads its cells and a person sees them. */
export interface FigureColumn {
  label: string;
  type: 'text' | 'day' | 'moment' | 'number';
  unit: Unit | null;
  currency: string | null;
  /** of a time column: how long its periods are */
  grain: Grain | null;
  /** where unit and currency differ from row to row: the columns that say them */
  unitAt?: number;
  currencyAt?: number;
  /** an id, or what another column says too: left out where people read */
  isForMachines?: boolean;
  /** how people read its cells, where those are words of the wire */
  words?: Readonly<Record<string, string>>;
}

/** The column as it is in a row: with the row's own unit and currency. */
export function columnIn(column: FigureColumn, row: readonly (string | null)[]): FigureColumn {
  const { unitAt, currencyAt } = column;
  if (unitAt === undefined && currencyAt === undefined) return column;
  return {
    ...column,
    unit: unitAt === undefined ? column.unit : ((row[unitAt] ?? null) as Unit | null),
    currency: currencyAt === undefined ? column.currency : (row[currencyAt] ?? null),
  };
}

/** Rows of decimal strings, ISO days and moments, and texts; null is no value. */
export interface FigureTable {
  columns: FigureColumn[];
  rows: (string | null)[][];
}

/** A key figure, beside the one it is compared with. */
export interface Tile {
  label: string;
  column: FigureColumn;
  value: string | null;
  previous: string | null;
  /** relative; of ratios the difference */
  change: number | null;
  target: string | null;
  isGood: boolean | null;
}

export interface ChartFigureSeries {
  label: string;
  column: FigureColumn;
  /** what the series before it was in the period compared with: hatched bars, dotted lines */
  isBefore: boolean;
  values: (number | null)[];
}

/** What a chart draws. */
export interface ChartFigure {
  type: 'bar' | 'line' | 'area' | 'pie' | 'doughnut' | 'scatter';
  stacking: 'none' | 'stacked' | 'percent';
  /** along time; else the members of a dimension */
  grain: Grain | null;
  points: { label: string; isPartial: boolean }[];
  series: ChartFigureSeries[];
}

/** One panel: its figures always as a table, and what stands in its place where there is a picture of them. */
export interface Section {
  title: string;
  /** of twelve columns */
  width: number;
  height: 'low' | 'medium' | 'tall';
  tiles: Tile[];
  chart: ChartFigure | null;
  table: FigureTable;
  notes: string[];
}

/** Everything that a file says, in plain data: made with the asker's rights, written by a renderer that knows none. */
export interface ExportDocument {
  title: string;
  /** of the file, without its ending */
  name: string;
  locale: string;
  timeZone: string;
  theme: 'light' | 'dark';
  /** period, comparison, filters, who and when, each with its label */
  about: { label: string; text: string }[];
  dataHash: string;
  sections: Section[];
}

/** A finished file. */
export interface ExportedFile {
  fileName: string;
  mediaType: string;
  dataHash: string;
  content: Buffer;
}
