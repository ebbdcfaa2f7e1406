import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { ChartModel, ChartSeries } from './chart-types.ts';
import type { DrawingContext } from './drawing-context.ts';
import type { Palette } from './palette.ts';

type Cartesian = ChartConfiguration<'bar' | 'line'>;
type AxisOptions = NonNullable<NonNullable<Cartesian['options']>['scales']>[string];

const dashes = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
const shapes = ['circle', 'rect', 'triangle', 'rectRot'] as const;
const unitOf = ({ unit, currency }: ChartSeries) => `${unit} ${currency}`;

/** Bars of a dimension lie down, so that their names can be read at any width. */
export const isHorizontal = ({ type, points }: ChartModel) => type === 'bar' && points.some(({ member }) => member);

/** One axis a unit: the first on the near side, the second opposite, any other without labels. */
function valueAxes(model: ChartModel, { palette, write }: DrawingContext): Record<string, AxisOptions> {
  const units = [...new Set(model.series.map(unitOf))];
  return Object.fromEntries(
    units.map((unit, index) => {
      const series = model.series.find((candidate) => unitOf(candidate) === unit);
      const axis = {
        type: 'linear',
        axis: isHorizontal(model) ? 'x' : 'y',
        // A ratio's ups and downs would drown in an axis from zero; sums must not look larger than they are.
        beginAtZero: model.type !== 'line' || series?.unit !== 'ratio',
        display: index < 2,
        border: { display: false },
        grid: { color: palette.grid, drawOnChartArea: index === 0 },
        ticks: {
          color: palette.muted,
          font: palette.font,
          maxTicksLimit: 6,
          callback: (value: string | number) => (series ? write(series, value, true) : ''),
        },
      };
      const position = isHorizontal(model) ? (index ? 'top' : 'bottom') : index ? 'right' : 'left';
      return [`value${index}`, { ...axis, position } as AxisOptions];
    }),
  );
}

function pointAxis(model: ChartModel, { palette }: DrawingContext): AxisOptions {
  const isLine = model.type !== 'bar';
  const label = (index: number) => model.points[index]?.shortLabel ?? '';
  return {
    // Decimation works on linear scales only; bars stand on categories.
    type: isLine ? 'linear' : 'category',
    axis: isHorizontal(model) ? 'y' : 'x',
    ...(isLine
      ? { min: 0, max: Math.max(1, model.points.length - 1) }
      : { labels: model.points.map((_p, i) => label(i)) }),
    border: { color: palette.grid },
    grid: { display: false },
    ticks: {
      color: palette.muted,
      font: palette.font,
      maxRotation: 0,
      autoSkipPadding: 12,
      autoSkip: !isHorizontal(model),
      ...(isLine ? { precision: 0, callback: (value: string | number) => label(Number(value)) } : {}),
    },
    ...(isLine && {
      afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
        axis.ticks = model.points.map((_point, value) => ({ value }));
      },
    }),
  } as AxisOptions;
}

interface SeriesLook {
  color: Palette['series'][number];
  axisKey: 'xAxisID' | 'yAxisID';
  axisId: string;
  index: number;
}

function lineSet(model: ChartModel, series: ChartSeries, { color, axisId, index }: SeriesLook): ChartDataset<'line'> {
  const partial = (at: number) => model.points[at]?.isPartial ?? false;
  const dash = dashes[index % dashes.length] ?? [];
  const last = series.values.length - 1;
  return {
    type: 'line',
    label: series.label,
    data: series.values.map((value, x) => ({ x, y: value === null ? Number.NaN : Number(value) })),
    parsing: false,
    normalized: true,
    clip: 8,
    yAxisID: axisId,
    borderColor: color.solid,
    backgroundColor: model.type === 'area' ? color.soft : color.solid,
    fill: model.type === 'area' ? 'origin' : false,
    borderWidth: 2,
    borderDash: dash,
    pointStyle: shapes[index % shapes.length] ?? 'circle',
    pointRadius: series.values.length > 60 ? 0 : 3,
    pointHitRadius: 12,
    pointBackgroundColor: ({ parsed }) => (parsed && partial(parsed.x ?? -1) ? 'transparent' : color.solid),
    pointBorderColor: color.solid,
    segment: {
      borderDash: ({ p0, p1 }) => {
        const isOpen = (p1.parsed.x === last && partial(last)) || (p0.parsed.x === 0 && partial(0));
        return isOpen ? [3, 5] : undefined;
      },
    },
  };
}

