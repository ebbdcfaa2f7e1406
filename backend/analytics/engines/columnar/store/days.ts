import type { Grain } from '../../../../contracts/analytics.ts';
import type { DayNumber } from './contract.ts';

const DAY_MS = 86_400_000;
const GRAIN_MONTHS = { month: 1, quarter: 3, year: 12 } as const;

export const dayNumber = (day: string): DayNumber => Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
export const dayText = (day: DayNumber): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Not through Date.UTC, which takes the years below 100 for others. */
function firstOf(year: number, month: number): DayNumber {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return Math.floor(date.getTime() / DAY_MS);
}

/** The first day of the period of `grain` that holds `day`, and the first day after it; weeks start on Monday. */
export function bucketAround(day: DayNumber, grain: Grain): { start: DayNumber; end: DayNumber } {
  if (grain === 'day') return { start: day, end: day + 1 };
  if (grain === 'week') {
    // 1970-01-01 was a Thursday.
    const start = day - ((((day + 3) % 7) + 7) % 7);
    return { start, end: start + 7 };
  }
  const months = GRAIN_MONTHS[grain];
  const date = new Date(day * DAY_MS);
  const month = Math.floor(date.getUTCMonth() / months) * months;
  return { start: firstOf(date.getUTCFullYear(), month), end: firstOf(date.getUTCFullYear(), month + months) };
}

/** A stretch of days that makes one cell of time. */
export interface Bucket {
  /** first day of the bucket as it is written; null without a grain */
  text: string | null;
  from: DayNumber;
  /** the first day after it */
  until: DayNumber;
}

/** Days of a bucket that follow each other, or a single one that is among the days looked for. */
export interface Stretch {
  from: DayNumber;
  until: DayNumber;
  isThinned: boolean;
}

/** A bucket, with each of some days (ascending) on its own. */
export function stretchesOf({ from, until }: Bucket, days: readonly DayNumber[]): Stretch[] {
  const stretches: Stretch[] = [];
  let next = from;
  for (const day of days) {
    if (day < from) continue;
    if (day >= until) break;
    if (next < day) stretches.push({ from: next, until: day, isThinned: false });
    stretches.push({ from: day, until: day + 1, isThinned: true });
    next = day + 1;
  }
  if (next < until) stretches.push({ from: next, until, isThinned: false });
  return stretches;
}

/** The buckets that touch the days from `from` to before `until`, in order, cut to these days. */
export function bucketsBetween(from: DayNumber, until: DayNumber, grain: Grain | null): Bucket[] {
  if (from >= until) return [];
  if (grain === null) return [{ text: null, from, until }];
  const buckets: Bucket[] = [];
  for (let day = from; day < until; ) {
    const { start, end } = bucketAround(day, grain);
    buckets.push({ text: dayText(start), from: day, until: Math.min(end, until) });
    day = end;
  }
  return buckets;
}
