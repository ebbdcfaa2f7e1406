import type { Measures } from '../../../measures.ts';
import { writeDecimal, writeTenThousandths } from './cells.ts';
import type { CodeArray } from './codes.ts';
import { CONVERTED, type KeyedFact, WON } from './fact-rows.ts';
import { type Decimal, type FactTable, HIGH, NOTHING } from './fact-table.ts';
import { median } from './median.ts';

/** Adds up facts of one kind, for each key, one bucket after the other. */
export class FactTotals {
  readonly #fact: KeyedFact;
  readonly #table: FactTable;
  /** null: there is one key */
  readonly #keys: CodeArray | null;
  readonly #size: number;
  readonly #counts: Float64Array;
  /** of leads those converted, of closed opportunities those won */
  readonly #good: Float64Array;
  readonly #priced: Float64Array;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #cycles = new Map<number, number[]>();
  /** by key and scale */
  readonly #weighted = new Map<number, Map<number, bigint>>();

  constructor(fact: KeyedFact, table: FactTable, keys: CodeArray | null, size: number) {
    this.#fact = fact;
    this.#table = table;
    this.#keys = keys;
    this.#size = size;
    this.#counts = new Float64Array(size);
    this.#good = new Float64Array(size);
    this.#priced = new Float64Array(size);
    this.#high = new Float64Array(size);
    this.#low = new Float64Array(size);
  }

  /** Adds the rows that `rows` names from `start` to before `end`. */
  add(rows: Uint32Array, start: number, end: number): void {
    const { states, hasAmount } = this.#table;
    const good = this.#fact === 'leads' ? CONVERTED : WON;
    const isClosed = this.#fact === 'closed';
    const hasAmounts = this.#fact !== 'customers' && this.#fact !== 'leads';
    if (!hasAmounts && this.#keys === null) {
      increase(this.#counts, 0, end - start);
      increase(this.#good, 0, countOf(states, good, rows, start, end));
      return;
    }
    for (let at = start; at < end; at++) {
      const row = rows[at] as number;
      const key = this.#keys === null ? 0 : (this.#keys[row] as number);
      const isGood = states[row] === good;
      increase(this.#counts, key, 1);
      if (isGood) increase(this.#good, key, 1);
      if (!hasAmounts || (isClosed && !isGood)) continue;
      if (hasAmount[row] === 1) this.#addAmount(row, key);
      if (isClosed) this.#addCycle(row, key);
      else this.#addWeighted(row, key);
    }
  }

  #addAmount(row: number, key: number): void {
    increase(this.#priced, key, 1);
    increase(this.#high, key, this.#table.high[row] as number);
    increase(this.#low, key, this.#table.low[row] as number);
  }

  #addCycle(row: number, key: number): void {
    const days = this.#table.cycleDays[row] as number;
    if (days === NOTHING) return;
    const known = this.#cycles.get(key);
    if (known) known.push(days);
    else this.#cycles.set(key, [days]);
  }

  #addWeighted(row: number, key: number): void {
    const weighted = this.#table.weighted.get(row);
    if (!weighted) return;
    let sums = this.#weighted.get(key);
    if (!sums) {
      sums = new Map();
      this.#weighted.set(key, sums);
    }
    sums.set(weighted.scale, (sums.get(weighted.scale) ?? 0n) + weighted.units);
  }

  /** Tells what each key that has facts adds up to, and begins anew. */
  emit(tell: (key: number, measures: Partial<Measures>) => void): void {
    for (let key = 0; key < this.#size; key++) if (this.#counts[key] !== 0) tell(key, this.#measuresOf(key));
    for (const sums of [this.#counts, this.#good, this.#priced, this.#high, this.#low]) sums.fill(0);
    this.#cycles.clear();
    this.#weighted.clear();
  }

  #measuresOf(key: number): Partial<Measures> {
    const count = this.#counts[key] as number;
    const good = this.#good[key] as number;
    switch (this.#fact) {
      case 'customers':
        return { newCustomers: String(count) };
      case 'leads':
        return { leadCount: String(count), convertedCount: String(good) };
      case 'closed':
        return {
          wonCount: String(good),
          lostCount: String(count - good),
          wonAmount: this.#amountOf(key),
          wonPriced: String(this.#priced[key]),
          cycleDays: median(this.#cycles.get(key) ?? []),
        };
      case 'pipeline': {
        const weighted = totalOf(this.#weighted.get(key));
        return {
          openCount: String(count),
          openAmount: this.#amountOf(key),
          openWeighted: weighted ? writeDecimal(weighted.units, weighted.scale) : '0',
        };
      }
      case 'spend':
        return { spend: this.#amountOf(key) };
      default:
        return this.#fact satisfies never;
    }
  }

  /** Of no amounts at all the sum is a plain zero, as in SQL. */
  #amountOf(key: number): string {
    if (this.#priced[key] === 0) return '0';
    return writeTenThousandths(BigInt(this.#high[key] as number) * HIGH + BigInt(this.#low[key] as number));
  }
}

/** Sums of decimals, by scale, as one that has as many decimals as any of them; null of none. */
function totalOf(sums: ReadonlyMap<number, bigint> | undefined): Decimal | null {
  if (!sums) return null;
  const scale = Math.max(...sums.keys());
  let units = 0n;
  for (const [own, sum] of sums) units += sum * 10n ** BigInt(scale - own);
  return { units, scale };
}

/** How many of the rows from `start` to before `end` are in a state. */
function countOf(states: Uint8Array, state: number, rows: Uint32Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) count += states[rows[at] as number] === state ? 1 : 0;
  return count;
}

function increase(sums: Float64Array, key: number, by: number): void {
  sums[key] = (sums[key] as number) + by;
}
