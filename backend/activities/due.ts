import { DateTime } from 'luxon';

/** When something is due, as people say it. */
export interface Due {
  /** YYYY-MM-DD where it is due */
  dueOn: string;
  /** HH:MM on that day; null: any time of it */
  dueTime: string | null;
  /** IANA name */
  timeZone: string;
}

/** A task without a time is spoken of at this hour of its day. */
const MORNING = '09:00';

/**
 * The moment of a wall clock's time. A time that the clocks skip in spring counts from before the change (2:30 is what
 * is then called 3:30); one that comes twice in autumn is the first of the two (RFC 5545, section 3.3.5).
 */
export function momentOf(day: string, time: string, timeZone: string): Date {
  const local = DateTime.fromISO(`${day}T${time}`, { zone: timeZone });
  const [first = local] = local.getPossibleOffsets().toSorted((left, right) => left.toMillis() - right.toMillis());
  return first.toJSDate();
}

/** The moment from which on it is late: its time, else the end of its day. */
export function dueMoment({ dueOn, dueTime, timeZone }: Due): Date {
  if (dueTime !== null) return momentOf(dueOn, dueTime, timeZone);
  return DateTime.fromISO(dueOn, { zone: timeZone }).plus({ days: 1 }).startOf('day').toJSDate();
}

/** When to remind of it, this many minutes before its time; without a time, before the morning of its day. */
export function reminderMoment({ dueOn, dueTime, timeZone }: Due, minutesBefore: number): Date {
  return new Date(momentOf(dueOn, dueTime ?? MORNING, timeZone).getTime() - minutesBefore * 60_000);
}

/** As mails and notifications say it: "Tuesday, 3 March 2026, 14:30 (Europe/Berlin)". */
export function dueText({ dueOn, dueTime, timeZone }: Due): string {
  const day = DateTime.fromISO(dueOn, { zone: 'utc' }).setLocale('en-GB').toFormat('cccc, d LLLL yyyy');
  return dueTime === null ? day : `${day}, ${dueTime} (${timeZone})`;
}
