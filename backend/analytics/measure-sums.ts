import { sum as sumOf } from './decimal.ts';
import { type MeasureId, type Measures, noMeasures } from './measures.ts';
import type { Metric } from './metric.ts';

/**
 * The measures of several cells as one. All are sums and add up, but for the median: it is known only where no
 * more than one of the cells has one, and null otherwise.
 */
export function addMeasures(cells: readonly Measures[], wanted: readonly MeasureId[]): Measures {
  const sum: Measures = { ...noMeasures };
  for (const id of wanted) {
    if (id === 'cycleDays') continue;
    sum[id] = sumOf(cells.map((cell) => cell[id]));
  }
  const medians = cells.map(({ cycleDays }) => cycleDays).filter((days) => days !== null);
  if (medians.length === 1) sum.cycleDays = medians[0] ?? null;
  return sum;
}

/** What to keep in mind about a metric of several values taken together; null when nothing. */
export const togetherCaveat = (metric: Metric): string | null =>
  metric.measures.includes('cycleDays')
    ? 'It rests on a median, which cannot be told for several values together from the medians of each.'
    : null;
