import type { Split } from '../contracts/analytics.ts';
import { readCustomDimension } from './custom-dimension.ts';
import type { AnalyticsEngine, MeasureRow, Question } from './engine.ts';
import { togetherCaveat } from './measure-sums.ts';
import type { Metric } from './metric.ts';

/** Values of a field are no filter of their own: a record that the viewer may not open has them for the filter's sake only. */
const isAskable = (by: Split): boolean => readCustomDimension(by) === null;

/**
 * The cells of a split's values taken together, asked for as one: of medians and different customers nothing follows from
 * what each value has. Null: it is enough to add up, or can't be asked.
 */
export async function askTogether(
  engine: AnalyticsEngine,
  question: Question & { by: Split },
  metrics: readonly Metric[],
  values: readonly (string | null)[],
): Promise<MeasureRow[] | null> {
  const { by, filters } = question;
  if (!isAskable(by) || metrics.every((metric) => togetherCaveat(metric) === null)) return null;
  return engine.table({ ...question, by: null, filters: { ...filters, [by]: values } });
}

/** What to keep in mind about a metric of "others"; null when nothing. */
export const othersCaveat = (metric: Metric, by: Split): string | null =>
  isAskable(by) ? null : togetherCaveat(metric);
