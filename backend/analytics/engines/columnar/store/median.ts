/** Up to this range, values are counted, which is quicker than sorting them. */
const MOST_COUNTED = 65_536;

/**
 * The median of whole numbers as PostgreSQL's percentile_cont(0.5) writes it: the mean of the two middle values; null of
 * none.
 */
export function median(values: readonly number[]): string | null {
  if (values.length === 0) return null;
  const [low, high] = middleOf(values);
  return String(low + (high - low) / 2);
}

/** The two values in the middle, which are one where their number is odd. */
function middleOf(values: readonly number[]): [low: number, high: number] {
  const middle = (values.length - 1) / 2;
  const [lowPlace, highPlace] = [Math.floor(middle), Math.ceil(middle)];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (most - least >= MOST_COUNTED) {
    const sorted = Float64Array.from(values).sort();
    return [sorted[lowPlace] as number, sorted[highPlace] as number];
  }
  const counts = new Uint32Array(most - least + 1);
  for (const value of values) counts[value - least] = (counts[value - least] as number) + 1;
  let passed = 0;
  let low: number | null = null;
  for (let index = 0; index < counts.length; index++) {
    passed += counts[index] as number;
    if (low === null && passed > lowPlace) low = least + index;
    if (low !== null && passed > highPlace) return [low, least + index];
  }
  throw new Error('fewer values than were counted');
}
