import type { Changes } from '../../../backend/contracts/pipeline-reports.ts';

type Bar = Changes['bars'][number];

/** A bar of the waterfall with its place on the scale, in shares of the whole width. */
export interface Step {
  bar: Bar;
  start: number;
  size: number;
  /** `good`: it left the pipeline as it should */
  tone: 'total' | 'up' | 'down' | 'good';
}

/**
 * Where each bar of a waterfall stands: totals from zero, changes from where the one before ended. Only the drawing is in
 * floating point; what is written beside the bars is the exact amount.
 */
export function waterfallSteps(bars: readonly Bar[], read: (bar: Bar) => number): Step[] {
  let level = 0;
  const spans = bars.map((bar) => {
    const value = read(bar);
    const isTotal = bar.bar === 'opening' || bar.bar === 'closing';
    const before = isTotal ? 0 : level;
    level = isTotal ? value : level + value;
    return { bar, low: Math.min(before, level), high: Math.max(before, level), isTotal, value };
  });
  const low = Math.min(0, ...spans.map((span) => span.low));
  const width = Math.max(...spans.map((span) => span.high), 0) - low || 1;
  return spans.map(({ bar, low: from, high: to, isTotal, value }) => ({
    bar,
    start: (from - low) / width,
    size: (to - from) / width,
    tone: isTotal ? 'total' : bar.bar === 'won' ? 'good' : value < 0 ? 'down' : 'up',
  }));
}
