/** The values of a dimension, each known by a small number. 0 stands for "not set". */
export class Dictionary {
  readonly #values: (string | null)[] = [null];
  readonly #codes = new Map<string, number>();

  constructor(values: readonly string[] = []) {
    for (const value of values) this.add(value);
  }

  /** Codes are below this. */
  get size(): number {
    return this.#values.length;
  }

  get bytes(): number {
    // A string and its entries in the map and the list, roughly.
    return this.#values.length * 120;
  }

  /** The code of a value, which is taken in when it is new. */
  add(value: string | null): number {
    if (value === null) return 0;
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    const code = this.#values.length;
    this.#values.push(value);
    this.#codes.set(value, code);
    return code;
  }

  /** null: no row ever had this value */
  find(value: string | null): number | null {
    return value === null ? 0 : (this.#codes.get(value) ?? null);
  }

  valueOf(code: number): string | null {
    return this.#values[code] ?? null;
  }

  /** All values, by code from 1 on. */
  list(): string[] {
    return this.#values.slice(1) as string[];
  }
}
