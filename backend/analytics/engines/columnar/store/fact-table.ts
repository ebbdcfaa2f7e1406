import { type CodeArray, CodeColumn } from './codes.ts';
import type { DayNumber, TenThousandths } from './contract.ts';
import { type Dictionaries, dimensions } from './dimensions.ts';

/** Stands for a day or a number of days that isn't there. */
export const NOTHING = -(2 ** 31);
/** An amount is `high` of these and `low` ten-thousandths: sums of either are exact. */
export const HIGH = 1_000_000_000n;
const START = 256;

/** What a row is besides its dimensions; what a kind of fact has not is null, or 0. */
export interface FactValues {
  id: string;
  day: DayNumber | null;
  /** meaning is the fact's own */
  state: number;
  amount: TenThousandths | null;
  weighted: Decimal | null;
  cycleDays: number | null;
}

export type FactRow = FactValues & Partial<Readonly<Record<(typeof dimensions)[number], string | null>>>;

/** Digits without a point: value = units / 10 ** scale. */
export interface Decimal {
  units: bigint;
  scale: number;
}

/** @throws SyntaxError when the text is no decimal number */
export function decimalOf(text: string): Decimal {
  const point = text.indexOf('.');
  return { units: BigInt(text.replace('.', '')), scale: point < 0 ? 0 : text.length - point - 1 };
}

/** The columns of a table as they are saved, cut to its rows. */
export interface FactColumns {
  codes: CodeArray[];
  days: Int32Array<ArrayBuffer>;
  states: Uint8Array<ArrayBuffer>;
  high: Int32Array<ArrayBuffer>;
  low: Int32Array<ArrayBuffer>;
  hasAmount: Uint8Array<ArrayBuffer>;
  cycleDays: Int32Array<ArrayBuffer>;
}

/** Facts that are known by an id, in columns and in no order. */
export class FactTable {
  rows = 0;
  days: FactColumns['days'];
  states: FactColumns['states'];
  high: FactColumns['high'];
  low: FactColumns['low'];
  hasAmount: FactColumns['hasAmount'];
  cycleDays: FactColumns['cycleDays'];
  readonly weighted: Map<number, Decimal>;
  readonly #codes: CodeColumn[];
  readonly #dictionaries: Dictionaries;
  readonly #ids: string[];
  /** made when first needed: a table that was read from a file may never change */
  #rowOfId: Map<string, number> | null = null;

  constructor(
    dictionaries: Dictionaries,
    saved?: { ids: string[]; columns: FactColumns; weighted: Map<number, Decimal> },
  ) {
    this.#dictionaries = dictionaries;
    this.#ids = saved?.ids ?? [];
    this.rows = this.#ids.length;
    this.#codes = dimensions.map((_, index) => new CodeColumn(saved?.columns.codes[index] ?? new Uint8Array(START)));
    this.days = saved?.columns.days ?? new Int32Array(START);
    this.states = saved?.columns.states ?? new Uint8Array(START);
    this.high = saved?.columns.high ?? new Int32Array(START);
    this.low = saved?.columns.low ?? new Int32Array(START);
    this.hasAmount = saved?.columns.hasAmount ?? new Uint8Array(START);
    this.cycleDays = saved?.columns.cycleDays ?? new Int32Array(START);
    this.weighted = saved?.weighted ?? new Map();
  }

  /** by dimension */
  get codes(): CodeArray[] {
    return this.#codes.map(({ array }) => array);
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  get bytes(): number {
    const codes = this.#codes.reduce((sum, { array }) => sum + array.byteLength, 0);
    // An id with its places in the list and the map, roughly.
    return codes + this.days.length * 18 + this.rows * 120 + this.weighted.size * 80;
  }

  get #rowsById(): Map<string, number> {
    this.#rowOfId ??= new Map(this.#ids.map((id, row) => [id, row]));
    return this.#rowOfId;
  }

  /** Takes a row in, or puts it in the place of the one with the same id. */
  put(fact: FactRow): void {
    const row = this.#rowsById.get(fact.id) ?? this.rows;
    if (row === this.rows) {
      if (row === this.days.length) this.#grow(Math.max(START, row * 2));
      this.#ids.push(fact.id);
      this.#rowsById.set(fact.id, row);
      this.rows++;
    }
    for (let index = 0; index < dimensions.length; index++) {
      const value = fact[dimensions[index] as (typeof dimensions)[number]] ?? null;
      (this.#codes[index] as CodeColumn).set(row, (this.#dictionaries[index] as Dictionaries[number]).add(value));
    }
    this.days[row] = fact.day ?? NOTHING;
    this.states[row] = fact.state;
    this.high[row] = Number((fact.amount ?? 0n) / HIGH);
    this.low[row] = Number((fact.amount ?? 0n) % HIGH);
    this.hasAmount[row] = fact.amount === null ? 0 : 1;
    this.cycleDays[row] = fact.cycleDays ?? NOTHING;
    if (fact.weighted) this.weighted.set(row, fact.weighted);
    else this.weighted.delete(row);
  }

  /** Takes a row out; nothing happens when there is none with this id. */
  remove(id: string): void {
    const row = this.#rowsById.get(id);
    if (row === undefined) return;
    const last = this.rows - 1;
    this.#rowsById.delete(id);
    const weighted = this.weighted.get(last);
    this.weighted.delete(last);
    this.weighted.delete(row);
    const lastId = this.#ids.pop() as string;
    this.rows = last;
    if (row === last) return;
    // The last row takes the place.
    this.#ids[row] = lastId;
    this.#rowsById.set(lastId, row);
    if (weighted) this.weighted.set(row, weighted);
    for (const column of [...this.codes, this.days, this.states, this.high, this.low, this.hasAmount, this.cycleDays]) {
      column[row] = column[last] as number;
    }
  }

  #grow(rows: number): void {
    for (const column of this.#codes) column.reserve(rows);
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const array = new Int32Array(rows);
      array.set(old);
      return array;
    };
    const longerFlags = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const array = new Uint8Array(rows);
      array.set(old);
      return array;
    };
    this.days = longer(this.days);
    this.high = longer(this.high);
    this.low = longer(this.low);
    this.cycleDays = longer(this.cycleDays);
    this.states = longerFlags(this.states);
    this.hasAmount = longerFlags(this.hasAmount);
  }

  /** The columns without the room behind them; views, not copies. */
  columns(): FactColumns {
    const { rows } = this;
    return {
      codes: this.codes.map((codes) => codes.subarray(0, rows)),
      days: this.days.subarray(0, rows),
      states: this.states.subarray(0, rows),
      high: this.high.subarray(0, rows),
      low: this.low.subarray(0, rows),
      hasAmount: this.hasAmount.subarray(0, rows),
      cycleDays: this.cycleDays.subarray(0, rows),
    };
  }
}
