import { DateTime } from 'luxon';

/** The moment a day begins in a time zone, ISO 8601 in UTC. */
export const startOfDay = (day: string, timeZone: string): string =>
  DateTime.fromISO(day, { zone: timeZone }).startOf('day').toJSDate().toISOString();

/** The day that begins at this moment; null for a moment within a day. */
export function dayOfMidnight(moment: string, timeZone: string): string | null {
  const local = DateTime.fromISO(moment, { zone: timeZone });
  return local.isValid && local.equals(local.startOf('day')) ? local.toISODate() : null;
}
