import type { Plugin } from 'chart.js';
import type { Palette } from './palette.ts';
import { shortened } from './shortened.ts';

type Box = readonly [left: number, top: number, right: number, bottom: number];

const meet = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Writes names beside the points of a cloud where there is room: over no other point and no other name. */
export const pointNames = (names: readonly string[], { text, font }: Palette): Plugin<'scatter'> => ({
  id: 'names',
  afterDatasetsDraw(chart) {
    const { ctx, chartArea } = chart;
    const points = chart.getDatasetMeta(0).data;
    const taken = points.map(({ x, y }): Box => [x - 7, y - 7, x + 7, y + 7]);
    ctx.save();
    ctx.fillStyle = text;
    ctx.font = `${font.size}px ${font.family}`;
    ctx.textBaseline = 'middle';
    for (const [index, { x, y }] of points.entries()) {
      const name = shortened(names[index] ?? '', 120);
      const { width } = ctx.measureText(name);
      const places = [
        [x + 10, y],
        [x - 10 - width, y],
        [x - width / 2, y - 15],
        [x - width / 2, y + 15],
      ] as const;
      for (const [left, middle] of places) {
        const box: Box = [left, middle - 7, left + width, middle + 7];
        const isInside =
          left >= chartArea.left && box[2] <= chart.width && box[1] >= chartArea.top && box[3] <= chartArea.bottom;
        if (!isInside || taken.some((other) => meet(box, other))) continue;
        ctx.fillText(name, left, middle);
        taken.push(box);
        break;
      }
    }
    ctx.restore();
  },
});
