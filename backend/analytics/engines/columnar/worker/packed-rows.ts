import type { MeasureRow } from '../../../engine.ts';
import { type MeasureId, noMeasures } from '../../../measures.ts';

type Packed = [
  measures: readonly MeasureId[],
  rows: [bucket: string | null, key: string | null, ...(string | null)[]][],
];

/**
 * Cells as one text, with only what was asked for: thousands of objects would keep the thread that takes them busy for
 * many milliseconds.
 */
export function packRows(rows: readonly MeasureRow[], measures: readonly MeasureId[]): string {
  const packed: Packed = [
    measures,
    rows.map(({ bucket, key, measures: found }) => [bucket, key, ...measures.map((id) => found[id])]),
  ];
  return JSON.stringify(packed);
}

/** The cells that were packed; measures that nobody asked for are zero. */
export function unpackRows(text: string): MeasureRow[] {
  const [measures, rows] = JSON.parse(text) as Packed;
  return rows.map(([bucket, key, ...values]) => {
    const found: Record<string, string | null> = { ...noMeasures };
    for (let index = 0; index < measures.length; index++) found[measures[index] as MeasureId] = values[index] ?? null;
    return { bucket, key, measures: found as MeasureRow['measures'] };
  });
}
