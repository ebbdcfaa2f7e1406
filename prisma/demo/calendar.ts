import type { Random } from './random.ts';

/** Days are whole numbers since 1970-01-01, moments are milliseconds since then, both in UTC. */
export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The days that the demo company's books cover, both included. */
export interface Span {
  start: number;
  today: number;
}

/** @throws RangeError for a text that is no day of the calendar. */
export function dayOf(text: string): number {
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text)
    throw new RangeError(`"${text}" is not a day. Give it as YYYY-MM-DD.`);
  return ms / DAY_MS;
}

const texts = new Map<number, string>();

/** YYYY-MM-DD. */
export function dayText(day: number): string {
  let text = texts.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 10);
    texts.set(day, text);
  }
  return text;
}

export const momentText = (ms: number): string => new Date(ms).toISOString();
export const dayAt = (ms: number): number => Math.floor(ms / DAY_MS);

/** Monday is 0. */
export const weekday = (day: number): number => (day + 3) % 7;
export const yearOf = (day: number): number => Number(dayText(day).slice(0, 4));
/** January is 1. */
export const monthOf = (day: number): number => Number(dayText(day).slice(5, 7));
export const dayOfMonth = (day: number): number => Number(dayText(day).slice(8, 10));

/** The first day of the month that lies `months` after the month of `day`. */
export function monthStart(day: number, months = 0): number {
  return Date.UTC(yearOf(day), monthOf(day) - 1 + months, 1) / DAY_MS;
}

/** Three whole years before the month of `today`, and that month up to `today`. */
export function spanEnding(today: number): Span {
  return { start: monthStart(today, -36), today };
}

/**
 * A moment on `day` in working hours somewhere in the world. On the last day it lies in the first half
 * hour (UTC), so that nothing lies ahead of the clock of whoever loads the data that day.
 */
export function momentOn(random: Random, day: number, span: Span): number {
  if (day >= span.today) return span.today * DAY_MS + random.int(1, 20) * MINUTE_MS;
  return day * DAY_MS + 6 * HOUR_MS + random.int(0, 11 * 60) * MINUTE_MS;
}

/** Moves a day at a weekend to the Monday after it; `latest` is never passed. */
export function toWorkday(day: number, latest: number): number {
  const shift = weekday(day) > 4 ? 7 - weekday(day) : 0;
  return Math.min(day + shift, Math.max(day, latest));
}
