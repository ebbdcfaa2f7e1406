import { describe, expect, it } from 'vitest';
import { add } from '../../../backend/analytics/decimal.ts';
import {
  periodName,
  periodsFrom,
  sumOfTargets,
  wholePeriod,
} from '../../../backend/analytics/targets/target-periods.ts';
import { fc } from '../../support/fast-check.ts';

const TODAY = '2026-11-23';

it('periods follow each other from the one that holds the day', () => {
  expect(periodsFrom('quarter', '2026-11-23', 2)).toEqual([
    { from: '2026-10-01', to: '2026-12-31' },
    { from: '2027-01-01', to: '2027-03-31' },
  ]);
  expect(periodsFrom('month', '2028-01-31', 2)).toEqual([
    { from: '2028-01-01', to: '2028-01-31' },
    { from: '2028-02-01', to: '2028-02-29' },
  ]);
  expect(periodsFrom('year', '2026-02-01', 1)).toEqual([{ from: '2026-01-01', to: '2026-12-31' }]);
});

describe('the whole months that a selection stands for', () => {
  it.each([
    ['2026-10-01', '2026-10-31', '2026-10-31'],
    ['2026-07-01', '2026-12-31', '2026-12-31'],
    ['2026-11-01', TODAY, '2026-11-30'],
    ['2026-10-01', TODAY, '2026-12-31'],
    ['2026-01-01', TODAY, '2026-12-31'],
    ['2025-12-01', TODAY, '2026-11-30'],
  ])('%s to %s ends %s', (from, to, end) => {
    expect(wholePeriod({ from, to }, TODAY)).toEqual({ from, to: end });
  });

  it.each([
    ['2026-11-02', '2026-11-30'],
    ['2026-11-01', '2026-11-22'],
    ['2026-11-01', '2026-11-24'],
    ['2026-08-26', TODAY],
  ])('%s to %s is none', (from, to) => {
    expect(wholePeriod({ from, to }, TODAY)).toBeNull();
  });
});

describe('targets of a longer period', () => {
  const month = (from: string, value: string) => ({ grain: 'month', from, value }) as const;
  const year = { from: '2026-01-01', to: '2026-12-31' };

  it('add up, the coarsest first, and are none where a part is missing', () => {
    const quarter = { grain: 'quarter', from: '2026-04-01', value: '70.5' } as const;
    const months = ['01', '02', '03', '07', '08', '09', '10', '11', '12'].map((n) => month(`2026-${n}-01`, '10'));
    expect(sumOfTargets([...months, quarter, month('2026-05-01', '999')], year)).toBe('160.5');
    expect(sumOfTargets(months, year)).toBeNull();
    const whole = { grain: 'year', from: '2026-01-01', value: '200' } as const;
    expect(sumOfTargets([...months, quarter, whole], year)).toBe('200');
    expect(sumOfTargets([whole], { from: '2026-01-01', to: '2026-06-30' })).toBeNull();
    expect(sumOfTargets([], year)).toBeNull();
  });

  it('are the sum of their months, whatever the run of months', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.array(fc.integer({ min: 1, max: 10 ** 9 }), { minLength: 1, maxLength: 30 }),
        (start, values) => {
          const first = `${2010 + Math.floor(start / 12)}-${String((start % 12) + 1).padStart(2, '0')}-01`;
          const periods = periodsFrom('month', first, values.length);
          const targets = periods.map(({ from }, index) => month(from, `${values[index]}.25`));
          const whole = { from: first, to: periods.at(-1)?.to ?? '' };
          expect(sumOfTargets(targets, whole)).toBe(targets.reduce((sum, { value }) => add(sum, value), '0'));
          expect(sumOfTargets(targets.slice(1), whole)).toBeNull();
        },
      ),
    );
  });
});

it.each([
  ['2026-07-01', '2026-07-31', 'July 2026'],
  ['2026-07-01', '2026-09-30', 'Q3 2026'],
  ['2026-01-01', '2026-12-31', '2026'],
  ['2025-12-01', '2026-11-30', 'December 2025 to November 2026'],
])('%s to %s is called %3$s', (from, to, name) => {
  expect(periodName({ from, to })).toBe(name);
});
