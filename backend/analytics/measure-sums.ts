import { sum as sumOf } from './decimal.ts';
import { type MeasureId, type Measures, noMeasures, wholeMeasures } from './measures.ts';
import type { Metric } from './metric.ts';

/**
 * The measures of several cells as one. Sums add up; of what is no sum all that is known is that of a single cell which
 * has any, and null where several have.
 */
export function addMeasures(cells: readonly Measures[], wanted: readonly MeasureId[]): Measures {
  const together: Measures = { ...noMeasures };
  for (const id of wanted) {
    if (isWhole(id)) {
      const told = cells.map((cell) => cell[id]).filter((value) => value !== noMeasures[id]);
      if (told.length > 0) together[id] = told.length === 1 ? (told[0] ?? null) : null;
    } else {
      together[id] = sumOf(cells.map((cell) => cell[id]));
    }
  }
  return together;
}

const isWhole = (id: MeasureId): id is (typeof wholeMeasures)[number] =>
  (wholeMeasures as readonly MeasureId[]).includes(id);

const whyNotTogether: Record<(typeof wholeMeasures)[number], string> = {
  cycleDays: 'It rests on a median, which cannot be told for several values together from the medians of each.',
  activeCustomers:
    'It counts different customers, which cannot be told for several values together: one customer may be in more than one of them.',
};

/** What to keep in mind about a metric of several values taken together; null when nothing. */
export function togetherCaveat(metric: Metric): string | null {
  const id = wholeMeasures.find((measure) => metric.measures.includes(measure));
  return id ? whyNotTogether[id] : null;
}
