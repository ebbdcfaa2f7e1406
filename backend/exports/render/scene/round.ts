import type { ChartFigure } from '../../export-document.ts';
import type { Display } from '../display.ts';
import { type Inks, inkAt } from './inks.ts';
import { type Box, dot, fitted, label, line, rect, type Shape, slice } from './marks.ts';
import { scaleOf } from './scale.ts';

interface Plot {
  figure: ChartFigure;
  box: Box;
  inks: Inks;
  display: Display;
}

/** A pie or doughnut with what each slice is, how much, and which share. */
export function pie({ figure, box, inks, display }: Plot): Shape[] {
  const [series] = figure.series;
  if (!series) return [];
  const sizes = figure.points.map((point, at) => ({ name: point.label, value: series.values[at] ?? 0 }));
  const sum = sizes.reduce((total, { value }) => total + value, 0) || 1;
  const radius = Math.max(20, Math.min(box.height / 2 - 4, box.width * 0.24));
  const center = [box.x + radius + 8, box.y + box.height / 2] as const;
  const left = center[0] + radius + 24;
  const row = Math.min(18, box.height / Math.max(1, sizes.length));
  const first = box.y + (box.height - row * sizes.length) / 2 + row / 2;
  const share = { ...series.column, unit: 'ratio', currency: null } as const;
  const isNarrow = box.width < 400;
  let angle = 0;
  return sizes.flatMap(({ name, value }, index): Shape[] => {
    const from = angle;
    angle += (value / sum) * 2 * Math.PI;
    const y = first + index * row;
    const part = display.short(share, value / sum);
    // Where there is little room, the share says it.
    const figures = isNarrow ? part : `${display.short(series.column, value)}  ${part}`;
    const right = box.x + box.width;
    return [
      ...(value > 0
        ? [
            slice(center, [figure.type === 'doughnut' ? radius * 0.58 : 0, radius], [from, angle], {
              ...{ fill: inkAt(inks, index), stroke: inks.surface, width: 1.5 },
            }),
          ]
        : []),
      rect({ x: left, y: y - 5, width: 10, height: 10 }, { fill: inkAt(inks, index) }),
      label(fitted(name, right - left - (isNarrow ? 56 : 130)), [left + 16, y + 4], { fill: inks.text }),
      label(figures, [right, y + 4], { fill: inks.muted, anchor: 'end' }),
    ];
  });
}

/** The first metric against the second, a dot each. */
export function scatter({ figure, box, inks, display }: Plot): Shape[] {
  const [across, up] = figure.series;
  if (!across || !up) return [];
  const dots = figure.points.flatMap((point, at) => {
    const x = across.values[at] ?? null;
    const y = up.values[at] ?? null;
    return x === null || y === null ? [] : [{ name: point.label, x, y }];
  });
  const xs = scaleOf(dots.map(({ x }) => x));
  const ys = scaleOf(dots.map(({ y }) => y));
  const inner: Box = { x: box.x + 64, y: box.y + 22, width: box.width - 90, height: box.height - 62 };
  const placeX = (value: number) => inner.x + xs.share(value) * inner.width;
  const placeY = (value: number) => inner.y + (1 - ys.share(value)) * inner.height;
  const bottom = inner.y + inner.height;
  return [
    ...ys.ticks.flatMap((tick) => [
      line(
        [
          [inner.x, placeY(tick)],
          [inner.x + inner.width, placeY(tick)],
        ],
        { stroke: inks.grid },
      ),
      label(display.short(up.column, tick), [inner.x - 6, placeY(tick) + 4], { fill: inks.muted, anchor: 'end' }),
    ]),
    ...xs.ticks.map((tick) =>
      label(display.short(across.column, tick), [placeX(tick), bottom + 15], { fill: inks.muted, anchor: 'middle' }),
    ),
    label(up.label, [box.x, box.y + 10], { fill: inks.text }),
    label(across.label, [inner.x + inner.width, bottom + 32], { fill: inks.text, anchor: 'end' }),
    ...dots.map(({ x, y }) => dot(placeX(x), placeY(y), 4, { fill: inkAt(inks, 0), stroke: inks.surface })),
    ...(dots.length <= 12
      ? dots.map(({ name, x, y }) =>
          label(fitted(name, 110, 9), [placeX(x), placeY(y) - 7], { size: 9, fill: inks.muted, anchor: 'middle' }),
        )
      : []),
  ];
}
