import { type CodeArray, CodeColumn } from './codes.ts';
import type { DayNumber, TenThousandths } from './contract.ts';
import { type Dictionaries, dimensions } from './dimensions.ts';
import { RowIds } from './row-ids.ts';

/** Stands for a day or a number of days that isn't there. */
export const NOTHING = -(2 ** 31);
/** An amount is `high` of these and `low` ten-thousandths: sums of either are exact. */
export const HIGH = 1_000_000_000n;
const START = 256;

/** What a row is besides its dimensions; what a kind of fact has not is null, or 0. */
export interface FactValues {
  /** a uuid */
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

/** Which columns a table has beside those that all have. */
export interface FactParts {
  amounts: boolean;
  cycles: boolean;
  /** others know its rows by their number: a row that is taken out stays, and no question finds it */
  keepsRows: boolean;
}

/** The columns of a table as they are saved, cut to its rows; those that it does not have are empty. */
export interface FactColumns {
  ids: Uint32Array<ArrayBuffer>;
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
  #rowList = new Uint32Array(0);
  /** rows that are kept without a fact */
  #empty = 0;
  days: FactColumns['days'];
  states: FactColumns['states'];
  high: FactColumns['high'];
  low: FactColumns['low'];
  hasAmount: FactColumns['hasAmount'];
  cycleDays: FactColumns['cycleDays'];
  readonly weighted: Map<number, Decimal>;
  readonly #codes: CodeColumn[];
  readonly #dictionaries: Dictionaries;
  readonly #parts: FactParts;
  readonly #ids: RowIds;

  constructor(
    dictionaries: Dictionaries,
    parts: FactParts,
    saved?: { columns: FactColumns; weighted: Map<number, Decimal> },
  ) {
    const { columns } = saved ?? {};
    const [amounts, cycles] = [parts.amounts ? START : 0, parts.cycles ? START : 0];
    this.#dictionaries = dictionaries;
    this.#parts = parts;
    this.#ids = new RowIds(columns?.ids);
    this.rows = this.#ids.rows;
    this.#codes = dimensions.map((_, index) => new CodeColumn(columns?.codes[index] ?? new Uint8Array(START)));
    this.days = columns?.days ?? new Int32Array(START);
    this.states = columns?.states ?? new Uint8Array(START);
    this.high = columns?.high ?? new Int32Array(amounts);
    this.low = columns?.low ?? new Int32Array(amounts);
    this.hasAmount = columns?.hasAmount ?? new Uint8Array(amounts);
    this.cycleDays = columns?.cycleDays ?? new Int32Array(cycles);
    this.weighted = saved?.weighted ?? new Map();
    if (parts.keepsRows) for (let row = 0; row < this.rows; row++) if (this.days[row] === NOTHING) this.#empty++;
  }

  /** Room for the numbers of all rows, which whoever asks next writes over: to clear it anew takes as long as to look. */
  rowList(): Uint32Array {
    if (this.#rowList.length < this.rows) this.#rowList = new Uint32Array(this.days.length);
    return this.#rowList;
  }

  get facts(): number {
    return this.rows - this.#empty;
  }

  /** by dimension */
  get codes(): CodeArray[] {
    return this.#codes.map(({ array }) => array);
  }

  get bytes(): number {
    const columns = [...this.codes, this.days, this.states, this.high, this.low, this.hasAmount, this.cycleDays];
    const sum = columns.reduce((bytes, { byteLength }) => bytes + byteLength, 0);
    return sum + this.#rowList.byteLength + this.#ids.bytes + this.weighted.size * 80;
  }

  /** Takes a row in, or puts it in the place of the one with the same id. */
  put(fact: FactRow): void {
    const known = this.#ids.find(fact.id);
    if (known !== null && this.#parts.keepsRows && this.days[known] === NOTHING) this.#empty--;
    const row = known ?? this.#addRow(fact.id);
    for (let index = 0; index < dimensions.length; index++) {
      const value = fact[dimensions[index] as (typeof dimensions)[number]] ?? null;
      (this.#codes[index] as CodeColumn).set(row, (this.#dictionaries[index] as Dictionaries[number]).add(value));
    }
    this.days[row] = fact.day ?? NOTHING;
    this.states[row] = fact.state;
    if (this.#parts.amounts) {
      this.high[row] = Number((fact.amount ?? 0n) / HIGH);
      this.low[row] = Number((fact.amount ?? 0n) % HIGH);
      this.hasAmount[row] = fact.amount === null ? 0 : 1;
    }
    if (this.#parts.cycles) this.cycleDays[row] = fact.cycleDays ?? NOTHING;
    if (fact.weighted) this.weighted.set(row, fact.weighted);
    else this.weighted.delete(row);
  }

  #addRow(id: string): number {
    const row = this.#ids.add(id);
    this.rows = this.#ids.rows;
    if (row === this.days.length) this.#resize(Math.max(START, Math.ceil(row * 1.25)));
    return row;
  }

  /** The row of an id, of a table that keeps its rows: one that is new is there without a fact until it is put. */
  reserve(id: string): number {
    const known = this.#ids.find(id);
    if (known !== null) return known;
    const row = this.#addRow(id);
    this.days[row] = NOTHING;
    this.#empty++;
    return row;
  }

  /** Takes a row out; nothing happens when there is none with this id. */
  remove(id: string): void {
    const row = this.#ids.find(id);
    if (row === null) return;
    if (this.#parts.keepsRows) {
      if (this.days[row] !== NOTHING) this.#empty++;
      this.days[row] = NOTHING;
      return;
    }
    this.#ids.remove(id);
    const last = this.#ids.rows;
    const weighted = this.weighted.get(last);
    this.weighted.delete(last);
    this.weighted.delete(row);
    this.rows = last;
    if (row === last) return;
    // The last row takes the place.
    if (weighted) this.weighted.set(row, weighted);
    for (const column of [...this.codes, this.days, this.states, this.high, this.low, this.hasAmount, this.cycleDays]) {
      if (column.length > 0) column[row] = column[last] as number;
    }
  }

  /** Gives back the room that no row has taken. */
  trim(): void {
    this.#ids.reserve(this.rows);
    this.#resize(this.rows);
  }

  #resize(rows: number): void {
    for (const column of this.#codes) column.resize(rows);
    this.days = resized(this.days, rows);
    this.states = resized(this.states, rows);
    if (this.#parts.cycles) this.cycleDays = resized(this.cycleDays, rows);
    if (!this.#parts.amounts) return;
    this.high = resized(this.high, rows);
    this.low = resized(this.low, rows);
    this.hasAmount = resized(this.hasAmount, rows);
  }

  /** The columns without the room behind them; views, not copies. */
  columns(): FactColumns {
    const { rows } = this;
    return {
      ids: this.#ids.saved(),
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

/** A copy of another length. */
function resized<Column extends Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  old: Column,
  length: number,
): Column {
  const array = new (old.constructor as new (length: number) => Column)(length);
  array.set(old.subarray(0, length));
  return array;
}
