import type { ChartFigure } from '../../export-document.ts';
import type { Display } from '../display.ts';
import { bar } from './bar-marks.ts';
import { cartesian } from './cartesian.ts';
import { type Inks, seriesInk } from './inks.ts';
import { type Box, fitted, label, type Shape, widthOf } from './marks.ts';
import { pie, scatter } from './round.ts';

const ROW = 18;

/** Names of the series, in as many rows as they need. */
function legend(figure: ChartFigure, box: Box, inks: Inks): { shapes: Shape[]; height: number } {
  const { series, type } = figure;
  if (series.length < 2) return { shapes: [], height: 0 };
  let x = box.x;
  let y = box.y + 9;
  const shapes = series.flatMap(({ label: name, isBefore }, index) => {
    const text = fitted(name, box.width - 20);
    const width = widthOf(text) + 34;
    if (x + width > box.x + box.width && x > box.x) {
      x = box.x;
      y += ROW;
    }
    const left = x;
    const ink = seriesInk(inks, figure, index);
    // As the marks are: hatched bars, lines without points.
    const isThin = isBefore && type !== 'bar';
    const swatch = { x: left, y: isThin ? y - 1 : y - 5, width: 10, height: isThin ? 2 : 10 };
    x += width;
    return [
      ...bar(swatch, ink, inks, { isBefore: isBefore && !isThin, isPartial: false }),
      label(text, [left + 15, y + 4], { fill: inks.text }),
    ];
  });
  return { shapes, height: y - box.y + ROW };
}

/** A chart within a box: the same marks for SVG, PDF and PNG. */
export function drawChart(figure: ChartFigure, box: Box, { inks, display }: { inks: Inks; display: Display }): Shape[] {
  switch (figure.type) {
    case 'pie':
    case 'doughnut':
      return pie({ figure, box, inks, display });
    case 'scatter':
      return scatter({ figure, box, inks, display });
    case 'bar':
    case 'line':
    case 'area': {
      const { shapes, height } = legend(figure, box, inks);
      const rest = { ...box, y: box.y + height, height: box.height - height };
      return [...shapes, ...cartesian({ figure, box: rest, inks, display })];
    }
    default:
      return figure.type satisfies never;
  }
}
