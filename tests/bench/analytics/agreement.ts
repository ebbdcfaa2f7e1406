import type { MeasureRow } from '../../../backend/analytics/engine.ts';
import type { MeasureId } from '../../../backend/analytics/measures.ts';

/** A row of another engine: cells it has no facts for may be missing or null. */
export type ComparedRow = Omit<MeasureRow, 'measures'> & {
  measures: Partial<Record<MeasureId, string | number | null>>;
};

/** DuckDB gives medians as floating-point numbers, so figures are compared as such. */
const TOLERANCE = 1e-9;

const isFigure = (value: string | number | null | undefined): value is string | number =>
  value !== null && value !== undefined && Number(value) !== 0;

/** @throws Error when two engines do not give the same cells */
export function assertAgreement(
  what: string,
  measures: readonly MeasureId[],
  ours: readonly ComparedRow[],
  theirs: readonly ComparedRow[],
): void {
  const byCell = (rows: readonly ComparedRow[]) =>
    new Map(rows.map((row) => [JSON.stringify([row.bucket, row.key]), row.measures]));
  const [left, right] = [byCell(ours), byCell(theirs)];
  for (const cell of new Set([...left.keys(), ...right.keys()])) {
    for (const measure of measures) {
      const a = left.get(cell)?.[measure];
      const b = right.get(cell)?.[measure];
      const isSame = isFigure(a) && isFigure(b) ? near(Number(a), Number(b)) : isFigure(a) === isFigure(b);
      if (!isSame) throw new Error(`${what}: ${measure} of ${cell} is ${a} and ${b}`);
    }
  }
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
