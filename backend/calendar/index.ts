/** By time zone: making a formatter costs a hundred times what using it does. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();
/** Zones have many spellings, `europe/BERLIN` too: what is sent from outside must not fill the memory. */
const MOST_FORMATS = 1000;

/** The company's business day (`YYYY-MM-DD`) at a moment: what "today" means to everybody. */
export function businessDay(moment: Date, timeZone: string): string {
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    if (dayFormats.size >= MOST_FORMATS) dayFormats.clear();
    dayFormats.set(timeZone, format);
  }
  return format.format(moment);
}

/** `day` moved by whole days. */
export function addDays(day: string, days: number): string {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** Whole days from `from` to `to` (0 when equal). */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
