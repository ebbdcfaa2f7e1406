import { addDays, daysBetween } from '../calendar/index.ts';
import type { Grain } from '../contracts/analytics.ts';
import { invalid } from '../http/index.ts';

/** Business days, both ends included. */
export interface Period {
  from: string;
  to: string;
}

const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2199-12-31';
const MAX_BUCKETS = 3700;

/** Refuses days that no business has, and series with more points than anyone can read. */
export function checkPeriod({ from, to }: Period, grain?: Grain): void {
  if (from < FIRST_DAY) throw invalid('/query/from', `must not be before ${FIRST_DAY}`);
  if (to > LAST_DAY) throw invalid('/query/to', `must not be after ${LAST_DAY}`);
  if (grain && countBuckets({ from, to }, grain) > MAX_BUCKETS) {
    throw invalid(
      '/query/grain',
      `gives more than ${MAX_BUCKETS} points for this period; choose a shorter period or a coarser grain`,
    );
  }
}

const GRAIN_DAYS: Record<Grain, number> = { day: 1, week: 7, month: 28, quarter: 90, year: 365 };
/** An upper bound that is exact for days. */
const countBuckets = ({ from, to }: Period, grain: Grain): number =>
  Math.ceil((daysBetween(from, to) + 1) / GRAIN_DAYS[grain]);

const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const firstOfMonth = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
const lastOfMonth = (month: number): string => addDays(firstOfMonth(month + 1), -1);

const GRAIN_MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The first day of the period of `grain` that holds `day`; weeks start on Monday (ISO 8601). */
export function bucketOf(day: string, grain: Grain): string {
  if (grain === 'day') return day;
  if (grain === 'week') return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
  const months = GRAIN_MONTHS[grain];
  return firstOfMonth(Math.floor(monthOf(day) / months) * months);
}

/** The last day of the bucket that starts on `bucket`. */
export function bucketEnd(bucket: string, grain: Grain): string {
  if (grain === 'day') return bucket;
  if (grain === 'week') return addDays(bucket, 6);
  return lastOfMonth(monthOf(bucket) + GRAIN_MONTHS[grain] - 1);
}

/** First days of all buckets that touch the period, in order. */
export function bucketsOf({ from, to }: Period, grain: Grain): string[] {
  const buckets: string[] = [];
  for (let bucket = bucketOf(from, grain); bucket <= to; bucket = addDays(bucketEnd(bucket, grain), 1)) {
    buckets.push(bucket);
  }
  return buckets;
}

/** The earlier of two days. */
export const earlier = (a: string, b: string): string => (a < b ? a : b);

/**
 * The period that `period` is compared with.
 *
 * Days after `today` never count: a running period is compared with as many days of the other one.
 * - `previous`: whole calendar months with as many whole months before; a running month, quarter or
 *   year with the same number of days of the one before; a run of months whose last one is running with as
 *   many months before, up to the same day; anything else with as many days just before.
 * - `year`: the same days of the year before (29 February becomes the 28th; whole months stay whole).
 */
export function comparedPeriod(period: Period, compare: 'previous' | 'year', today: string): Period {
  const { from } = period;
  const end = from <= today ? earlier(period.to, today) : period.to;
  const isMonthStart = from.endsWith('-01');
  const firstMonth = monthOf(from);
  const isWholeMonths = isMonthStart && end === period.to && end === lastOfMonth(monthOf(end));
  if (isWholeMonths) {
    const months = compare === 'year' ? 12 : monthOf(end) - firstMonth + 1;
    return { from: firstOfMonth(firstMonth - months), to: lastOfMonth(monthOf(end) - months) };
  }
  if (compare === 'year') return { from: monthsBefore(from, 12), to: monthsBefore(end, 12) };
  const unit = isMonthStart ? runningUnit(period) : null;
  if (unit !== null) {
    const start = firstOfMonth(firstMonth - GRAIN_MONTHS[unit]);
    return { from: start, to: earlier(addDays(start, daysBetween(from, end)), addDays(from, -1)) };
  }
  const months = monthOf(end) - firstMonth + 1;
  if (isMonthStart && months > 1) return { from: monthsBefore(from, months), to: monthsBefore(end, months) };
  return { from: addDays(from, -daysBetween(from, end) - 1), to: addDays(from, -1) };
}

/** The smallest calendar unit that starts with the period and holds all of it. */
function runningUnit({ from, to }: Period): 'month' | 'quarter' | 'year' | null {
  for (const unit of ['month', 'quarter', 'year'] as const) {
    if (bucketOf(from, unit) === from && bucketOf(to, unit) === from) return unit;
  }
  return null;
}

/** The same day of an earlier month, or that month's last day where it is shorter. */
function monthsBefore(day: string, months: number): string {
  const month = monthOf(day) - months;
  return earlier(`${firstOfMonth(month).slice(0, 8)}${day.slice(8)}`, lastOfMonth(month));
}

/** Is the bucket cut by the period, or still running? On its last day it runs. */
export function isPartial(bucket: string, grain: Grain, { from, to }: Period, today: string): boolean {
  const end = bucketEnd(bucket, grain);
  return bucket < from || end > to || (bucket <= today && end >= today);
}
