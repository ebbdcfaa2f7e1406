import type { ChartConfiguration } from 'chart.js';
import type { ChartModel } from './chart-types.ts';
import type { DrawingContext } from './drawing-context.ts';
import { hatched } from './palette.ts';
import { seriesLook } from './series-look.ts';

/** Shares of a whole; names and figures stand in the legend beside it. */
export function pie(model: ChartModel, { palette, write, onPoint }: DrawingContext): ChartConfiguration<'pie'> {
  const [series] = model.series;
  const colors = model.points.map((_point, index) => {
    const { color, isHatched } = seriesLook(index);
    const solid = palette.series[color]?.solid ?? 'gray';
    return isHatched ? hatched(solid, palette.surface) : solid;
  });
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
      ...(model.type === 'doughnut' && { cutout: '58%' }),
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
