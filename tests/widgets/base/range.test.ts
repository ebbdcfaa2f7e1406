import { describe, expect, it } from 'vitest';
import { addDays, parseRange, today } from '../../../widgets/base/range.ts';

// In Auckland it is already the 1st of March, in Los Angeles still the 29th of February.
const leapNight = new Date('2024-02-29T23:30:00Z');

describe('range', () => {
  it.each([
    ['this-month', '2024-02-01'],
    ['last-30-days', '2024-01-31'],
    ['last-90-days', '2023-12-02'],
    ['this-quarter', '2024-01-01'],
    ['this-year', '2024-01-01'],
    ['last-12-months', '2023-03-01'],
    ['last-3-years', '2021-03-01'],
  ])('%s starts on %s and ends today', (preset, from) => {
    expect(parseRange(preset, 'America/Los_Angeles', leapNight)).toEqual({ from, to: '2024-02-29' });
  });

  it.each([
    ['last-month', '2024-01-01', '2024-01-31'],
    ['last-quarter', '2023-10-01', '2023-12-31'],
    ['last-year', '2023-01-01', '2023-12-31'],
  ])('%s is the whole of %s to %s', (preset, from, to) => {
    expect(parseRange(preset, 'America/Los_Angeles', leapNight)).toEqual({ from, to });
  });

  it('takes the day of the reader, not of UTC', () => {
    expect(today('Pacific/Auckland', leapNight)).toBe('2024-03-01');
    expect(parseRange('this-month', 'Pacific/Auckland', leapNight)).toEqual({ from: '2024-03-01', to: '2024-03-01' });
  });

  it('takes two days, both included', () => {
    expect(parseRange('2025-12-31/2026-01-01', 'UTC')).toEqual({ from: '2025-12-31', to: '2026-01-01' });
  });

  it.each(['last-week', '', '2026-02-30/2026-03-01', '2026-03-02/2026-03-01', '2026-01-01', '2026-01-01/2026-01-02/x'])(
    'refuses %j with the ways it could be written',
    (text) => {
      expect(() => parseRange(text, 'UTC')).toThrow(/last-12-months/);
    },
  );

  it('moves days across months and leap years', () => {
    expect([addDays('2024-02-28', 1), addDays('2024-03-01', -1), addDays('2026-01-01', -1)]).toEqual([
      '2024-02-29',
      '2024-02-29',
      '2025-12-31',
    ]);
  });
});
