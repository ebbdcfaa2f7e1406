import type { ChartDataset } from 'chart.js';
import type { ChartModel, ChartSeries } from './chart-types.ts';
import type { SeriesColor } from './palette.ts';
import { seriesLook } from './series-look.ts';

/** Bars of a dimension lie down, so that their names can be read at any width. */
export const isHorizontal = ({ type, points }: ChartModel) => type === 'bar' && points.some(({ member }) => member);

const sizeAt = ({ values, shares }: ChartSeries, at: number) => {
  const value = shares ? (shares[at] ?? null) : (values[at] ?? null);
  return value === null ? Number.NaN : Number(value);
};

/** How a series is drawn, resolved for the theme that is on. */
export interface SetLook {
  color: SeriesColor;
  /** The surface in full: the colour, or its hatching. */
  surface: string | CanvasPattern;
  background: string;
  axisKey: 'xAxisID' | 'yAxisID';
  axisId: string;
  index: number;
}

/** A line, or an area: upon the one before it where they are stacked. */
export function lineSet(model: ChartModel, series: ChartSeries, look: SetLook): ChartDataset<'line'> {
  const { color, surface, background, axisId, index } = look;
  const partial = (at: number) => model.points[at]?.isPartial ?? false;
  const { dash, shape } = seriesLook(series.look);
  const last = series.values.length - 1;
  const isArea = model.type === 'area';
  const isStacked = isArea && model.stacking !== 'none';
  const isOpen = ({ p0, p1 }: { p0: { parsed: { x: number | null } }; p1: { parsed: { x: number | null } } }) =>
    (p1.parsed.x === last && partial(last)) || (p0.parsed.x === 0 && partial(0));
  return {
    type: 'line',
    label: series.label,
    data: series.values.map((_value, x) => ({ x, y: sizeAt(series, x) })),
    parsing: false,
    normalized: true,
    clip: 8,
    yAxisID: axisId,
    borderColor: isStacked ? background : color.solid,
    backgroundColor: isStacked ? surface : isArea ? color.soft : color.solid,
    fill: isArea && !series.isBefore ? (isStacked && index > 0 ? '-1' : 'origin') : false,
    borderWidth: isStacked || series.isBefore ? 1.5 : 2,
    borderDash: isStacked ? [] : series.isBefore ? [2, 3] : [...dash],
    pointStyle: shape,
    order: Number(series.isBefore),
    pointRadius: series.isBefore || series.values.length > 60 || isStacked ? 0 : 3,
    pointHitRadius: 12,
    pointBackgroundColor: ({ parsed }) => (parsed && partial(parsed.x ?? -1) ? 'transparent' : color.solid),
    pointBorderColor: color.solid,
    segment: {
      borderDash: (segment) => (isOpen(segment) && !isStacked ? [3, 5] : undefined),
      ...(isStacked && { backgroundColor: (segment) => (isOpen(segment) ? color.soft : undefined) }),
    },
  };
}

/** Bars, one a point. */
export function barSet(model: ChartModel, series: ChartSeries, look: SetLook): ChartDataset<'bar'> {
  const { color, surface, background, axisKey, axisId } = look;
  const lies = isHorizontal(model);
  const isPartial = ({ dataIndex }: { dataIndex: number }) => model.points[dataIndex]?.isPartial ?? false;
  const fill = (bar: { dataIndex: number }) => (isPartial(bar) ? color.soft : surface);
  const isStacked = model.stacking !== 'none';
  const border = (bar: { dataIndex: number }) => (isStacked && !isPartial(bar) ? background : color.solid);
  return {
    type: 'bar',
    label: series.label,
    // The types know only parsed values; with `parsing: false` these are what Chart.js reads.
    data: series.values.map((_value, index) => {
      const size = sizeAt(series, index);
      return lies ? { x: size, y: index } : { x: index, y: size };
    }) as unknown as number[],
    parsing: false,
    [axisKey]: axisId,
    backgroundColor: fill,
    hoverBackgroundColor: fill,
    borderColor: border,
    hoverBorderColor: border,
    // A hair of background keeps the parts of a stack apart.
    borderWidth: (bar) => (isPartial(bar) ? 2 : isStacked ? 1 : 0),
    borderSkipped: false,
    borderRadius: isStacked ? 0 : 3,
    maxBarThickness: 44,
  };
}
