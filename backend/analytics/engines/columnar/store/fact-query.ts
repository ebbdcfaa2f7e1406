import type { MeasureId, Measures } from '../../../measures.ts';
import type { Cells } from './cells.ts';
import type { CodeArray } from './codes.ts';
import type { StoreQuestion } from './contract.ts';
import { type Bucket, bucketsBetween, dayNumber } from './days.ts';
import { type Dictionaries, dimensions } from './dimensions.ts';
import { type KeyedFact, LOST, OPEN, WON } from './fact-rows.ts';
import { type FactTable, NOTHING } from './fact-table.ts';
import { FactTotals } from './fact-totals.ts';
import { codeFilters, narrow } from './filters.ts';

/** Rows of a table, those of a bucket together. */
interface Chosen {
  rows: Uint32Array;
  /** the bucket of each of them and where they begin; and where the last ones end */
  buckets: readonly { bucket: Pick<Bucket, 'text'>; start: number; end: number }[];
}

/** Adds the cells of all measures of one kind of fact. */
export function answerFacts(
  fact: KeyedFact,
  table: FactTable,
  dictionaries: Dictionaries,
  question: StoreQuestion,
  measures: readonly MeasureId[],
  cells: Cells,
): void {
  const { by, grain, period, today } = question;
  if (fact === 'pipeline' && (grain !== null || period.to < today)) {
    throw new Error('the store knows the pipeline only as it is now');
  }
  const filters = codeFilters(question, dictionaries, fact !== 'spend');
  if (filters === null || table.rows === 0) return;
  const found = table.rowList();
  const candidates = fact === 'pipeline' ? openRows(table, found) : datedRows(fact, table, question, found);
  const count = narrow(filters, table.codes, found, candidates);
  if (count === 0) return;

  const byIndex = by === null ? null : dimensions.indexOf(by as (typeof dimensions)[number]);
  const keys = byIndex === null ? null : (table.codes[byIndex] as CodeArray);
  const dictionary = byIndex === null ? null : (dictionaries[byIndex] as Dictionaries[number]);
  const wanted = new Set<string>(measures);
  const totals = new FactTotals(fact, table, keys, dictionary?.size ?? 1);
  const { rows, buckets } =
    fact === 'pipeline' || grain === null
      ? { rows: found.subarray(0, count), buckets: [{ bucket: { text: null }, start: 0, end: count }] }
      : byBucket(table, question, found.subarray(0, count));
  for (const { bucket, start, end } of buckets) {
    if (start === end) continue;
    totals.add(rows, start, end);
    totals.emit((key, found: Partial<Measures>) => {
      const own = Object.fromEntries(Object.entries(found).filter(([id]) => wanted.has(id)));
      cells.add(bucket.text, dictionary?.valueOf(key) ?? null, own);
    });
  }
}

function openRows({ rows, states }: FactTable, found: Uint32Array): number {
  let count = 0;
  for (let row = 0; row < rows; row++) {
    found[count] = row;
    if (states[row] === OPEN) count++;
  }
  return count;
}

/** Rows of the period; of opportunities those that are closed. */
function datedRows(fact: KeyedFact, table: FactTable, { period }: StoreQuestion, found: Uint32Array): number {
  const { rows, days, states } = table;
  const [from, to] = [dayNumber(period.from), dayNumber(period.to)];
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const day = days[row] as number;
    found[count] = row;
    if (day >= from && day <= to && day !== NOTHING) count++;
  }
  if (fact !== 'closed') return count;
  let closed = 0;
  for (let at = 0; at < count; at++) {
    const row = found[at] as number;
    found[closed] = row;
    if (states[row] === WON || states[row] === LOST) closed++;
  }
  return closed;
}

/** Sorts rows by the bucket of their day. */
function byBucket({ days }: FactTable, { grain }: StoreQuestion, found: Uint32Array): Chosen {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of found) {
    const day = days[row] as number;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  const buckets = bucketsBetween(first, last + 1, grain);
  const bucketOfDay = new Uint32Array(last - first + 1);
  for (const [index, { from, until }] of buckets.entries()) bucketOfDay.fill(index, from - first, until - first);
  const starts = new Uint32Array(buckets.length + 1);
  const bucketOf = (row: number): number => bucketOfDay[(days[row] as number) - first] as number;
  for (const row of found) starts[bucketOf(row) + 1] = (starts[bucketOf(row) + 1] as number) + 1;
  for (let index = 1; index < starts.length; index++) {
    starts[index] = (starts[index] as number) + (starts[index - 1] as number);
  }
  const next = starts.slice();
  const rows = new Uint32Array(found.length);
  for (const row of found) {
    const bucket = bucketOf(row);
    const at = next[bucket] as number;
    rows[at] = row;
    next[bucket] = at + 1;
  }
  return {
    rows,
    buckets: buckets.map((bucket, index) => ({
      bucket,
      start: starts[index] as number,
      end: starts[index + 1] as number,
    })),
  };
}
