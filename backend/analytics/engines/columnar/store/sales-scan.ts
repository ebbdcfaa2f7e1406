import type { MeasureId, Measures } from '../../../measures.ts';
import { type AmountColumn, NO_AMOUNT, placeOf } from './amounts.ts';
import { addBlock, blocksWithin, totalsOf } from './block-totals.ts';
import type { BlockRange, BlockTotals } from './blocks.ts';
import { type Cells, writeTenThousandths } from './cells.ts';
import type { CodeArray } from './codes.ts';
import type { StoreQuestion } from './contract.ts';
import { costByKey, costChosen, costRange } from './cost-sums.ts';
import type { Bucket } from './days.ts';
import { type Dictionaries, dimensions } from './dimensions.ts';
import { DistinctAccounts } from './distinct-accounts.ts';
import { ExactSums } from './exact-sums.ts';
import { bySelectivity, type CodeFilter, choose, passes } from './filters.ts';
import type { SalesSegment } from './sales-segment.ts';
import { BLOCK_ROWS, countByKey, keysOf, sumByKey, sumChosen, sumRange } from './sales-sums.ts';

type SummedMeasure = 'revenue' | 'units' | 'costedRevenue' | 'cost';

/** Adds up sales, one bucket after the other. */
export class SalesScan {
  readonly #filters: readonly CodeFilter[];
  #ordered = new Map<SalesSegment, CodeFilter[]>();
  readonly #dictionaries: Dictionaries;
  /** the dimension split by; null: none */
  readonly #by: number | null;
  readonly #wanted: ReadonlySet<MeasureId>;
  readonly #keys: number;
  readonly #counts: Float64Array<ArrayBuffer>;
  readonly #costedCounts: Float64Array<ArrayBuffer>;
  readonly #sums: Readonly<Record<SummedMeasure, ExactSums>>;
  /** ten-thousandths of the amounts that stand beside the columns */
  readonly #odd: Readonly<Record<SummedMeasure, Map<number, bigint>>> = {
    revenue: new Map(),
    units: new Map(),
    costedRevenue: new Map(),
    cost: new Map(),
  };
  readonly #divisors: { amount: bigint; cost: bigint; quantity: bigint };
  readonly #chosen = new Uint32Array(BLOCK_ROWS);
  /** of the chosen rows */
  readonly #blockKeys = new Uint32Array(BLOCK_ROWS);
  /** null: they are not asked for */
  readonly #accounts: DistinctAccounts | null;

  constructor(
    { amount, cost, quantity }: SalesSegment,
    dictionaries: Dictionaries,
    filters: readonly CodeFilter[],
    by: StoreQuestion['by'],
    { measures, accounts }: { measures: readonly MeasureId[]; accounts: number },
  ) {
    this.#filters = filters;
    this.#dictionaries = dictionaries;
    this.#wanted = new Set(measures);
    this.#by = by === null ? null : dimensions.indexOf(by as (typeof dimensions)[number]);
    if (this.#by === -1) throw new Error(`sales have no ${by}`);
    this.#keys = this.#by === null ? 1 : (dictionaries[this.#by] as Dictionaries[number]).size;
    const keys = this.#keys;
    this.#accounts = this.#wanted.has('activeCustomers') ? new DistinctAccounts(accounts, keys) : null;
    this.#counts = new Float64Array(keys);
    this.#costedCounts = new Float64Array(keys);
    const [revenue, units] = [new ExactSums(keys), new ExactSums(keys)];
    this.#sums = { revenue, units, costedRevenue: new ExactSums(keys), cost: new ExactSums(keys) };
    this.#divisors = {
      amount: BigInt(amount.divisor),
      cost: BigInt(cost.divisor),
      quantity: BigInt(quantity.divisor),
    };
  }

  get asksForAccounts(): boolean {
    return this.#accounts !== null;
  }

  /** Days follow of which sales have left, or none has. */
  begin(isThinned: boolean): void {
    this.#accounts?.begin(isThinned);
  }

  get #wantsCost(): boolean {
    return this.#wanted.has('costedRevenue') || this.#wanted.has('costedCount') || this.#wanted.has('cost');
  }

  /** Adds the rows of a segment from `from` to before `to` to the bucket, or takes them away. */
  add(segment: SalesSegment, from: number, to: number, sign: 1 | -1): void {
    if (from >= to) return;
    const totals = this.#totals(segment);
    const whole = totals && blocksWithin(totals, from, to);
    if (whole) {
      const { first, end } = whole;
      this.#addRows(segment, from, totals.starts[first] as number, sign);
      const mask = this.#filters[0]?.mask ?? null;
      for (let block = first; block < end; block++) {
        this.#expect(segment, (totals.starts[block + 1] as number) - (totals.starts[block] as number));
        addBlock(totals, block, mask, this.#by !== null, sign, this.#blockSums);
      }
      this.#addRows(segment, totals.starts[end] as number, to, sign);
      this.#addAccountsOf(segment, totals, whole, sign);
    } else {
      this.#addRows(segment, from, to, sign);
    }
    this.#addOdd(segment, from, to, sign);
  }

  /** Totals that tell all that is asked: split and filtered by one dimension at most. */
  #totals(segment: SalesSegment): BlockTotals | null {
    const [filter, ...others] = this.#filters;
    if (others.length > 0 || filter?.or || (filter && this.#by !== null && filter.dimension !== this.#by)) return null;
    const dimension = filter?.dimension ?? this.#by;
    const keys = dimension === null ? 1 : (this.#dictionaries[dimension] as Dictionaries[number]).size;
    return totalsOf(segment, dimension, keys);
  }

  #addRows(segment: SalesSegment, from: number, to: number, sign: 1 | -1): void {
    if (from >= to) return;
    const filters = this.#orderedFor(segment);
    const isWhole = filters.length === 0 && this.#by === null;
    for (let start = from; start < to; start += BLOCK_ROWS) {
      const end = Math.min(to, start + BLOCK_ROWS);
      if (isWhole) this.#addRange(segment, start, end, sign);
      else this.#addChosen(segment, choose(filters, segment.codes, start, end, this.#chosen), sign);
    }
  }

  #orderedFor(segment: SalesSegment): CodeFilter[] {
    let filters = this.#ordered.get(segment);
    if (!filters) {
      filters = bySelectivity(this.#filters, segment.codes, 0, segment.rows);
      this.#ordered.set(segment, filters);
    }
    return filters;
  }

  /** Adds the accounts of blocks: from their marks as far as they have any. */
  #addAccountsOf(segment: SalesSegment, totals: BlockTotals, whole: BlockRange, sign: 1 | -1): void {
    const mask = this.#filters[0]?.mask ?? null;
    const told = this.#accounts?.blocks(segment, totals, whole, { mask, isSplit: this.#by !== null });
    if (!told) return;
    const startOf = (block: number) => totals.starts[block] as number;
    this.#addAccounts(segment, startOf(whole.first), startOf(told.first), sign);
    this.#addAccounts(segment, startOf(told.end), startOf(whole.end), sign);
  }

  /** Adds the accounts of rows whose other measures are told by totals. */
  #addAccounts(segment: SalesSegment, from: number, to: number, sign: 1 | -1): void {
    const filters = this.#orderedFor(segment);
    if (filters.length === 0 && this.#by === null) {
      this.#accounts?.range(segment, from, to, sign);
      return;
    }
    for (let start = from; start < to; start += BLOCK_ROWS) {
      const count = choose(filters, segment.codes, start, Math.min(to, start + BLOCK_ROWS), this.#chosen);
      if (this.#by !== null) keysOf(segment.codes[this.#by] as CodeArray, this.#chosen, count, this.#blockKeys);
      this.#addChosenAccounts(segment, count, sign);
    }
  }

  /** Of the chosen rows, whose keys are in `#blockKeys` where they are split. */
  #addChosenAccounts(segment: SalesSegment, count: number, sign: 1 | -1): void {
    this.#accounts?.chosen(segment, this.#chosen, this.#by === null ? null : this.#blockKeys, count, sign);
  }

  #addRange(segment: SalesSegment, from: number, to: number, sign: 1 | -1): void {
    const { amount, cost, quantity } = segment;
    increase(this.#counts, 0, sign * (to - from));
    this.#expect(segment, to - from);
    const { revenue, units } = this.#sums;
    if (this.#wanted.has('revenue')) increase(revenue.values, 0, sign * sumRange(amount.values, from, to));
    if (this.#wanted.has('units')) increase(units.values, 0, sign * sumRange(quantity.values, from, to));
    if (this.#wantsCost) costRange(amount.values, cost.values, from, to, sign, this.#costSums);
    this.#accounts?.range(segment, from, to, sign);
  }

  #addChosen(segment: SalesSegment, count: number, sign: 1 | -1): void {
    if (count === 0) return;
    const { amount, cost, quantity } = segment;
    const chosen = this.#chosen;
    this.#expect(segment, count);
    const { revenue, units } = this.#sums;
    if (this.#by === null) {
      increase(this.#counts, 0, sign * count);
      if (this.#wanted.has('revenue')) increase(revenue.values, 0, sign * sumChosen(amount.values, chosen, count));
      if (this.#wanted.has('units')) increase(units.values, 0, sign * sumChosen(quantity.values, chosen, count));
      if (this.#wantsCost) costChosen(amount.values, cost.values, chosen, count, sign, this.#costSums);
      this.#addChosenAccounts(segment, count, sign);
      return;
    }
    const keys = this.#blockKeys;
    keysOf(segment.codes[this.#by] as CodeArray, chosen, count, keys);
    countByKey(keys, count, sign, this.#counts);
    if (this.#wanted.has('revenue')) sumByKey(amount.values, chosen, keys, count, sign, revenue.values);
    if (this.#wanted.has('units')) sumByKey(quantity.values, chosen, keys, count, sign, units.values);
    if (this.#wantsCost) costByKey(amount.values, cost.values, chosen, keys, count, sign, this.#costSums);
    this.#addChosenAccounts(segment, count, sign);
  }

  #expect({ amount, cost, quantity }: SalesSegment, count: number): void {
    this.#sums.revenue.expect(count, amount.largest);
    this.#sums.units.expect(count, quantity.largest);
    this.#sums.costedRevenue.expect(count, amount.largest);
    this.#sums.cost.expect(count, cost.largest);
  }

  get #costSums() {
    const { costedRevenue, cost } = this.#sums;
    return { revenue: costedRevenue.values, cost: cost.values, count: this.#costedCounts };
  }

  get #blockSums() {
    const { revenue, units, costedRevenue, cost } = this.#sums;
    return {
      ...{ counts: this.#counts, costedCounts: this.#costedCounts, revenue: revenue.values, units: units.values },
      ...{ costedRevenue: costedRevenue.values, cost: cost.values },
    };
  }

  #addOdd(segment: SalesSegment, from: number, to: number, sign: 1 | -1): void {
    const { amount, cost, quantity, codes } = segment;
    const each = ({ oddRows, oddValues }: AmountColumn, take: (row: number, key: number, value: bigint) => void) => {
      for (let place = placeOf(oddRows, from); place < oddRows.length; place++) {
        const row = oddRows[place] as number;
        if (row >= to) return;
        if (!passes(this.#filters, codes, row)) continue;
        const key = this.#by === null ? 0 : ((codes[this.#by] as CodeArray)[row] as number);
        take(row, key, BigInt(sign) * (oddValues[place] as bigint));
      }
    };
    each(amount, (row, key, value) => {
      add(this.#odd.revenue, key, value);
      if (cost.values[row] !== NO_AMOUNT) add(this.#odd.costedRevenue, key, value);
    });
    each(quantity, (_, key, value) => add(this.#odd.units, key, value));
    each(cost, (_, key, value) => add(this.#odd.cost, key, value));
  }

  /** Hands over the cells of the bucket and begins the next one. */
  emit({ text }: Bucket, cells: Cells): void {
    const dictionary = this.#by === null ? null : (this.#dictionaries[this.#by] as Dictionaries[number]);
    const accounts = this.#accounts?.finish(this.#counts);
    for (let key = 0; key < this.#keys; key++) {
      if (this.#counts[key] === 0) continue;
      const found = this.#measuresOf(key);
      if (accounts) found.activeCustomers = String(accounts[key]);
      cells.add(text, dictionary?.valueOf(key) ?? null, found);
    }
    this.#counts.fill(0);
    this.#costedCounts.fill(0);
    for (const sums of Object.values(this.#sums)) sums.clear();
    for (const odd of Object.values(this.#odd)) odd.clear();
  }

  #measuresOf(key: number): Partial<Measures> {
    const { amount, cost, quantity } = this.#divisors;
    const total = (measure: SummedMeasure, divisor: bigint): string =>
      writeTenThousandths(this.#sums[measure].total(key) * divisor + (this.#odd[measure].get(key) ?? 0n));
    const isCosted = this.#costedCounts[key] !== 0;
    const found: Partial<Measures> = {};
    if (this.#wanted.has('revenue')) found.revenue = total('revenue', amount);
    if (this.#wanted.has('saleCount')) found.saleCount = String(this.#counts[key]);
    if (this.#wanted.has('units')) found.units = total('units', quantity);
    if (this.#wanted.has('costedRevenue')) found.costedRevenue = isCosted ? total('costedRevenue', amount) : '0';
    if (this.#wanted.has('costedCount')) found.costedCount = String(this.#costedCounts[key]);
    if (this.#wanted.has('cost')) found.cost = isCosted ? total('cost', cost) : '0';
    return found;
  }
}

function increase(values: Float64Array, key: number, by: number): void {
  values[key] = (values[key] as number) + by;
}

function add(sums: Map<number, bigint>, key: number, value: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + value);
}