function barSet(model: ChartModel, series: ChartSeries, { color, axisKey, axisId }: SeriesLook): ChartDataset<'bar'> {
  const lies = isHorizontal(model);
  const fill = ({ dataIndex }: { dataIndex: number }) =>
    model.points[dataIndex]?.isPartial ? color.soft : color.solid;
  return {
    type: 'bar',
    label: series.label,
    // The types know only parsed values; with `parsing: false` these are what Chart.js reads.
    data: series.values.map((value, index) => {
      const size = value === null ? Number.NaN : Number(value);
      return lies ? { x: size, y: index } : { x: index, y: size };
    }) as unknown as number[],
    parsing: false,
    [axisKey]: axisId,
    backgroundColor: fill,
    hoverBackgroundColor: fill,
    borderColor: color.solid,
    hoverBorderColor: color.solid,
    borderWidth: ({ dataIndex }) => (model.points[dataIndex]?.isPartial ? 2 : 0),
    borderSkipped: false,
    borderRadius: 3,
    maxBarThickness: 44,
  };
}

/** Bars, lines and areas. */
export function cartesian(model: ChartModel, context: DrawingContext): Cartesian {
  const lies = isHorizontal(model);
  const units = [...new Set(model.series.map(unitOf))];
  const hasGaps = model.series.some(({ values }) => values.includes(null));
  const datasets = model.series.map((series, index) => {
    const look: SeriesLook = {
      color: context.palette.series[index % context.palette.series.length] ?? { solid: 'gray', soft: 'silver' },
      axisKey: lies ? 'xAxisID' : 'yAxisID',
      axisId: `value${units.indexOf(unitOf(series))}`,
      index,
    };
    return model.type === 'bar' ? barSet(model, series, look) : lineSet(model, series, look);
  });
  return {
    type: model.type === 'bar' ? 'bar' : 'line',
    data: { datasets: datasets as Cartesian['data']['datasets'] },
    options: {
      indexAxis: lies ? 'y' : 'x',
      interaction: { mode: 'index', axis: lies ? 'y' : 'x', intersect: false },
      scales: { [lies ? 'y' : 'x']: pointAxis(model, context), ...valueAxes(model, context) },
      plugins: {
        // It can't step over gaps, and gaps must stay visible.
        decimation: { enabled: model.type !== 'bar' && !hasGaps, algorithm: 'min-max' },
        tooltip: {
          callbacks: {
            title: ([item]) => {
              const point = model.points[(lies ? item?.parsed.y : item?.parsed.x) ?? -1];
              return point ? [point.label, ...(point.isPartial ? [context.partialMark] : [])] : '';
            },
            label: ({ datasetIndex, parsed }) => {
              const series = model.series[datasetIndex];
              const at = (lies ? parsed.y : parsed.x) ?? -1;
              return series ? `${series.label}: ${context.write(series, series.values[at] ?? null)}` : '';
            },
          },
        },
      },
      onClick: ({ x, y, native }, _active, chart) => {
        if (x === null || y === null || !native) return;
        const nearest = chart.getElementsAtEventForMode(
          native,
          'nearest',
          { axis: lies ? 'y' : 'x', intersect: false },
          false,
        );
        const [hit] = nearest;
        if (!hit) return;
        const parsed = (hit.element as unknown as { $context?: { parsed: { x: number; y: number } } }).$context?.parsed;
        const at = model.type === 'bar' ? hit.index : (parsed?.x ?? hit.index);
        context.onPoint(at, hit.datasetIndex, { x, y });
      },
    },
  };
}
