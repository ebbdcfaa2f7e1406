const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(moment: Date, timeZone: string): Record<string, string> {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
}

/** A moment as the clock on the wall of a time zone shows it, `YYYY-MM-DDTHH:MM`: what a date-time input takes. */
export function localMoment(moment: string, timeZone: string): string {
  const { year = '', month, day, hour, minute } = partsIn(new Date(moment), timeZone);
  return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}`;
}

/**
 * The moment, ISO 8601 in UTC, at which that clock shows `local`. An hour that the clock skips in spring is read as
 * the one after it.
 */
export function momentOf(local: string, timeZone: string): string {
  const wanted = Date.parse(`${local}Z`);
  let moment = wanted;
  // The offset at the first guess may be another one than at the moment itself; the second look settles it.
  for (let look = 0; look < 2; look += 1)
    moment += wanted - Date.parse(`${localMoment(new Date(moment).toISOString(), timeZone)}Z`);
  return new Date(moment).toISOString();
}
