import { type Inks, softened } from './inks.ts';
import { type Box, lines, rect, type Shape } from './marks.ts';

/** How far stripes stand apart, across the page, and how wide they are: as the chart element draws them. */
const APART = 8;
const STRIPE = 2;
/** How much of its colour a period that isn't full keeps. */
const PALE = 0.22;

type Line = [from: readonly [x: number, y: number], to: readonly [x: number, y: number]];

/** Stripes from the lower left to the upper right, on one grid for all bars of a picture. */
function stripes({ x, y, width, height }: Box): Line[] {
  const [right, bottom] = [x + width, y + height];
  const found: Line[] = [];
  // Along each stripe x + y is the same.
  for (let sum = Math.ceil((x + y) / APART) * APART; sum < right + bottom; sum += APART) {
    const left = Math.max(x, sum - bottom);
    const end = Math.min(right, sum - y);
    if (end > left) {
      found.push([
        [left, sum - left],
        [end, sum - end],
      ]);
    }
  }
  return found;
}

/** What a bar stands for beside its value. */
export interface BarKind {
  isBefore: boolean;
  isPartial: boolean;
}

/** A bar as the chart on screen marks it: hatched for what was before, pale within an outline for no full period. */
export function bar(place: Box, color: string, { surface }: Pick<Inks, 'surface'>, kind: BarKind): Shape[] {
  if (kind.isPartial) {
    // The outline lies within the bar, so that it is no larger than others.
    const inner = Math.min(1, place.width / 2, place.height / 2);
    const inset = {
      x: place.x + inner,
      y: place.y + inner,
      width: place.width - 2 * inner,
      height: place.height - 2 * inner,
    };
    return [rect(inset, { fill: softened(color, surface, PALE), stroke: color, width: 2 * inner })];
  }
  const surfaceOf = rect(place, { fill: color });
  const hatching = kind.isBefore ? stripes(place) : [];
  return hatching.length > 0 ? [surfaceOf, lines(hatching, { stroke: surface, width: STRIPE })] : [surfaceOf];
}
