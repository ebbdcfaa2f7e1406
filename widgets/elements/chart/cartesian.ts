import type { ChartConfiguration } from 'chart.js';
import type { ChartModel, ChartSeries } from './chart-types.ts';
import { barSet, isHorizontal, lineSet, type SetLook } from './data-sets.ts';
import type { DrawingContext } from './drawing-context.ts';
import { hatched } from './palette.ts';
import { seriesLook } from './series-look.ts';
import { shortened } from './shortened.ts';

type Cartesian = ChartConfiguration<'bar' | 'line'>;
type AxisOptions = NonNullable<NonNullable<Cartesian['options']>['scales']>[string];

/** How shares of a stack are written on their axis. */
const ratio = { unit: 'ratio', currency: null } as const;
const unitOf = ({ unit, currency, shares }: ChartSeries) => (shares ? 'share' : `${unit} ${currency}`);

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
        stacked: model.stacking !== 'none',
        ...(series?.shares && { max: 1 }),
        display: index < 2,
        border: { display: false },
        grid: { color: palette.grid, drawOnChartArea: index === 0 },
        ticks: {
          color: palette.muted,
          font: palette.font,
          maxTicksLimit: 6,
          callback: (value: string | number) =>
            series ? write(series.shares ? { ...series, ...ratio } : series, value, true) : '',
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
    // Lines of thousands of points are drawn fast on linear scales only; bars stand on categories.
    type: isLine ? 'linear' : 'category',
    axis: isHorizontal(model) ? 'y' : 'x',
    stacked: model.stacking !== 'none',
    ...(isLine
      ? { min: model.points.length > 1 ? 0 : -1, max: Math.max(1, model.points.length - 1) }
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
      // Names share the width with their bars; tooltip and table have them in full.
      ...(isHorizontal(model) && {
        callback(this: { chart: { width: number } }, index: number) {
          return shortened(label(index), this.chart.width * 0.4);
        },
      }),
    },
    ...(isLine && {
      afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
        axis.ticks = model.points.map((_point, value) => ({ value }));
      },
    }),
  } as AxisOptions;
}

/** A value, and beside it its share where that is what is drawn. */
function measureText(series: ChartSeries, at: number, { write }: DrawingContext): string {
  const text = write(series, series.values[at] ?? null);
  const share = series.shares?.[at] ?? null;
  return share === null ? text : `${text} (${write({ ...series, ...ratio }, share)})`;
}

/** Bars, lines and areas. */
export function cartesian(model: ChartModel, context: DrawingContext): Cartesian {
  const lies = isHorizontal(model);
  const units = [...new Set(model.series.map(unitOf))];
  const datasets = model.series.map((series, index) => {
    const { color: place, isHatched } = seriesLook(series.look);
    const color = context.palette.series[place] ?? { solid: 'gray', soft: 'silver' };
    const background = context.palette.surface;
    const look: SetLook = {
      color,
      // There are no more measures than colours, so bars of what was before are the only hatched ones beside them.
      surface: isHatched || (series.isBefore && model.type === 'bar') ? hatched(color.solid, background) : color.solid,
      background,
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
        tooltip: {
          // As the parts lie on each other.
          ...(model.stacking !== 'none' && { itemSort: (a, b) => b.datasetIndex - a.datasetIndex }),
          callbacks: {
            title: ([item]) => {
              const point = model.points[(lies ? item?.parsed.y : item?.parsed.x) ?? -1];
              return point ? [point.label, ...(point.isPartial ? [context.partialMark] : [])] : '';
            },
            label: ({ datasetIndex, parsed }) => {
              const series = model.series[datasetIndex];
              const at = (lies ? parsed.y : parsed.x) ?? -1;
              return series ? `${series.label}: ${measureText(series, at, context)}` : '';
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
