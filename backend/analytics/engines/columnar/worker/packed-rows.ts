import type { MeasureRow } from '../../../engine.ts';
import { type MeasureId, noMeasures } from '../../../measures.ts';

/** The cells' places, and each measure as one text: values are digits, so a comma parts them. */
interface Packed {
  buckets: (string | null)[] | null;
  keys: (string | null)[] | null;
  count: number;
  columns: [measure: MeasureId, values: string][];
}

const PART = ',';

/**
 * Cells as one text, with only what was asked for, column by column: thousands of objects would keep the thread that
 * takes them busy for many milliseconds.
 */
export function packRows(rows: readonly MeasureRow[], measures: readonly MeasureId[]): string {
  const packed: Packed = {
    buckets: rows.some(({ bucket }) => bucket !== null) ? rows.map(({ bucket }) => bucket) : null,
    keys: rows.some(({ key }) => key !== null) ? rows.map(({ key }) => key) : null,
    count: rows.length,
    columns: measures.map((id) => [id, rows.map(({ measures: found }) => found[id] ?? '').join(PART)]),
  };
  return JSON.stringify(packed);
}

/** The cells that were packed; measures that nobody asked for are zero. */
export function unpackRows(text: string): MeasureRow[] {
  const { buckets, keys, count, columns } = JSON.parse(text) as Packed;
  const rows: MeasureRow[] = [];
  for (let row = 0; row < count; row++) {
    rows.push({ bucket: buckets?.[row] ?? null, key: keys?.[row] ?? null, measures: { ...noMeasures } });
  }
  if (count === 0) return rows;
  for (const [id, values] of columns) {
    const found = values.split(PART);
    for (let row = 0; row < count; row++) {
      // An empty text is a value that there is none of.
      (rows[row] as { measures: Record<string, string | null> }).measures[id] = found[row] || null;
    }
  }
  return rows;
}
