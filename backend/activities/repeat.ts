import { DateTime } from 'luxon';
import { addDays, daysBetween } from '../calendar/index.ts';
import type { TaskRepeat } from '../contracts/tasks.ts';

/** A rule with the day from which it counts: the day the first occurrence was due. */
export interface AnchoredRepeat extends TaskRepeat {
  /** YYYY-MM-DD */
  anchor: string;
}

const utc = (day: string): DateTime => DateTime.fromISO(day, { zone: 'utc' });
/** Monday = 1. */
const weekdayOf = (day: string): number => utc(day).weekday;
const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));

function nextInWeeks({ interval, weekdays, anchor }: AnchoredRepeat, after: string): string {
  const wanted = weekdays ?? [weekdayOf(anchor)];
  const start = mondayOf(anchor);
  let day = addDays(after < anchor ? addDays(anchor, -1) : after, 1);
  for (;;) {
    const weeks = Math.floor(daysBetween(start, mondayOf(day)) / 7);
    if (weeks % interval === 0 && wanted.includes(weekdayOf(day))) return day;
    day = addDays(day, 1);
  }
}

/** Always counted from the anchor, so that the 31st comes back after a February. */
function nextInMonths(anchor: string, months: number, after: string): string {
  const start = utc(anchor);
  const passed = (utc(after).year - start.year) * 12 + utc(after).month - start.month;
  for (let step = Math.max(0, Math.floor(passed / months)); ; step++) {
    const day = start.plus({ months: step * months }).toISODate();
    if (day === null) throw new RangeError(`no day ${step * months} months after ${anchor}`);
    if (day > after) return day;
  }
}

/** The first day of the rule after `after`, whether or not the rule has ended by then. */
function nextOf(rule: AnchoredRepeat, after: string): string {
  const { every, interval, anchor } = rule;
  switch (every) {
    case 'day': {
      const steps = Math.floor(daysBetween(anchor, after) / interval) + 1;
      return addDays(anchor, Math.max(0, steps) * interval);
    }
    case 'week':
      return nextInWeeks(rule, after);
    case 'month':
      return nextInMonths(anchor, interval, after);
    case 'year':
      return nextInMonths(anchor, interval * 12, after);
    default:
      return every satisfies never;
  }
}

/** The next day after `after` on which it is due; null when the rule ends before. */
export function nextDueDay(rule: AnchoredRepeat, after: string): string | null {
  const day = nextOf(rule, after);
  return rule.until !== undefined && day > rule.until ? null : day;
}

/** Is there another one after the occurrence of this number (1 is the first)? */
export const hasAnother = ({ times }: TaskRepeat, occurrence: number): boolean =>
  times === undefined || occurrence < times;
