import { describe, expect, it } from 'vitest';
import { movingAverage, runningTotal, shareOf, sumOf } from '../../backend/analytics/transforms.ts';

describe('a running total', () => {
  it('is exact where floating point is not, and goes on after a gap', () => {
    expect(runningTotal(['0.10', '0.20', null, '0.30'])).toEqual(['0.10', '0.30', null, '0.60']);
    expect(runningTotal(['9007199254740993.01', '0.01'])).toEqual(['9007199254740993.01', '9007199254740993.02']);
    expect(runningTotal([null, '-5.00', '2.00'])).toEqual([null, '-5.00', '-3.00']);
  });
});

describe('a share', () => {
  it('is of the whole, and nothing where the whole is nothing or unknown', () => {
    expect(shareOf('1', '3')).toBe('0.333333');
    expect(shareOf('0.00', '3')).toBe('0.000000');
    expect(shareOf('1', '0.00')).toBeNull();
    expect(shareOf(null, '3')).toBeNull();
    expect(shareOf('3', null)).toBeNull();
  });

  it('is of the sum of what is there', () => {
    expect(sumOf(['1.5', null, '2'])).toBe('3.5');
    expect(sumOf([null, null])).toBeNull();
    expect(sumOf([])).toBeNull();
  });
});

describe('a moving average', () => {
  it('begins once there are enough figures, and is rounded half away from zero', () => {
    expect(movingAverage(['1.00', '2.00', '4.00', '-9.00'], 3, 2)).toEqual([null, null, '2.33', '-1.00']);
    expect(movingAverage(['0.01', '0.02'], 2, 2)).toEqual([null, '0.02']);
    expect(movingAverage(['-0.01', '-0.02'], 2, 2)).toEqual([null, '-0.02']);
  });

  it('has no figure as long as one of its periods has none', () => {
    expect(movingAverage(['1', null, '3', '5'], 2, 1)).toEqual([null, null, null, '4.0']);
  });
});
