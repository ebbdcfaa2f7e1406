import { type AmountColumn, amountAt, encodeAmounts, listOf, placeOf, type RawAmounts } from './amounts.ts';
import { type CodeArray, type CodeWidth, newCodes } from './codes.ts';
import { amountColumns, rowOfDay, type SalesSegment } from './sales-segment.ts';

const SHORT = 16;
/** From this share on, amounts beside the column are worth a new column. */
const MANY_ODD = 1 / 32;

/** Rows `from` to before `to` of a source, which go to row `at` and on. */
interface Run {
  source: number;
  from: number;
  to: number;
  at: number;
}

/** Rows that are left out, by segment: 1 for each. */
export type Dropped = ReadonlyMap<SalesSegment, Uint8Array>;

/**
 * One segment of all rows of others. All of them write amounts in the same way; so does the result, unless
 * `mayReformat` and another way suits better.
 */
export function mergeSegments(
  segments: readonly SalesSegment[],
  { dropped = new Map(), mayReformat = false }: { dropped?: Dropped; mayReformat?: boolean } = {},
): SalesSegment {
  const { runs, days, starts, rows } = runsOf(segments, dropped);
  const first = segments[0] as SalesSegment;
  const codes = first.codes.map((_, index) =>
    mergeCodes(
      segments.map((segment) => segment.codes[index] as CodeArray),
      runs,
      rows,
    ),
  );
  const accounts = new Uint32Array(rows);
  copyRuns(
    accounts,
    segments.map((segment) => segment.accounts),
    runs,
  );
  const [amount, cost, quantity] = amountColumns.map((column) => {
    const merged = mergeAmounts(
      segments.map((segment) => segment[column]),
      runs,
      rows,
    );
    return mayReformat && merged.oddRows.length > rows * MANY_ODD ? encodedAnew(merged, rows) : merged;
  });
  if (!amount || !cost || !quantity) throw new Error('a column of amounts is missing');
  return { rows, days, starts, codes, accounts, amount, cost, quantity };
}

function runsOf(segments: readonly SalesSegment[], dropped: Dropped) {
  const runs: Run[] = [];
  const days: number[] = [];
  const starts: number[] = [];
  let at = 0;
  for (const day of Int32Array.from(new Set(segments.flatMap((segment) => [...segment.days]))).sort()) {
    const start = at;
    for (const [source, segment] of segments.entries()) {
      const out = dropped.get(segment);
      const end = rowOfDay(segment, day + 1);
      for (let from = rowOfDay(segment, day); from < end; ) {
        if (out?.[from] === 1) {
          from++;
          continue;
        }
        let to = from + 1;
        if (out) while (to < end && out[to] !== 1) to++;
        else to = end;
        runs.push({ source, from, to, at });
        at += to - from;
        from = to;
      }
    }
    if (at === start) continue;
    days.push(day);
    starts.push(start);
  }
  starts.push(at);
  return { runs, days: Int32Array.from(days), starts: Uint32Array.from(starts), rows: at };
}

type Numbers = CodeArray | AmountColumn['values'];

function copyRuns(target: Numbers, sources: readonly Numbers[], runs: readonly Run[]): void {
  for (const { source, from, to, at } of runs) {
    const values = sources[source] as Numbers;
    if (to - from > SHORT) target.set(values.subarray(from, to), at);
    else for (let row = from; row < to; row++) target[at + row - from] = values[row] as number;
  }
}

function mergeCodes(sources: readonly CodeArray[], runs: readonly Run[], rows: number): CodeArray {
  const width = Math.max(...sources.map((codes) => codes.BYTES_PER_ELEMENT)) as CodeWidth;
  const merged = newCodes(width, rows);
  copyRuns(merged, sources, runs);
  return merged;
}

function mergeAmounts(sources: readonly AmountColumn[], runs: readonly Run[], rows: number): AmountColumn {
  const { divisor, isWide } = sources[0] as AmountColumn;
  if (sources.some((source) => source.divisor !== divisor || source.isWide !== isWide)) {
    throw new Error('segments write their amounts in different ways');
  }
  const values = isWide ? new Float64Array(rows) : new Int32Array(rows);
  copyRuns(
    values,
    sources.map((source) => source.values),
    runs,
  );
  const odd: [number, bigint][] = [];
  for (const { source, from, to, at } of runs) {
    const { oddRows, oddValues } = sources[source] as AmountColumn;
    if (oddRows.length === 0) continue;
    for (let place = placeOf(oddRows, from); place < oddRows.length && (oddRows[place] as number) < to; place++) {
      odd.push([at + (oddRows[place] as number) - from, oddValues[place] as bigint]);
    }
  }
  const largest = Math.max(...sources.map((source) => source.largest));
  return { divisor, isWide, values, largest, ...listOf(odd) };
}

function encodedAnew(column: AmountColumn, rows: number): AmountColumn {
  const raw: RawAmounts = { values: new Float64Array(rows), large: new Map() };
  const places = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = amountAt(column, row);
    places[row] = row;
    raw.values[row] = value === null ? Number.NaN : Number(value);
    if (value !== null && !Number.isSafeInteger(Number(value))) raw.large.set(row, value);
  }
  return encodeAmounts(raw, rows, places);
}
