import type { Unit } from '../../../backend/contracts/analytics.ts';

/** How far a figure is from what it was: relative to that, of ratios the difference; null where there is no telling. */
export function changeOf(unit: Unit | null, now: string | null, before: string | null): number | null {
  if (now === null || before === null) return null;
  const difference = Number(now) - Number(before);
  if (unit === 'ratio') return difference;
  return Number(before) === 0 ? null : difference / Math.abs(Number(before));
}

/** Share of each value in their sum; null where there is no value, or nothing to share. */
export function shares(values: readonly (string | null)[]): (number | null)[] {
  const sum = values.reduce((total, value) => total + Number(value ?? 0), 0);
  return values.map((value) => (value === null || sum === 0 ? null : Number(value) / sum));
}
