import { describe, expect, it } from 'vitest';
import { changeOf } from '../../../../widgets/elements/kpis/change.ts';

describe('change of a key figure', () => {
  it('is nothing where there is no earlier figure', () => {
    expect(changeOf({ change: null, unit: 'money', betterWhen: 'higher' })).toBeNull();
  });

  it.each([
    [0.12, 'higher', 'up', 'better'],
    [-0.12, 'higher', 'down', 'worse'],
    [0.12, 'lower', 'up', 'worse'],
    [-0.12, 'lower', 'down', 'better'],
  ] as const)('%d where %s is better goes %s, which is %s', (change, betterWhen, direction, verdict) => {
    expect(changeOf({ change, unit: 'money', betterWhen })).toEqual({
      direction,
      verdict,
      size: 0.12,
      isPoints: false,
    });
  });

  it('counts points where the figure is a ratio', () => {
    expect(changeOf({ change: -0.031, unit: 'ratio', betterWhen: 'higher' })).toMatchObject({
      size: 0.031,
      isPoints: true,
    });
  });

  it('calls unchanged what would be written as zero', () => {
    expect(changeOf({ change: 0.0004, unit: 'count', betterWhen: 'higher' })).toMatchObject({
      direction: 'same',
      verdict: 'neutral',
    });
  });
});
