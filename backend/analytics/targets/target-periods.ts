import { addDays } from '../../calendar/index.ts';
import type { TargetGrain } from '../../contracts/targets.ts';
import { add } from '../decimal.ts';
import { bucketEnd, bucketOf, type Period } from '../periods.ts';

/** `count` periods of a grain that follow each other, from the one that holds `day`. */
export function periodsFrom(grain: TargetGrain, day: string, count: number): Period[] {
  const periods: Period[] = [];
  for (let from = bucketOf(day, grain); periods.length < count; ) {
    const to = bucketEnd(from, grain);
    periods.push({ from, to });
    from = addDays(to, 1);
  }
  return periods;
}

const isMonthEnd = (day: string): boolean => bucketEnd(bucketOf(day, 'month'), 'month') === day;

/**
 * The whole calendar months that a selection stands for, as targets go by them; null where it stands for none.
 *
 * Whole months are themselves. A selection that begins a month and ends today is a running one: the month,
 * quarter or year that begins with it and holds today, the smallest that does, else the run of months up to
 * the end of this one.
 */
export function wholePeriod({ from, to }: Period, today: string): Period | null {
  if (bucketOf(from, 'month') !== from || from > to) return null;
  if (isMonthEnd(to)) return { from, to };
  if (to !== today) return null;
  for (const grain of ['month', 'quarter', 'year'] as const) {
    if (bucketOf(from, grain) === from && bucketOf(to, grain) === from) return { from, to: bucketEnd(from, grain) };
  }
  return { from, to: bucketEnd(bucketOf(to, 'month'), 'month') };
}

/** A target as far as adding up goes. */
export interface PeriodTarget {
  grain: TargetGrain;
  from: string;
  value: string;
}

/**
 * The targets that make up a run of whole months, added up: years where there are some, else quarters, else months.
 * Null where a part of it has none.
 */
export function sumOfTargets(targets: readonly PeriodTarget[], { from, to }: Period): string | null {
  let sum = '0';
  for (let day = from; day <= to; ) {
    const next = (['year', 'quarter', 'month'] as const)
      .flatMap((grain) => targets.filter((target) => target.grain === grain && target.from === day))
      .find(({ grain }) => bucketEnd(day, grain) <= to);
    if (!next) return null;
    sum = add(sum, next.value);
    day = addDays(bucketEnd(day, next.grain), 1);
  }
  return sum;
}

const monthName = (day: string): string =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

/** The period as a sentence names it: `July 2026`, `Q3 2026`, `2026`, `May 2026 to June 2026`. */
export function periodName({ from, to }: Period): string {
  const isWhole = (grain: TargetGrain) => bucketOf(from, grain) === from && bucketEnd(from, grain) === to;
  if (isWhole('year')) return from.slice(0, 4);
  if (isWhole('quarter')) return `Q${Math.ceil(Number(from.slice(5, 7)) / 3)} ${from.slice(0, 4)}`;
  return isWhole('month') ? monthName(from) : `${monthName(from)} to ${monthName(to)}`;
}
