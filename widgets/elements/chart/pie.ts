import type { ChartConfiguration } from 'chart.js';
import type { ChartModel } from './chart-types.ts';
import type { DrawingContext } from './drawing-context.ts';

/** Shares of a whole; names and figures stand in the legend beside it. */
export function pie(model: ChartModel, { palette, write, onPoint }: DrawingContext): ChartConfiguration<'pie'> {
  const [series] = model.series;
  const colors = model.points.map((_point, index) => palette.series[index % palette.series.length]?.solid ?? 'gray');
  const slices = series?.values.filter((value) => Number(value ?? 0) > 0).length ?? 0;
  return {
    type: 'pie',
    data: {
      labels: model.points.map(({ label }) => label),
      datasets: [
        {
          data: (series?.values ?? []).map((value) => Number(value ?? 0)),
          backgroundColor: colors,
          hoverBackgroundColor: colors,
          borderColor: palette.surface,
          hoverBorderColor: palette.text,
          // A whole pie has no neighbour to keep apart from: its border would be a seam.
          borderWidth: slices > 1 ? 2 : 0,
        },
      ],
    },
    options: {
      layout: { padding: 4 },
      plugins: {
        tooltip: {
          callbacks: {
            label: ({ dataIndex }) => (series ? write(series, series.values[dataIndex] ?? null) : ''),
          },
        },
      },
      onClick: ({ x, y }, [hit]) => {
        if (hit && x !== null && y !== null) onPoint(hit.index, 0, { x, y });
      },
    },
  };
}
