const WIDTH = 100;
const HEIGHT = 24;
/** Keeps the stroke inside the picture. */
const MARGIN = 2;

/**
 * The path of a line through values side by side, in a box of 100 by 24; null stands for a gap. Null where fewer than
 * three values are known: two make no course.
 */
export function trendPath(values: readonly (number | null)[]): string | null {
  const known = values.filter((value) => value !== null);
  if (known.length < 3) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const yOf = (value: number) =>
    high === low ? HEIGHT / 2 : HEIGHT - MARGIN - ((value - low) / (high - low)) * (HEIGHT - 2 * MARGIN);
  let isDrawing = false;
  let path = '';
  for (const [at, value] of values.entries()) {
    if (value !== null) {
      const x = (at / (values.length - 1)) * WIDTH;
      path += `${isDrawing ? 'L' : 'M'}${x.toFixed(1)} ${yOf(value).toFixed(1)}`;
    }
    isDrawing = value !== null;
  }
  return path;
}
