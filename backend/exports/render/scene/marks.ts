import type { DrawnShape } from '../../../contracts/exports.ts';

export type Shape = DrawnShape;
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const at = (value: number): string => String(Math.round(value * 100) / 100);

interface Ink {
  fill?: string | null;
  stroke?: string | null;
  width?: number;
  dash?: number[];
}

export const path = (d: string, { fill = null, stroke = null, width = 1, dash = [] }: Ink): Shape => ({
  ...{ kind: 'path', d, fill, stroke, width, dash },
});

export const rect = ({ x, y, width, height }: Box, ink: Ink): Shape =>
  path(`M${at(x)} ${at(y)}H${at(x + width)}V${at(y + height)}H${at(x)}Z`, ink);

type Points = readonly (readonly [x: number, y: number])[];

const through = (points: Points): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join('');

export const line = (points: Points, ink: Ink): Shape => path(through(points), ink);

/** Many lines as one shape. */
export const lines = (all: readonly Points[], ink: Ink): Shape => path(all.map(through).join(''), ink);

export const area = (points: Points, ink: Ink): Shape => path(`${through(points)}Z`, ink);

export const dot = (x: number, y: number, radius: number, ink: Ink): Shape =>
  path(
    `M${at(x - radius)} ${at(y)}A${radius} ${radius} 0 1 1 ${at(x + radius)} ${at(y)}A${radius} ${radius} 0 1 1 ${at(x - radius)} ${at(y)}Z`,
    ink,
  );

/** A slice from one angle to another, clockwise from the top; `inner` above 0 leaves a hole. */
export function slice(
  [x, y]: readonly [number, number],
  [inner, outer]: readonly [number, number],
  [from, to]: readonly [number, number],
  ink: Ink,
): Shape {
  // A whole turn would begin where it ends, and nothing would be drawn.
  const end = Math.min(to, from + Math.PI * 1.9999);
  const place = (radius: number, angle: number) =>
    `${at(x + radius * Math.sin(angle))} ${at(y - radius * Math.cos(angle))}`;
  const isLarge = end - from > Math.PI ? 1 : 0;
  const back =
    inner > 0 ? `L${place(inner, end)}A${inner} ${inner} 0 ${isLarge} 0 ${place(inner, from)}` : `L${at(x)} ${at(y)}`;
  return path(`M${place(outer, from)}A${outer} ${outer} 0 ${isLarge} 1 ${place(outer, end)}${back}Z`, ink);
}

export const label = (
  text: string,
  [x, y]: readonly [number, number],
  look: { size?: number; fill: string; anchor?: 'start' | 'middle' | 'end'; isBold?: boolean },
): Shape => ({
  ...{ kind: 'text', x, y, text, size: look.size ?? 11, fill: look.fill },
  ...{ anchor: look.anchor ?? 'start', isBold: look.isBold ?? false },
});

const NARROW = /[iljtfr.,:;|! '()[\]-]/;
const WIDE = /[mwMW@%\u2e80-\uffff]/;

/** About how wide a text is: pictures are made without the font that will show them. */
export function widthOf(text: string, size = 11): number {
  let sum = 0;
  for (const letter of text) sum += NARROW.test(letter) ? 0.34 : WIDE.test(letter) ? 0.95 : 0.58;
  return sum * size;
}

/** The text as far as it fits, with an ellipsis where it doesn't. */
export function fitted(text: string, width: number, size = 11): string {
  if (widthOf(text, size) <= width) return text;
  let kept = [...text];
  while (kept.length > 1 && widthOf(`${kept.join('')}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}…`;
}
