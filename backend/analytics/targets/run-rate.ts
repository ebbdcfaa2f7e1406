import { daysBetween } from '../../calendar/index.ts';
import { compare, divide, multiply } from '../decimal.ts';
import type { Period } from '../periods.ts';

export interface Progress {
  /** of the period up to today; decimal */
  attained: string;
  /** of the period up to yesterday; decimal */
  untilYesterday: string;
}

/**
 * What the period ends at when its other days go as those until yesterday did: today is still under way. Never
 * less than what is there already. Of a past period it is what was attained; before the second day there is
 * nothing to go by, which gives null.
 *
 * @param digits decimals of the answer
 */
export function runRate(
  period: Period,
  today: string,
  { attained, untilYesterday }: Progress,
  digits: number,
): string | null {
  if (period.to < today) return attained;
  const elapsedDays = daysBetween(period.from, today);
  if (elapsedDays < 1) return null;
  const wholeDays = daysBetween(period.from, period.to) + 1;
  const rate = divide(multiply(untilYesterday, String(wholeDays)), String(elapsedDays), digits);
  return rate === null || compare(rate, attained) < 0 ? attained : rate;
}
