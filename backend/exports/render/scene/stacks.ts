import type { ChartFigure, FigureColumn } from '../../export-document.ts';

/** Where a mark of a series begins and ends. */
export interface Span {
  base: number;
  top: number;
}

/** Series as they are drawn: on each other, as shares of all, or from zero; null is a gap. */
export function spansOf({ series, stacking, points }: ChartFigure): (Span | null)[][] {
  if (stacking === 'none')
    return series.map(({ values }) => values.map((v) => (v === null ? null : { base: 0, top: v })));
  const up = points.map(() => 0);
  const down = points.map(() => 0);
  const sums = points.map((_p, at) => series.reduce((sum, { values }) => sum + Math.abs(values[at] ?? 0), 0));
  return series.map(({ values }) =>
    values.map((value, at) => {
      if (value === null) return null;
      const size = stacking === 'percent' ? (sums[at] ? value / (sums[at] ?? 1) : 0) : value;
      const side = size < 0 ? down : up;
      const base = side[at] ?? 0;
      side[at] = base + size;
      return { base, top: base + size };
    }),
  );
}

/** The column that an axis is written as: shares where series are shares. */
export const axisColumn = ({ stacking }: ChartFigure, column: FigureColumn): FigureColumn =>
  stacking === 'percent' ? { ...column, unit: 'ratio', currency: null } : column;
