import type { ChartSeries } from './chart-types.ts';
import type { Palette } from './palette.ts';

/** What a drawing needs beside the model. */
export interface DrawingContext {
  palette: Palette;
  /** A measure's text, short on axes. */
  write: (series: ChartSeries, value: number | string | null, compact?: boolean) => string;
  partialMark: string;
  /** A point was clicked, at a place within the canvas. */
  onPoint: (point: number, series: number, place: { x: number; y: number }) => void;
}
