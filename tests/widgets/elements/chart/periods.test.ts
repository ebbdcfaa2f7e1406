import { describe, expect, it } from 'vitest';
import { Format } from '../../../../widgets/base/format.ts';
import { addDays } from '../../../../widgets/base/range.ts';
import {
  grainFor,
  isPartial,
  periodEnd,
  periodLabel,
  periodStart,
  periodsIn,
} from '../../../../widgets/elements/chart/periods.ts';
import { fc } from '../../../support/fast-check.ts';

const grain = fc.constantFrom('day', 'week', 'month', 'quarter', 'year');
const day = fc.integer({ min: -3000, max: 30000 }).map((days) => addDays('2000-01-01', days));

describe('periods', () => {
  it('start where the calendar says', () => {
    const of = (name: 'day' | 'week' | 'month' | 'quarter' | 'year') => periodStart('2026-11-22', name);
    expect([of('day'), of('week'), of('month'), of('quarter'), of('year')]).toEqual([
      '2026-11-22',
      '2026-11-16',
      '2026-11-01',
      '2026-10-01',
      '2026-01-01',
    ]);
  });

  it('hold every day once: each day lies in its period, and periods follow one another', () => {
    fc.assert(
      fc.property(day, grain, (one, name) => {
        const start = periodStart(one, name);
        const end = periodEnd(start, name);
        expect(start <= one && one <= end).toBe(true);
        expect(periodStart(end, name)).toBe(start);
        expect(periodStart(addDays(end, 1), name)).toBe(addDays(end, 1));
      }),
    );
  });

  it('cover a range without gaps', () => {
    expect(periodsIn({ from: '2025-11-20', to: '2026-02-01' }, 'month')).toEqual([
      '2025-11-01',
      '2025-12-01',
      '2026-01-01',
      '2026-02-01',
    ]);
  });

  it('are partial where the range cuts them or they still run', () => {
    const range = { from: '2026-09-10', to: '2026-12-31' };
    const partial = (start: string, now = '2026-11-22') => isPartial(start, 'month', range, now);
    expect(['2026-09-01', '2026-10-01', '2026-11-01', '2026-12-01'].map((start) => partial(start))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect([partial('2026-11-01', '2026-11-30'), partial('2026-11-01', '2026-12-01')]).toEqual([true, false]);
  });

  it('are named for an axis and for a table', () => {
    const format = new Format('en-US', 'UTC');
    expect(periodLabel(format, '2026-10-01', 'quarter')).toBe('Q4 2026');
    expect([periodLabel(format, '2026-10-01', 'month'), periodLabel(format, '2026-10-01', 'month', 'short')]).toEqual([
      'Oct 2026',
      'Oct 26',
    ]);
    expect([periodLabel(format, '2026-10-05', 'week'), periodLabel(format, '2026-10-05', 'week', 'short')]).toEqual([
      'Oct 5, 2026',
      'Oct 5',
    ]);
  });

  it.each([
    ['2026-11-01/2026-11-22', 'day'],
    ['2026-08-25/2026-11-22', 'week'],
    ['2025-12-01/2026-11-22', 'month'],
    ['2023-12-01/2026-11-22', 'month'],
    ['2018-01-01/2026-11-22', 'quarter'],
    ['2000-01-01/2026-11-22', 'year'],
  ])('%s is shown by %s', (range, expected) => {
    const [from = '', to = ''] = range.split('/');
    expect(grainFor({ from, to })).toBe(expected);
  });
});
