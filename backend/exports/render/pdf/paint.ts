import type { ChartFigure } from '../../export-document.ts';
import { drawChart } from '../scene/draw-chart.ts';
import type { Box, Shape } from '../scene/marks.ts';
import { BOLD, type Page, PLAIN } from './page.ts';

/** Pictures are made in CSS pixels. */
const SCALE = 0.75;

function paintShape({ doc, legible }: Page, shape: Shape): void {
  if (shape.kind === 'text') {
    const { x, y, text, size, fill, anchor, isBold } = shape;
    doc.font(isBold ? BOLD : PLAIN, size).fillColor(fill);
    const shown = legible(text);
    const width = doc.widthOfString(shown);
    const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
    doc.text(shown, left, y, { lineBreak: false, baseline: 'alphabetic' });
    return;
  }
  const { d, fill, stroke, width, dash } = shape;
  doc.path(d);
  if (stroke) doc.lineWidth(width).strokeColor(stroke);
  if (dash.length > 0) doc.dash(dash[0] ?? 1, { space: dash[1] ?? 1 });
  if (fill && stroke) doc.fillAndStroke(fill, stroke);
  else if (fill) doc.fill(fill);
  else doc.stroke();
  if (dash.length > 0) doc.undash();
}

/** The chart as vectors, told to screen readers as one figure; its figures follow as a table. */
export function paintChart(page: Page, chart: ChartFigure, box: Box, title: string): void {
  const { doc } = page;
  const { y } = doc;
  doc.addStructure(
    doc.struct('Figure', { alt: page.legible(title) }, () => {
      doc.save();
      doc.translate(box.x, box.y).scale(SCALE);
      const room = { x: 0, y: 0, width: box.width / SCALE, height: box.height / SCALE };
      for (const shape of drawChart(chart, room, page)) paintShape(page, shape);
      doc.restore();
    }),
  );
  doc.y = y;
}
