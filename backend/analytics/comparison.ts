import type { AnalyticsColumn, Comparison } from '../contracts/analytics.ts';
import type { Inquiry } from './inquiry.ts';
import { comparedPeriod, type Period } from './periods.ts';

/** The period that a question is compared with; null: with none. */
export const periodBefore = (
  { period, today }: Pick<Inquiry, 'period' | 'today'>,
  compare: Comparison | undefined,
): Period | null => (compare ? comparedPeriod(period, compare, today) : null);

/** Each measure, and after it the column of what it was before. */
export const withBefore = (columns: readonly AnalyticsColumn[]): AnalyticsColumn[] =>
  columns.flatMap((column) => [
    column,
    { ...column, id: `${column.id}.before`, label: `${column.label}, before`, caveat: null, isBefore: true as const },
  ]);

/** The figures of a row, each followed by its counterpart. */
export const paired = <Figure>(now: readonly Figure[], before: readonly Figure[]): (Figure | null)[] =>
  now.flatMap((figure, index) => [figure, before[index] ?? null]);
