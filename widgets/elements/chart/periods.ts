import type { Grain } from '../../../backend/contracts/analytics.ts';
import type { Format } from '../../base/format.ts';
import { addDays, type DayRange } from '../../base/range.ts';

const dayMs = 86_400_000;
const lengthOf = ({ from, to }: DayRange) => (Date.parse(to) - Date.parse(from)) / dayMs + 1;

/** The grain that shows a range in a readable number of points. */
export function grainFor(range: DayRange): Grain {
  const days = lengthOf(range);
  if (days <= 45) return 'day';
  if (days <= 190) return 'week';
  if (days <= 1100) return 'month';
  return days <= 3700 ? 'quarter' : 'year';
}

const monthsOf: Partial<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };

/** First day of the period after the one that starts on `day`. */
export function nextPeriod(day: string, grain: Grain): string {
  const months = monthsOf[grain];
  if (months === undefined) return addDays(day, grain === 'week' ? 7 : 1);
  const [year = 1970, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** Last day of the period that starts on `day`. */
export const periodEnd = (day: string, grain: Grain) => addDays(nextPeriod(day, grain), -1);

/** First day of the period that `day` is in; weeks start on Monday. */
export function periodStart(day: string, grain: Grain): string {
  const [year = 1970, month = 1] = day.split('-').map(Number);
  const pad = (value: number) => String(value).padStart(2, '0');
  switch (grain) {
    case 'day':
      return day;
    case 'week':
      return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'quarter':
      return `${day.slice(0, 4)}-${pad(month - ((month - 1) % 3))}-01`;
    case 'year':
      return `${year}-01-01`.padStart(10, '0');
    default:
      return grain satisfies never;
  }
}

/** First days of all periods that touch the range. */
export function periodsIn(range: DayRange, grain: Grain): string[] {
  const starts: string[] = [];
  for (let day = periodStart(range.from, grain); day <= range.to; day = nextPeriod(day, grain)) starts.push(day);
  return starts;
}

/** Is part of the period outside the range, or not over yet? */
export function isPartial(day: string, grain: Grain, range: DayRange, today: string): boolean {
  const end = periodEnd(day, grain);
  return day < range.from || end > range.to || end >= today;
}

/** Does a day need its year to be told from another on the same axis? */
export const spansYears = (range: DayRange) => lengthOf(range) > 300;

/** A period's name for an axis (short; with the year where it would be missed) or a table (full). */
export function periodLabel(
  format: Format,
  day: string,
  grain: Grain,
  style: 'short' | 'short-year' | 'full' = 'full',
): string {
  switch (grain) {
    case 'day':
    case 'week':
      if (style === 'full') return format.day(day);
      return format.day(day, { day: 'numeric', month: 'short', ...(style === 'short' ? {} : { year: '2-digit' }) });
    case 'month':
      return format.day(day, { month: 'short', year: style === 'full' ? 'numeric' : '2-digit' });
    case 'quarter':
      return `Q${Math.ceil(Number(day.slice(5, 7)) / 3)} ${format.day(day, { year: 'numeric' })}`;
    case 'year':
      return format.day(day, { year: 'numeric' });
    default:
      return grain satisfies never;
  }
}
