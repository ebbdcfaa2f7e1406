import type { ChartConfiguration } from 'chart.js';
import type { ChartModel, ChartSeries } from './chart-types.ts';
import type { DrawingContext } from './drawing-context.ts';
import { pointNames } from './point-names.ts';

/** One metric against another, a point for each value of the dimension (or period). */
export function scatter(model: ChartModel, context: DrawingContext): ChartConfiguration<'scatter'> {
  const { palette, write, onPoint } = context;
  const [across, up] = model.series;
  const color = palette.series[0] ?? { solid: 'gray', soft: 'silver' };
  const at = (series: ChartSeries | undefined, index: number) => {
    const value = series?.values[index] ?? null;
    return value === null ? Number.NaN : Number(value);
  };
  const axis = (series: ChartSeries | undefined) => ({
    title: { display: true, text: series?.label ?? '', color: palette.muted, font: palette.font },
    border: { color: palette.grid },
    grid: { color: palette.grid },
    ticks: {
      color: palette.muted,
      font: palette.font,
      maxRotation: 0,
      maxTicksLimit: 6,
      callback: (value: string | number) => (series ? write(series, value, true) : ''),
    },
  });
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          data: model.points.map((_point, index) => ({ x: at(across, index), y: at(up, index) })),
          parsing: false,
          pointRadius: 6,
          pointHoverRadius: 8,
          pointHitRadius: 8,
          backgroundColor: color.soft,
          hoverBackgroundColor: color.solid,
          borderColor: color.solid,
          borderWidth: 2,
        },
      ],
    },
    plugins: [
      pointNames(
        model.points.map(({ label }) => label),
        palette,
      ),
    ],
    options: {
      scales: { x: axis(across), y: axis(up) },
      plugins: {
        tooltip: {
          displayColors: false,
          callbacks: {
            title: ([item]) => model.points[item?.dataIndex ?? -1]?.label ?? '',
            label: ({ dataIndex }) =>
              [across, up].flatMap((series) =>
                series ? `${series.label}: ${write(series, series.values[dataIndex] ?? null)}` : [],
              ),
          },
        },
      },
      onClick: ({ x, y }, [hit]) => {
        if (hit && x !== null && y !== null) onPoint(hit.index, 1, { x, y });
      },
    },
  };
}
