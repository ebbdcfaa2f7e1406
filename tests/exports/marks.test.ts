import { describe, expect, it } from 'vitest';
import type { ChartFigure } from '../../backend/exports/export-document.ts';
import { createDisplay } from '../../backend/exports/render/display.ts';
import { drawChart } from '../../backend/exports/render/scene/draw-chart.ts';
import { inksOf, softened } from '../../backend/exports/render/scene/inks.ts';

const inks = inksOf('light');
const [blue = ''] = inks.series;
const display = createDisplay({ locale: 'en', timeZone: 'UTC' });
const column = { label: 'Revenue', type: 'number', unit: 'money', currency: 'EUR', grain: null } as const;

const compared = (type: 'bar' | 'line', before: (number | null)[]): ChartFigure => ({
  ...{ type, stacking: 'none', grain: 'month' },
  points: ['2026-09-01', '2026-10-01', '2026-11-01'].map((label, at) => ({ label, isPartial: at === 2 })),
  series: [
    { label: 'Revenue', column, isBefore: false, values: [30, 40, 10] },
    { label: 'Revenue, before', column, isBefore: true, values: before },
  ],
});

const drawn = (type: 'bar' | 'line', before: (number | null)[] = [20, 25, 27]) =>
  drawChart(compared(type, before), { x: 0, y: 0, width: 600, height: 300 }, { inks, display }).flatMap((shape) =>
    shape.kind === 'path' ? [shape] : [],
  );

describe('a picture of what is compared', () => {
  it('marks as the screen does: hatched what was before, pale and outlined what is no full period', () => {
    const shapes = drawn('bar', [null, 25, 27]);
    const isOutlined = ({ fill, stroke }: (typeof shapes)[number]) => fill !== null && stroke === blue;
    const outlined = shapes.filter(isOutlined);
    // November, of both series
    expect(outlined.map(({ fill }) => fill)).toEqual(Array(2).fill(softened(blue, inks.surface, 0.22)));
    const hatched = shapes.filter(({ fill, stroke }) => fill === null && stroke === inks.surface);
    // October of what was before, and its name in the legend
    expect(hatched).toHaveLength(2);
    // All others, and what is beneath the hatching
    expect(shapes.filter(({ fill, stroke }) => fill === blue && stroke === null)).toHaveLength(5);
  });

  it('keeps the stripes of a bar within it', () => {
    const shapes = drawn('bar');
    const numbers = (d: string) => d.match(/[\d.]+/g)?.map(Number) ?? [];
    shapes.forEach(({ stroke, fill, d }, at) => {
      if (fill !== null || stroke !== inks.surface) return;
      const [left = 0, top = 0, right = 0, bottom = 0] = numbers(shapes[at - 1]?.d ?? '');
      const stripes = numbers(d);
      expect(stripes.length).toBeGreaterThan(3);
      stripes.forEach((place, index) => {
        const [low, high] = index % 2 === 0 ? [left, right] : [top, bottom];
        expect(place).toBeGreaterThanOrEqual(low - 0.02);
        expect(place).toBeLessThanOrEqual(high + 0.02);
      });
    });
  });

  it('leads a line by dashes of its own to a last period that is not full', () => {
    const dashes = drawn('line')
      .filter(({ fill, stroke }) => fill === null && stroke === blue)
      .map(({ dash }) => dash);
    expect(dashes).toEqual([[], [3, 5], [2, 3], [3, 5]]);
  });
});
