import { ApiError } from './api.ts';

/** Business days, both included. */
export interface DayRange {
  from: string;
  to: string;
}

export const rangePresets = [
  'this-month',
  'last-month',
  'last-30-days',
  'last-90-days',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  'last-12-months',
  'last-3-years',
] as const;
export type RangePreset = (typeof rangePresets)[number];

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const isoDay = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
const isRealDay = (day: string) =>
  dayPattern.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);

/** The calendar day it is in `timeZone`. */
export function today(timeZone: string, now = new Date()): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const of = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${of.year?.padStart(4, '0')}-${of.month}-${of.day}`;
}

/** `day` moved by a number of days. */
export function addDays(day: string, days: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return isoDay(year, month, date + days);
}

function presetDays(preset: RangePreset, to: string): DayRange {
  const [year = 1970, month = 1] = to.split('-').map(Number);
  const quarter = month - ((month - 1) % 3);
  const since = (first: number) => ({ from: isoDay(year, first, 1), to });
  const whole = (first: number, next: number) => ({ from: isoDay(year, first, 1), to: isoDay(year, next, 0) });
  switch (preset) {
    case 'this-month':
      return since(month);
    case 'last-month':
      return whole(month - 1, month);
    case 'last-30-days':
      return { from: addDays(to, -29), to };
    case 'last-90-days':
      return { from: addDays(to, -89), to };
    case 'this-quarter':
      return since(quarter);
    case 'last-quarter':
      return whole(quarter - 3, quarter);
    case 'this-year':
      return since(1);
    case 'last-year':
      return whole(-11, 1);
    case 'last-12-months':
      return since(month - 11);
    case 'last-3-years':
      return since(month - 35);
  }
}

/**
 * The days a `range` attribute means: a preset, which ends today in `timeZone` or with the last whole month, quarter or year, or `YYYY-MM-DD/YYYY-MM-DD`.
 * `last-12-months` and `last-3-years` start on the first of a month, so that months are whole.
 * @throws ApiError `invalid_attribute` where the text is neither
 */
export function parseRange(range: string, timeZone: string, now = new Date()): DayRange {
  const preset = rangePresets.find((name) => name === range);
  if (preset) return presetDays(preset, today(timeZone, now));
  const [from = '', to = '', ...rest] = range.split('/');
  if (rest.length === 0 && isRealDay(from) && isRealDay(to) && from <= to) return { from, to };
  throw new ApiError({
    status: 0,
    code: 'invalid_attribute',
    detail: `range="${range}" is neither YYYY-MM-DD/YYYY-MM-DD nor one of ${rangePresets.join(', ')}.`,
  });
}
