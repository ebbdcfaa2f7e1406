import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartOptions,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PieController,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import { cartesian } from './cartesian.ts';
import type { ChartModel } from './chart-types.ts';
import type { DrawingContext } from './drawing-context.ts';
import { pie } from './pie.ts';
import { scatter } from './scatter.ts';
import { isRound } from './what-fits.ts';

Chart.register(
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PieController,
  PointElement,
  ScatterController,
  Tooltip,
);

export type { Chart } from 'chart.js';

function common({ palette }: DrawingContext): ChartOptions {
  return {
    animation: false,
    maintainAspectRatio: false,
    color: palette.muted,
    plugins: {
      tooltip: {
        backgroundColor: palette.tooltip,
        borderColor: palette.grid,
        borderWidth: 1,
        titleColor: palette.text,
        bodyColor: palette.text,
        titleFont: palette.font,
        bodyFont: palette.font,
        padding: 10,
        cornerRadius: 6,
        boxPadding: 4,
      },
    },
    onHover: (event, active) => {
      const canvas = event.native?.target;
      if (canvas instanceof HTMLCanvasElement) canvas.style.cursor = active.length ? 'pointer' : '';
    },
  };
}

/** Draws the model; the caller destroys the chart it gets. */
export function draw(canvas: HTMLCanvasElement, model: ChartModel, context: DrawingContext): Chart {
  const build = isRound(model) ? pie : model.type === 'scatter' ? scatter : cartesian;
  const { options, ...config } = build(model, context);
  const base = common(context);
  const whole = {
    ...config,
    options: { ...base, ...options, plugins: mergePlugins(base.plugins, options?.plugins) },
  } as ChartConfiguration;
  return new Chart(canvas, whole);
}

function mergePlugins(base: ChartOptions['plugins'], own: ChartOptions['plugins']): ChartOptions['plugins'] {
  return { ...base, ...own, tooltip: { ...base?.tooltip, ...own?.tooltip } } as ChartOptions['plugins'];
}
