/** The median as PostgreSQL's percentile_cont(0.5) writes it: the mean of the two middle values; null of none. */
export function median(values: readonly number[]): string | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)] as number, sorted[Math.ceil(middle)] as number];
  return String(low + (high - low) / 2);
}
