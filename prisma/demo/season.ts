import { dayOfMonth, monthOf, monthStart, type Span, weekday } from './calendar.ts';

const YEARLY_GROWTH = 0.16;
const BY_MONTH = [0.88, 0.93, 1.08, 0.98, 1.0, 1.1, 0.9, 0.8, 1.07, 1.1, 1.14, 1.02];
const BY_WEEKDAY = [0.98, 1.12, 1.16, 1.12, 0.9, 0.16, 0.1];
/** People look around and fill in forms at weekends too. */
const INTEREST_BY_WEEKDAY = [1.08, 1.12, 1.1, 1.06, 0.92, 0.4, 0.36];

/** Growth since the first day: 1 at the start, YEARLY_GROWTH more each year. */
export const trend = (day: number, span: Span): number => (1 + YEARLY_GROWTH) ** ((day - span.start) / 365.25);

function season(day: number): number {
  const month = monthOf(day);
  const date = dayOfMonth(day);
  const holidays = (month === 12 && date >= 24) || (month === 1 && date === 1) ? 0.35 : 1;
  return (BY_MONTH[month - 1] ?? 1) * holidays;
}

/** How much is ordered on a day, 1 being an average day of the first year. */
export function orderLevel(day: number, span: Span): number {
  const untilMonthEnd = monthStart(day, 1) - day;
  const monthEndRush = untilMonthEnd <= 3 ? (monthOf(day) % 3 === 0 ? 1.45 : 1.25) : 1;
  return trend(day, span) * season(day) * (BY_WEEKDAY[weekday(day)] ?? 1) * monthEndRush;
}

/** How much interest comes in on a day, 1 being an average day of the first year. */
export function interestLevel(day: number, span: Span): number {
  return trend(day, span) * Math.sqrt(season(day)) * (INTEREST_BY_WEEKDAY[weekday(day)] ?? 1);
}

/**
 * `count` days of the span, ascending, spread by `level`; at least `onLastDay` of them are the last day.
 */
export function spreadDays(
  count: number,
  span: Span,
  level: (day: number, span: Span) => number,
  onLastDay: number,
  draw: () => number,
): number[] {
  const cumulative: number[] = [];
  let total = 0;
  for (let day = span.start; day <= span.today; day++) {
    total += level(day, span);
    cumulative.push(total);
  }
  const days = Array.from({ length: count - onLastDay }, () => {
    const target = draw() * total;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return span.start + low;
  });
  for (let extra = 0; extra < onLastDay; extra++) days.push(span.today);
  return days.sort((left, right) => left - right);
}
