import { placeOf } from './amounts.ts';
import { markedAccounts } from './block-accounts.ts';
import type { BlockAccounts, BlockRange, BlockTotals } from './blocks.ts';
import type { CodeArray } from './codes.ts';
import { costByKey } from './cost-sums.ts';
import { bucketAround } from './days.ts';
import type { SalesSegment } from './sales-segment.ts';
import { BLOCK_ROWS, countByKey, keysOf, sumByKey } from './sales-sums.ts';

/** With fewer rows, adding them up is as quick. */
const FEWEST_ROWS = 50_000;
const BYTES_PER_CELL = 4 * Float64Array.BYTES_PER_ELEMENT + 2 * Uint32Array.BYTES_PER_ELEMENT;
/** What the totals of one dimension may take, for each row of the segment. */
const MOST_BYTES_PER_ROW = 2;
/** So far, no digit of a sum is lost. */
const EXACT_LIMIT = 2 ** 52;

const known = new WeakMap<SalesSegment, Map<number | null, BlockTotals | null>>();

/** The totals by a dimension, or of all rows, made when first asked for; null where they aren't worth their memory, or not exact. */
export function totalsOf(segment: SalesSegment, dimension: number | null, keys: number): BlockTotals | null {
  if (segment.rows < FEWEST_ROWS) return null;
  const ofSegment = known.get(segment) ?? new Map<number | null, BlockTotals | null>();
  known.set(segment, ofSegment);
  let totals = ofSegment.get(dimension);
  // Codes that came later are of no row of this segment.
  if (totals === undefined) {
    totals = made(segment, dimension, keys);
    ofSegment.set(dimension, totals);
  }
  return totals;
}

/** The accounts of each cell of totals; null where they aren't worth their memory. `accounts`: they are below this */
export function accountsOf(segment: SalesSegment, totals: BlockTotals, accounts: number): BlockAccounts | null {
  // Accounts that came later are of no row of this segment.
  if (totals.accounts === undefined) totals.accounts = markedAccounts(segment, totals, accounts);
  return totals.accounts;
}

/** What the totals of a segment take in memory. */
export function bytesOfTotals(segment: SalesSegment): number {
  let bytes = 0;
  for (const totals of known.get(segment)?.values() ?? []) {
    bytes += (totals?.counts.length ?? 0) * BYTES_PER_CELL + (totals?.accounts?.marks.byteLength ?? 0);
  }
  return bytes;
}

/** The blocks that lie between two rows as a whole; null: none. */
export function blocksWithin({ starts }: BlockTotals, from: number, to: number): BlockRange | null {
  const first = placeOf(starts, from);
  const after = placeOf(starts, to + 1) - 1;
  return after > first ? { first, end: after } : null;
}

/** What blocks are added to: a sum for each code, or all in the first one. */
export type BlockSums = Readonly<
  Record<'counts' | 'costedCounts' | 'revenue' | 'units' | 'costedRevenue' | 'cost', Float64Array>
>;

/** Adds a block, or takes it away: the codes that `mask` has, each to its own sum where it is split by them. */
export function addBlock(
  totals: BlockTotals,
  block: number,
  mask: Uint8Array | null,
  isSplit: boolean,
  sign: 1 | -1,
  into: BlockSums,
): void {
  const { keys, counts, costedCounts, revenue, units, costedRevenue, cost } = totals;
  for (let code = 0, at = block * keys; code < keys; code++, at++) {
    if (counts[at] === 0 || (mask !== null && mask[code] !== 1)) continue;
    const key = isSplit ? code : 0;
    increase(into.counts, key, sign * (counts[at] as number));
    increase(into.costedCounts, key, sign * (costedCounts[at] as number));
    increase(into.revenue, key, sign * (revenue[at] as number));
    increase(into.units, key, sign * (units[at] as number));
    increase(into.costedRevenue, key, sign * (costedRevenue[at] as number));
    increase(into.cost, key, sign * (cost[at] as number));
  }
}

function increase(sums: Float64Array, key: number, by: number): void {
  sums[key] = (sums[key] as number) + by;
}

/** The first row of each month, and the end of the last one. */
function monthStarts({ days, starts, rows }: SalesSegment): Uint32Array {
  const found: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const [index, day] of days.entries()) {
    if (day < end) continue;
    found.push(starts[index] as number);
    end = bucketAround(day, 'month').end;
  }
  return Uint32Array.from([...found, rows]);
}

function made(segment: SalesSegment, dimension: number | null, keys: number): BlockTotals | null {
  const { rows, amount, cost, quantity } = segment;
  const starts = monthStarts(segment);
  const blocks = starts.length - 1;
  if (blocks * keys * BYTES_PER_CELL > rows * MOST_BYTES_PER_ROW) return null;
  const longest = starts.reduce((most, start, index) => Math.max(most, start - (starts[index - 1] ?? 0)), 0);
  if (longest * Math.max(amount.largest, cost.largest, quantity.largest) >= EXACT_LIMIT) return null;
  const cells = () => new Float64Array(blocks * keys);
  const counts = () => new Uint32Array(blocks * keys);
  const totals: BlockTotals = {
    ...{ dimension, starts, keys, counts: counts(), costedCounts: counts() },
    ...{ revenue: cells(), units: cells(), costedRevenue: cells(), cost: cells() },
  };
  const chosen = new Uint32Array(BLOCK_ROWS);
  const blockKeys = new Uint32Array(BLOCK_ROWS);
  const [count, costed] = [new Float64Array(keys), new Float64Array(keys)];
  for (let block = 0; block < blocks; block++) {
    const at = block * keys;
    const [revenue, units] = [totals.revenue.subarray(at, at + keys), totals.units.subarray(at, at + keys)];
    const costSums = {
      revenue: totals.costedRevenue.subarray(at, at + keys),
      cost: totals.cost.subarray(at, at + keys),
      count: costed,
    };
    const end = starts[block + 1] as number;
    for (let start = starts[block] as number; start < end; start += BLOCK_ROWS) {
      const some = Math.min(end - start, BLOCK_ROWS);
      for (let index = 0; index < some; index++) chosen[index] = start + index;
      if (dimension !== null) keysOf(segment.codes[dimension] as CodeArray, chosen, some, blockKeys);
      countByKey(blockKeys, some, 1, count);
      sumByKey(amount.values, chosen, blockKeys, some, 1, revenue);
      sumByKey(quantity.values, chosen, blockKeys, some, 1, units);
      costByKey(amount.values, cost.values, chosen, blockKeys, some, 1, costSums);
    }
    totals.counts.set(count, at);
    totals.costedCounts.set(costed, at);
    count.fill(0);
    costed.fill(0);
  }
  return totals;
}
