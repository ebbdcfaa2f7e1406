import { describe, expect, it } from 'vitest';
import { changeOf, shares } from '../../../../widgets/elements/chart/shares.ts';

describe('a change', () => {
  it('is relative to the size of what was, of ratios the difference', () => {
    expect(changeOf('money', '150', '100')).toBe(0.5);
    expect(changeOf('money', '-50', '-100')).toBe(0.5);
    expect(changeOf('ratio', '0.5', '0.25')).toBe(0.25);
  });

  it('is unknown where there was nothing, never a number that is none', () => {
    for (const [now, before] of [
      ['5', '0'],
      ['5', null],
      [null, '5'],
    ] as const)
      expect(changeOf('money', now, before)).toBeNull();
  });
});

describe('shares', () => {
  it('are unknown where there is nothing to share, or no value', () => {
    expect(shares(['0', '0'])).toEqual([null, null]);
    expect(shares(['1', null, '3'])).toEqual([0.25, null, 0.75]);
  });
});
