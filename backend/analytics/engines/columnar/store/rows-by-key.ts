const START = 4_096;

/** Collects the accounts of rows, and sorts them by a key that each row has. */
export class RowsByKey {
  count = 0;
  readonly #size: number;
  #keys = new Uint32Array(START);
  #accounts = new Uint32Array(START);
  #sorted = new Uint32Array(0);
  /** where each key begins in the sorted ones, and where the last one ends */
  readonly #starts: Uint32Array;

  /** Keys are below `size`. */
  constructor(size: number) {
    this.#size = size;
    this.#starts = new Uint32Array(size + 1);
  }

  /** `keys`: of each account, and perhaps more; null: the first one */
  push(accounts: Uint32Array, keys: Uint32Array | null): void {
    const end = this.count + accounts.length;
    if (end > this.#keys.length) {
      const length = Math.max(end, this.#keys.length * 2);
      this.#keys = grown(this.#keys, length);
      this.#accounts = grown(this.#accounts, length);
    }
    if (keys === null) this.#keys.fill(0, this.count, end);
    else this.#keys.set(keys.subarray(0, accounts.length), this.count);
    this.#accounts.set(accounts, this.count);
    this.count = end;
  }

  /** To be called before `of`. */
  sort(): void {
    const { count } = this;
    if (this.#size === 1) {
      this.#sorted = this.#accounts;
      this.#starts[1] = count;
      return;
    }
    const starts = this.#starts.fill(0);
    for (let at = 0; at < count; at++) {
      const next = (this.#keys[at] as number) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
    for (let key = 1; key <= this.#size; key++) starts[key] = (starts[key] as number) + (starts[key - 1] as number);
    if (this.#sorted.length < count) this.#sorted = new Uint32Array(this.#keys.length);
    const places = starts.slice();
    for (let at = 0; at < count; at++) {
      const key = this.#keys[at] as number;
      const place = places[key] as number;
      this.#sorted[place] = this.#accounts[at] as number;
      places[key] = place + 1;
    }
  }

  /** The accounts of a key's rows; a view. */
  of(key: number): Uint32Array {
    return this.#sorted.subarray(this.#starts[key] as number, this.#starts[key + 1] as number);
  }

  clear(): void {
    this.count = 0;
  }
}

function grown(old: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(old);
  return larger;
}
