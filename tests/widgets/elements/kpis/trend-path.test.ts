import { describe, expect, it } from 'vitest';
import { trendPath } from '../../../../widgets/elements/kpis/trend/trend-path.ts';

describe('the course of a key figure', () => {
  it('goes from edge to edge, the highest value at the top', () => {
    expect(trendPath([0, 10, 5])).toBe('M0.0 22.0L50.0 2.0L100.0 12.0');
  });

  it('begins anew after a gap', () => {
    expect(trendPath([1, null, 2, 3])).toBe('M0.0 22.0M66.7 12.0L100.0 2.0');
  });

  it('is level where nothing changes', () => {
    expect(trendPath([7, 7, 7])).toBe('M0.0 12.0L50.0 12.0L100.0 12.0');
  });

  it('is none of two values or fewer', () => {
    expect(trendPath([])).toBeNull();
    expect(trendPath([1, null, 2])).toBeNull();
  });
});
