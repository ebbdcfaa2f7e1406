import { describe, expect, it } from 'vitest';
import { runRate } from '../../../backend/analytics/targets/run-rate.ts';
import { addDays } from '../../../backend/calendar/index.ts';
import { fc } from '../../support/fast-check.ts';

const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };
const so = (attained: string, untilYesterday = attained) => ({ attained, untilYesterday });

describe('the run rate', () => {
  it('of a past period is what was attained', () => {
    expect(runRate(NOVEMBER, '2026-12-01', so('123.45'), 2)).toBe('123.45');
  });

  it('has nothing to go by before the second day', () => {
    expect(runRate(NOVEMBER, '2026-10-31', so('0'), 2)).toBeNull();
    expect(runRate(NOVEMBER, '2026-11-01', so('50.00', '0'), 2)).toBeNull();
  });

  it('goes on as the days until yesterday did', () => {
    expect(runRate(NOVEMBER, '2026-11-02', so('15.00', '10.00'), 2)).toBe('300.00');
    expect(runRate(NOVEMBER, '2026-11-16', so('1000.00', '1000.00'), 2)).toBe('2000.00');
    expect(runRate(NOVEMBER, '2026-11-30', so('29.00'), 2)).toBe('30.00');
    expect(runRate(NOVEMBER, '2026-11-24', so('7'), 0)).toBe('9');
  });

  it('is never less than what is there already, and falls with what comes back', () => {
    expect(runRate(NOVEMBER, '2026-11-30', so('500.00', '29.00'), 2)).toBe('500.00');
    expect(runRate(NOVEMBER, '2026-11-16', so('-10.00', '-10.00'), 2)).toBe('-10.00');
    expect(runRate(NOVEMBER, '2026-11-16', so('0.00', '0.00'), 2)).toBe('0.00');
  });

  it('of an even pace is the same on every day', () => {
    const period = { from: '2026-01-01', to: '2026-12-31' };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 364 }), fc.integer({ min: 0, max: 10 ** 9 }), (elapsed, aDay) => {
        const progress = so(String(aDay * elapsed));
        expect(runRate(period, addDays(period.from, elapsed), progress, 0)).toBe(String(aDay * 365));
      }),
    );
  });
});
