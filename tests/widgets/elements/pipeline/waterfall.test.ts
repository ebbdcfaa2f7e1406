import { describe, expect, it } from 'vitest';
import type { Changes } from '../../../../backend/contracts/pipeline-reports.ts';
import { wholeRange } from '../../../../widgets/elements/pipeline/report.ts';
import { waterfallSteps } from '../../../../widgets/elements/pipeline/waterfall.ts';

type Bar = Changes['bars'][number];
const bar = (name: Bar['bar'], amount: number): Bar => ({
  bar: name,
  records: 1,
  count: 1,
  value: { amount: amount.toFixed(2), currency: 'EUR' },
});
const draw = (bars: Bar[]) => waterfallSteps(bars, ({ value }) => Number(value.amount));

describe('a waterfall', () => {
  it('begins each change where the one before ended, and ends on the closing bar', () => {
    const steps = draw([
      bar('opening', 100),
      bar('created', 100),
      bar('won', -50),
      bar('lost', -100),
      bar('closing', 50),
    ]);
    expect(steps.map(({ start, size, tone }) => [start, size, tone])).toEqual([
      [0, 0.5, 'total'],
      [0.5, 0.5, 'up'],
      [0.75, 0.25, 'good'],
      [0.25, 0.5, 'down'],
      [0, 0.25, 'total'],
    ]);
  });

  it('has room below zero', () => {
    const steps = draw([bar('opening', -50), bar('created', 100), bar('closing', 50)]);
    expect(steps.map(({ start, size }) => [start, size])).toEqual([
      [0, 0.5],
      [0, 1],
      [0.5, 0.5],
    ]);
  });

  it('of nothing is drawn without a size', () => {
    expect(draw([bar('opening', 0), bar('closing', 0)]).map(({ size }) => size)).toEqual([0, 0]);
  });
});

describe('the range of what lies ahead', () => {
  it('goes to the end of a running month, quarter or year', () => {
    const days = { from: '2026-10-01', to: '2026-11-22' };
    expect(wholeRange('this-quarter', days)).toEqual({ from: '2026-10-01', to: '2026-12-31' });
    expect(wholeRange('this-month', { from: '2028-02-01', to: '2028-02-03' }).to).toBe('2028-02-29');
    expect(wholeRange('this-year', { from: '2026-01-01', to: '2026-11-22' }).to).toBe('2026-12-31');
  });

  it('stays as it is where days were named', () => {
    const days = { from: '2026-10-05', to: '2026-11-22' };
    expect(wholeRange('2026-10-05/2026-11-22', days)).toEqual(days);
    expect(wholeRange('last-90-days', days)).toEqual(days);
  });
});
