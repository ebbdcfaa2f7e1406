import type { Task } from '../../../backend/contracts/tasks.ts';
import type { Format } from '../../base/format.ts';
import { addDays } from '../../base/range.ts';

interface Words {
  format: Format;
  t(key: string, variables?: Record<string, string>): string;
}

/**
 * When a task is due, as people say it: "today, 14:30". `today` is the reader's day; a task of another time zone names
 * that zone, because its hour is meant there. Null without a due day.
 */
export function dueWords({ format, t }: Words, task: Task, today: string): string | null {
  const { dueOn, dueTime, timeZone } = task;
  if (dueOn === null) return null;
  const near: Record<string, string> = {
    [addDays(today, -1)]: t('due.yesterday'),
    [today]: t('due.today'),
    [addDays(today, 1)]: t('due.tomorrow'),
  };
  const day =
    near[dueOn] ?? format.day(dueOn, { weekday: 'short', day: 'numeric', month: 'short', ...yearOf(dueOn, today) });
  if (dueTime === null) return day;
  const due = t('due.at', { day, time: clock(format, dueTime) });
  return timeZone !== null && timeZone !== format.timeZone ? t('due.zone', { due, zone: timeZone }) : due;
}

const yearOf = (day: string, today: string): Intl.DateTimeFormatOptions =>
  day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' };

/** `14:30` as the reader's locale writes it. */
function clock(format: Format, time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return new Intl.DateTimeFormat(format.locale, { timeStyle: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2026, 0, 1, hour, minute),
  );
}
