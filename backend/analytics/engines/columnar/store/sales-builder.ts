import { type AmountFormat, encodeAmounts, type RawAmounts } from './amounts.ts';
import { CodeColumn, type CodeWidth, newCodes } from './codes.ts';
import type { AccountCodes, SaleRow, SalesLoad } from './contract.ts';
import { type Dictionaries, dimensions } from './dimensions.ts';
import { amountColumns, type SalesSegment } from './sales-segment.ts';

const START = 1024;
const EXACT = BigInt(Number.MAX_SAFE_INTEGER);

type Formats = Record<(typeof amountColumns)[number], AmountFormat>;

/** Takes sales in any order. */
export class SalesBuilder implements SalesLoad {
  rows = 0;
  readonly #dictionaries: Dictionaries;
  readonly #buyers: AccountCodes;
  readonly #codes = dimensions.map(() => new CodeColumn(new Uint8Array(START)));
  #days = new Int32Array(START);
  #accounts = new Uint32Array(START);
  readonly #amounts: RawAmounts[] = amountColumns.map(() => ({ values: new Float64Array(START), large: new Map() }));

  constructor(dictionaries: Dictionaries, buyers: AccountCodes) {
    this.#dictionaries = dictionaries;
    this.#buyers = buyers;
  }

  codeOf(dimension: number, value: string): number {
    return (this.#dictionaries[dimension] as Dictionaries[number]).add(value);
  }

  accountCode(id: string): number {
    return this.#buyers.codeOf(id);
  }

  add(day: number, codes: Uint32Array, account: number, amounts: Float64Array): number {
    const row = this.rows;
    if (row === this.#days.length) this.#grow(row * 2);
    this.#days[row] = day;
    this.#accounts[row] = account;
    for (let index = 0; index < this.#codes.length; index++) {
      (this.#codes[index] as CodeColumn).set(row, codes[index] as number);
    }
    for (let index = 0; index < this.#amounts.length; index++) {
      (this.#amounts[index] as RawAmounts).values[row] = amounts[index] as number;
    }
    this.rows = row + 1;
    return row;
  }

  setLarge(row: number, amount: number, value: bigint): void {
    (this.#amounts[amount] as RawAmounts).large.set(row, value);
  }

  /** Takes a sale in by its values. */
  take(sale: SaleRow): void {
    const codes = Uint32Array.from(dimensions, (name, index) => {
      const value = sale[name];
      return value === null ? 0 : this.codeOf(index, value);
    });
    const given = [sale.amount, sale.cost, sale.quantity];
    const row = this.add(
      sale.day,
      codes,
      sale.account === null ? 0 : this.accountCode(sale.account),
      Float64Array.from(given, (value) => (value === null ? Number.NaN : Number(value))),
    );
    for (const [index, value] of given.entries()) {
      if (value !== null && (value > EXACT || value < -EXACT)) this.setLarge(row, index, value);
    }
  }

  #grow(rows: number): void {
    const days = new Int32Array(rows);
    days.set(this.#days);
    this.#days = days;
    const accounts = new Uint32Array(rows);
    accounts.set(this.#accounts);
    this.#accounts = accounts;
    for (const column of this.#codes) column.resize(rows);
    for (const amounts of this.#amounts) {
      const values = new Float64Array(rows);
      values.set(amounts.values);
      amounts.values = values;
    }
  }

  /** All sales by day. `like`: how amounts are to be written, where the segment will be merged with others. */
  finish(like?: Formats): SalesSegment {
    const { rows } = this;
    const { days, starts, places } = placesByDay(this.#days, rows);
    this.#days = new Int32Array(0);
    const codes = this.#codes.map((column) => {
      const sorted = newCodes(column.array.BYTES_PER_ELEMENT as CodeWidth, rows);
      for (let row = 0; row < rows; row++) sorted[places[row] as number] = column.array[row] as number;
      column.array = new Uint8Array(0);
      return sorted;
    });
    const accounts = new Uint32Array(rows);
    for (let row = 0; row < rows; row++) accounts[places[row] as number] = this.#accounts[row] as number;
    this.#accounts = new Uint32Array(0);
    const [amount, cost, quantity] = amountColumns.map((column, index) => {
      const raw = this.#amounts[index] as RawAmounts;
      const encoded = encodeAmounts(raw, rows, places, like?.[column]);
      raw.values = new Float64Array(0);
      return encoded;
    });
    if (!amount || !cost || !quantity) throw new Error('a column of amounts is missing');
    return { rows, days, starts, codes, accounts, amount, cost, quantity };
  }
}

/** Where each row goes when rows are sorted by day. */
function placesByDay(dayOf: Int32Array, rows: number): Pick<SalesSegment, 'days' | 'starts'> & { places: Uint32Array } {
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const day = dayOf[row] as number;
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const days = Int32Array.from(counts.keys()).sort();
  const starts = new Uint32Array(days.length + 1);
  const next = new Map<number, number>();
  for (const [index, day] of days.entries()) {
    const start = starts[index] as number;
    next.set(day, start);
    starts[index + 1] = start + (counts.get(day) as number);
  }
  const places = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const day = dayOf[row] as number;
    const place = next.get(day) as number;
    places[row] = place;
    next.set(day, place + 1);
  }
  return { days, starts, places };
}
