import { add, divide, isZero } from './decimal.ts';

/** Figures of a series in the order of time, as decimal strings; null where there is none. */
export type Figures = readonly (string | null)[];

/** Decimals of a share. */
export const SHARE_DIGITS = 6;

/** The sum of those that are there; null when none is. Exact. */
export function sumOf(values: Figures): string | null {
  return values.reduce<string | null>(
    (sum, value) => (value === null || sum === null ? (value ?? sum) : add(sum, value)),
    null,
  );
}

/** Each figure with all before it; where there is none there is no total either, and the next one goes on. Exact. */
export function runningTotal(values: Figures): (string | null)[] {
  let total: string | null = null;
  return values.map((value) => {
    if (value === null) return null;
    total = total === null ? value : add(total, value);
    return total;
  });
}

/** A figure as a share of a whole (1 = all of it), rounded to six decimals; null where the whole is nothing. */
export const shareOf = (value: string | null, whole: string | null): string | null =>
  value === null || whole === null || isZero(whole) ? null : divide(value, whole, SHARE_DIGITS);

/**
 * The plain mean of each figure and those before it, `window` in all, rounded to `digits` decimals; null until
 * there are so many, and where one of them is missing.
 */
export function movingAverage(values: Figures, window: number, digits: number): (string | null)[] {
  return values.map((_, index) => {
    const part = values.slice(Math.max(0, index - window + 1), index + 1);
    if (part.length < window || part.includes(null)) return null;
    const sum = sumOf(part);
    return sum === null ? null : divide(sum, String(window), digits);
  });
}
