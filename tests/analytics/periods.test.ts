import { describe, expect, it } from 'vitest';
import {
  bucketEnd,
  bucketOf,
  bucketsOf,
  checkPeriod,
  comparedPeriod,
  isPartial,
} from '../../backend/analytics/periods.ts';
import { addDays, daysBetween } from '../../backend/calendar/index.ts';
import { grainSchema } from '../../backend/contracts/analytics.ts';
import { fc } from '../support/fast-check.ts';

const TODAY = '2026-11-22';
const previous = (from: string, to: string) => Object.values(comparedPeriod({ from, to }, 'previous', TODAY));
const yearBefore = (from: string, to: string) => Object.values(comparedPeriod({ from, to }, 'year', TODAY));
const day = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1950-01-01', days));

describe('the previous period', () => {
  it('of months whose last one is running is as many months before, up to the same day', () => {
    expect(previous('2025-12-01', TODAY)).toEqual(['2024-12-01', '2025-11-22']);
    expect(previous('2026-01-15', '2026-03-14')).toEqual(['2025-11-17', '2026-01-14']);
  });

  it('is as many whole months before whole months', () => {
    expect(previous('2026-03-01', '2026-03-31')).toEqual(['2026-02-01', '2026-02-28']);
    expect(previous('2026-07-01', '2026-09-30')).toEqual(['2026-04-01', '2026-06-30']);
    expect(previous('2025-01-01', '2025-12-31')).toEqual(['2024-01-01', '2024-12-31']);
  });

  it('has as many days as a running month, quarter or year has had so far', () => {
    expect(previous('2026-11-01', '2026-11-30')).toEqual(['2026-10-01', '2026-10-22']);
    expect(previous('2026-11-01', TODAY)).toEqual(['2026-10-01', '2026-10-22']);
    expect(previous('2026-10-01', '2026-12-31')).toEqual(['2026-07-01', '2026-08-22']);
    expect(previous('2026-10-01', TODAY)).toEqual(['2026-07-01', '2026-08-22']);
    expect(previous('2026-01-01', '2026-12-31')).toEqual(['2025-01-01', '2025-11-22']);
  });

  it('never reaches into the period itself', () => {
    expect(previous('2026-03-01', '2026-03-30')).toEqual(['2026-02-01', '2026-02-28']);
  });

  it('is as many days just before any other period, days to come left out', () => {
    expect(previous('2026-11-09', '2026-11-15')).toEqual(['2026-11-02', '2026-11-08']);
    expect(previous('2026-11-16', '2026-11-29')).toEqual(['2026-11-09', '2026-11-15']);
    expect(previous('2026-08-25', TODAY)).toEqual(['2026-05-27', '2026-08-24']);
  });

  it('ends before the period and is no longer than it, unless months differ', () => {
    fc.assert(
      fc.property(day, fc.nat(800), (from, length) => {
        const period = { from, to: addDays(from, length) };
        const other = comparedPeriod(period, 'previous', TODAY);
        expect(other.from <= other.to).toBe(true);
        expect(other.to < from).toBe(true);
        const isWhole = from.endsWith('-01') && addDays(period.to, 1).endsWith('-01');
        if (isWhole) expect([other.from.slice(8), addDays(other.to, 1)]).toEqual(['01', from]);
        // 28 days against 31, and a leap day
        expect(daysBetween(other.from, other.to)).toBeLessThanOrEqual(daysBetween(period.from, period.to) + 4);
      }),
    );
  });
});

describe('the year before', () => {
  it('is the same days', () => {
    expect(yearBefore('2026-11-09', '2026-11-15')).toEqual(['2025-11-09', '2025-11-15']);
    expect(yearBefore('2026-11-01', '2026-11-30')).toEqual(['2025-11-01', '2025-11-22']);
  });

  it('keeps whole months whole and 29 February on the 28th', () => {
    expect(yearBefore('2024-02-01', '2024-02-29')).toEqual(['2023-02-01', '2023-02-28']);
    expect(yearBefore('2025-02-01', '2025-02-28')).toEqual(['2024-02-01', '2024-02-29']);
    expect(yearBefore('2024-02-20', '2024-02-29')).toEqual(['2023-02-20', '2023-02-28']);
  });
});

describe('buckets', () => {
  it('start weeks on Monday, across years', () => {
    expect(bucketOf('2027-01-03', 'week')).toBe('2026-12-28');
    expect(bucketOf('2026-12-28', 'week')).toBe('2026-12-28');
    expect(bucketEnd('2026-12-28', 'week')).toBe('2027-01-03');
  });

  it('cover every day of the period once, in order', () => {
    fc.assert(
      fc.property(day, fc.nat(700), fc.constantFrom(...grainSchema.options), (from, length, grain) => {
        const to = addDays(from, length);
        const buckets = bucketsOf({ from, to }, grain);
        expect(buckets[0]).toBe(bucketOf(from, grain));
        expect(bucketEnd(buckets[buckets.length - 1] ?? '', grain) >= to).toBe(true);
        for (const [index, bucket] of buckets.entries()) {
          expect(bucketOf(bucketEnd(bucket, grain), grain)).toBe(bucket);
          const next = buckets[index + 1];
          if (next !== undefined) expect(addDays(bucketEnd(bucket, grain), 1)).toBe(next);
        }
      }),
    );
  });

  it('are partial where the period cuts them, and until their last day is over', () => {
    const period = { from: '2026-01-15', to: '2026-12-31' };
    const partial = (today: string) =>
      ['2026-01-01', '2026-02-01', '2026-03-01', '2026-12-01'].filter((one) => isPartial(one, 'month', period, today));
    expect(partial('2026-03-30')).toEqual(['2026-01-01', '2026-03-01']);
    expect(partial('2026-03-31')).toEqual(['2026-01-01', '2026-03-01']);
    expect(partial('2026-04-01')).toEqual(['2026-01-01']);
    expect(isPartial('2026-03-31', 'day', period, '2026-03-31')).toBe(true);
  });

  it('refuses more points than can be read, and days no business has', () => {
    expect(() => checkPeriod({ from: '2000-01-01', to: '2019-12-31' }, 'day')).toThrow(/coarser grain/);
    expect(() => checkPeriod({ from: '2000-01-01', to: '2019-12-31' }, 'week')).not.toThrow();
    expect(() => checkPeriod({ from: '1500-01-01', to: '2019-12-31' })).toThrow(/must not be before/);
    expect(() => checkPeriod({ from: '2026-01-01', to: '9999-12-31' })).toThrow(/must not be after/);
  });
});
