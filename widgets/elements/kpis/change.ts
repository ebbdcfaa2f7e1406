import type { Kpi } from '../../../backend/contracts/analytics.ts';

export type Direction = 'up' | 'down' | 'same';
export interface Change {
  direction: Direction;
  /** How to take it: good, bad, or neither where nothing changed. */
  verdict: 'better' | 'worse' | 'neutral';
  /** Absolute size: a share of the value before, or for ratios a difference of ratios. */
  size: number;
  isPoints: boolean;
}

/** Below this a change would be written as zero. */
const smallest = 0.0005;

/** How a figure moved against the period before; null where there is nothing to compare with. */
export function changeOf({ change, unit, betterWhen }: Pick<Kpi, 'change' | 'unit' | 'betterWhen'>): Change | null {
  if (change === null) return null;
  const size = Math.abs(change);
  const isPoints = unit === 'ratio';
  if (size < smallest) return { direction: 'same', verdict: 'neutral', size: 0, isPoints };
  const direction = change > 0 ? 'up' : 'down';
  const verdict = (direction === 'up') === (betterWhen === 'higher') ? 'better' : 'worse';
  return { direction, verdict, size, isPoints };
}
