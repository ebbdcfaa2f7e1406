import { describe, expect, it } from 'vitest';
import { dueMoment, dueText, momentOf, reminderMoment } from '../../backend/activities/due.ts';
import { addDays } from '../../backend/calendar/index.ts';
import { fc } from '../support/fast-check.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/St_Johns',
  'Africa/Casablanca',
  'Asia/Beirut',
];
const day = fc
  .integer({ min: 0, max: 365 * 40 })
  .map((days) => addDays('2000-01-01', days))
  // The day that Samoa skipped: nothing is due there on it.
  .filter((text) => text !== '2011-12-30');
const time = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const zone = fc.constantFrom(...zones);

/** What a clock on the wall there shows, by the runtime's own tables: `YYYY-MM-DD HH:MM`. */
function wallClock(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(moment);
}

describe('a time of day in a time zone', () => {
  it('is what the clocks there show at that moment, or was skipped by them', () => {
    fc.assert(
      fc.property(day, time, zone, (dueOn, dueTime, timeZone) => {
        const wanted = `${dueOn} ${dueTime}`;
        const moment = momentOf(dueOn, dueTime, timeZone);
        if (wallClock(moment, timeZone) === wanted) return;
        // No moment of the two days around is called so.
        for (let minutes = -26 * 60; minutes <= 26 * 60; minutes += 15) {
          expect(wallClock(new Date(moment.getTime() + minutes * 60_000), timeZone)).not.toBe(wanted);
        }
        // Skipped ones are as late as they would have been without the change.
        expect(wallClock(moment, timeZone) > wanted).toBe(true);
      }),
    );
  });

  it('is the first of two when the clocks are set back', () => {
    fc.assert(
      fc.property(day, time, zone, (dueOn, dueTime, timeZone) => {
        const moment = momentOf(dueOn, dueTime, timeZone);
        const wanted = wallClock(moment, timeZone);
        for (const minutes of [30, 60, 120]) {
          expect(wallClock(new Date(moment.getTime() - minutes * 60_000), timeZone)).not.toBe(wanted);
        }
      }),
    );
  });

  it('follows the changes of the clocks in spring and autumn', () => {
    expect(momentOf('2026-03-29', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(momentOf('2026-10-25', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(momentOf('2026-03-28', '09:00', 'Europe/Berlin').toISOString()).toBe('2026-03-28T08:00:00.000Z');
    expect(momentOf('2026-03-30', '09:00', 'Europe/Berlin').toISOString()).toBe('2026-03-30T07:00:00.000Z');
  });
});

describe('what is due on a day', () => {
  it('is late from the first moment of the next day on, however long the day was', () => {
    fc.assert(
      fc.property(day, zone, (dueOn, timeZone) => {
        const end = dueMoment({ dueOn, dueTime: null, timeZone });
        expect(wallClock(new Date(end.getTime() - 1), timeZone).slice(0, 10)).toBe(dueOn);
        expect(wallClock(end, timeZone).slice(0, 10) > dueOn).toBe(true);
      }),
    );
    const lengthOf = (dueOn: string) =>
      (dueMoment({ dueOn, dueTime: null, timeZone: 'Europe/Berlin' }).getTime() -
        momentOf(dueOn, '00:00', 'Europe/Berlin').getTime()) /
      3_600_000;
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map(lengthOf)).toEqual([24, 23, 25]);
  });

  it('is spoken of in the morning when no time is given', () => {
    const due = { dueOn: '2026-03-03', dueTime: null, timeZone: 'Europe/Berlin' };
    expect(reminderMoment(due, 0).toISOString()).toBe('2026-03-03T08:00:00.000Z');
    expect(reminderMoment({ ...due, dueTime: '14:30' }, 45).toISOString()).toBe('2026-03-03T12:45:00.000Z');
    expect(dueText(due)).toBe('Tuesday, 3 March 2026');
    expect(dueText({ ...due, dueTime: '14:30' })).toBe('Tuesday, 3 March 2026, 14:30 (Europe/Berlin)');
  });
});
