import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type AnchoredRepeat, hasAnother, nextDueDay } from '../../backend/activities/repeat.ts';
import { addDays } from '../../backend/calendar/index.ts';
import { fc } from '../support/fast-check.ts';

const day = fc.integer({ min: 0, max: 365 * 30 }).map((days) => addDays('2010-01-01', days));
const interval = fc.integer({ min: 1, max: 5 });
const rule = fc.oneof(
  fc.record({ every: fc.constantFrom('day' as const, 'month' as const, 'year' as const), interval, anchor: day }),
  fc.record({
    every: fc.constant('week' as const),
    interval,
    anchor: day,
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  }),
);

/** The first days of a rule, one after the other. */
function days(repeat: AnchoredRepeat, count: number): string[] {
  const found: string[] = [];
  for (let last = repeat.anchor; found.length < count; ) {
    const next = nextDueDay(repeat, last);
    if (next === null) break;
    found.push(next);
    last = next;
  }
  return found;
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const FREQUENCY = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const;

/** The same days as a library for calendars counts them. */
function calendarDays({ every, interval: step, weekdays, anchor }: AnchoredRepeat, count: number): string[] {
  const parts = [`FREQ=${FREQUENCY[every]}`, `INTERVAL=${step}`, 'WKST=MO'];
  if (weekdays) parts.push(`BYDAY=${weekdays.map((weekday) => WEEKDAYS[weekday - 1]).join(',')}`);
  const iterator = ICAL.Recur.fromString(parts.join(';')).iterator(ICAL.Time.fromDateString(anchor));
  const found: string[] = [];
  while (found.length < count) {
    const next = iterator.next();
    if (!next) break;
    const text = next.toString().slice(0, 10);
    if (text > anchor) found.push(text);
  }
  return found;
}

describe('a task that comes back', () => {
  it('comes on the days that calendars count, too', () => {
    fc.assert(
      fc.property(rule, (repeat) => {
        // Where a month has no such day, calendars skip the month; we take its last day: see below.
        fc.pre(repeat.every === 'day' || repeat.every === 'week' || Number(repeat.anchor.slice(8)) <= 28);
        expect(days(repeat, 12)).toEqual(calendarDays(repeat, 12));
      }),
    );
  });

  it('is always due later, whatever day one asks about, and on a day of its rule', () => {
    fc.assert(
      fc.property(rule, day, (repeat, after) => {
        const next = nextDueDay(repeat, after) ?? '';
        expect(next > after).toBe(true);
        expect(next >= repeat.anchor).toBe(true);
        // There is none in between.
        expect(nextDueDay(repeat, addDays(next, -1))).toBe(next);
      }),
    );
  });

  it('takes the last day of months that are too short, and the 31st again after them', () => {
    expect(days({ every: 'month', interval: 1, anchor: '2026-12-31' }, 5)).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
    ]);
    expect(days({ every: 'year', interval: 1, anchor: '2024-02-29' }, 4)).toEqual([
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ]);
  });

  it('counts second weeks from the week in which it began', () => {
    // Thursday; Monday and Friday of each second week
    expect(days({ every: 'week', interval: 2, weekdays: [1, 5], anchor: '2026-01-01' }, 4)).toEqual([
      '2026-01-02',
      '2026-01-12',
      '2026-01-16',
      '2026-01-26',
    ]);
  });

  it('ends after its last day, or after so many times', () => {
    expect(days({ every: 'day', interval: 1, anchor: '2026-01-01', until: '2026-01-03' }, 9)).toEqual([
      '2026-01-02',
      '2026-01-03',
    ]);
    expect([1, 2, 3].map((done) => hasAnother({ every: 'day', interval: 1, times: 3 }, done))).toEqual([
      true,
      true,
      false,
    ]);
    expect(hasAnother({ every: 'day', interval: 1 }, 999)).toBe(true);
  });
});
