import { addDays, daysBetween } from '../../calendar/index.ts';
import type { Grain } from '../../contracts/analytics.ts';
import { invalid } from '../../http/index.ts';

export interface Days {
  from: string;
  to: string;
}

const firstOfMonth = (day: string, back: number): string => {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - back;
  return new Date(Date.UTC(Math.floor(months / 12), months % 12, 1)).toISOString().slice(0, 10);
};
const intoQuarter = (day: string): number => (Number(day.slice(5, 7)) - 1) % 3;
const intoYear = (day: string): number => Number(day.slice(5, 7)) - 1;

/** Where presets start, and how many days before `today` they end where they end before it. */
const presets: Readonly<Record<string, (today: string) => Days>> = {
  'this-month': (to) => ({ from: firstOfMonth(to, 0), to }),
  'last-month': (today) => whole(today, 1, 0),
  'last-30-days': (to) => ({ from: addDays(to, -29), to }),
  'last-90-days': (to) => ({ from: addDays(to, -89), to }),
  'this-quarter': (to) => ({ from: firstOfMonth(to, intoQuarter(to)), to }),
  'last-quarter': (today) => whole(today, intoQuarter(today) + 3, intoQuarter(today)),
  'this-year': (to) => ({ from: firstOfMonth(to, intoYear(to)), to }),
  'last-year': (today) => whole(today, intoYear(today) + 12, intoYear(today)),
  'last-12-months': (to) => ({ from: firstOfMonth(to, 11), to }),
  'last-3-years': (to) => ({ from: firstOfMonth(to, 35), to }),
};

/** Whole months: from the first of the month `from` months ago to the day before that of `until` months ago. */
const whole = (today: string, from: number, until: number): Days => ({
  from: firstOfMonth(today, from),
  to: addDays(firstOfMonth(today, until), -1),
});

const isRealDay = (day: string): boolean => {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};

/** The days a range means. @throws ProblemError for days that don't exist or stand the wrong way round */
export function daysOf(range: string, today: string): Days {
  const preset = presets[range];
  if (preset) return preset(today);
  const [from = '', to = ''] = range.split('/');
  if (!isRealDay(from) || !isRealDay(to)) throw invalid('/of/selection/range', 'has a day that is in no calendar');
  if (from > to) throw invalid('/of/selection/range', 'must not end before it begins');
  return { from, to };
}

/** The grain that shows a range in a readable number of points: the one that elements choose too. */
export function grainFor({ from, to }: Days): Grain {
  const days = daysBetween(from, to) + 1;
  if (days <= 45) return 'day';
  if (days <= 190) return 'week';
  if (days <= 1100) return 'month';
  return days <= 3700 ? 'quarter' : 'year';
}
