import { ApiError } from './api.ts';

/** Business days, both included. */
export interface DayRange {
  from: string;
  to: string;
}

export const rangePresets = [
  'this-month',
  'last-30-days',
  'last-90-days',
  'this-quarter',
  'this-year',
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

function presetStart(preset: RangePreset, day: string): string {
  const [year = 1970, month = 1] = day.split('-').map(Number);
  switch (preset) {
    case 'this-month':
      return isoDay(year, month, 1);
    case 'last-30-days':
      return addDays(day, -29);
    case 'last-90-days':
      return addDays(day, -89);
    case 'this-quarter':
      return isoDay(year, month - ((month - 1) % 3), 1);
    case 'this-year':
      return isoDay(year, 1, 1);
    case 'last-12-months':
      return isoDay(year, month - 11, 1);
    case 'last-3-years':
      return isoDay(year, month - 35, 1);
  }
}

/**
 * The days a `range` attribute means: a preset, which ends today in `timeZone`, or `YYYY-MM-DD/YYYY-MM-DD`.
 * `last-12-months` and `last-3-years` start on the first of a month, so that months are whole.
 * @throws ApiError `invalid_attribute` where the text is neither
 */
export function parseRange(range: string, timeZone: string, now = new Date()): DayRange {
  const preset = rangePresets.find((name) => name === range);
  if (preset) {
    const to = today(timeZone, now);
    return { from: presetStart(preset, to), to };
  }
  const [from = '', to = '', ...rest] = range.split('/');
  if (rest.length === 0 && isRealDay(from) && isRealDay(to) && from <= to) return { from, to };
  throw new ApiError({
    status: 0,
    code: 'invalid_attribute',
    detail: `range="${range}" is neither YYYY-MM-DD/YYYY-MM-DD nor one of ${rangePresets.join(', ')}.`,
  });
}
