import { type Marks, mark, markAll, markByKey, takeMarked, wordsFor } from './account-marks.ts';

/** Counts accounts of rows of which none goes: a bit says that one is there. */
export class MarkedAccounts {
  readonly #words: number;
  readonly #marks: Marks;
  readonly #counts: Float64Array;

  constructor(accounts: number, keys: number) {
    this.#words = wordsFor(accounts);
    this.#marks = new Uint32Array(this.#words * keys);
    this.#counts = new Float64Array(keys);
  }

  /** `sign`: always 1 */
  add(accounts: Uint32Array, keys: Uint32Array | null, sign: 1 | -1): void {
    if (sign === -1) throw new Error('a mark does not say how many rows there are');
    if (keys === null) mark(this.#marks, accounts);
    else markByKey(this.#marks, this.#words, accounts, keys);
  }

  /** Adds accounts that are marked already. */
  addMarks(marks: Uint32Array, key: number): void {
    markAll(this.#of(key), marks);
  }

  /** Adds an account. */
  addOne(account: number, key: number): void {
    const word = key * this.#words + (account >>> 5);
    this.#marks[word] = (this.#marks[word] as number) | (1 << (account & 31));
  }

  /** `rows`: of each key; without any it has no marks */
  finish(rows: Float64Array): Float64Array {
    for (let key = 0; key < this.#counts.length; key++) {
      this.#counts[key] = rows[key] === 0 ? 0 : takeMarked(this.#of(key));
    }
    return this.#counts;
  }

  #of(key: number): Marks {
    return this.#marks.subarray(key * this.#words, (key + 1) * this.#words);
  }
}
