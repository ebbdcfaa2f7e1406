const EXACT_LIMIT = 2 ** 53;
const SPILL_FROM = 2 ** 51;

/**
 * Sums of whole numbers, one for each key, to the last digit. They grow as Float64 and move into bigints before they
 * could lose a digit.
 */
export class ExactSums {
  /** What is added goes here, after `expect`. */
  readonly values: Float64Array<ArrayBuffer>;
  readonly #spilled = new Map<number, bigint>();
  /** no sum is further from zero */
  #most = 0;

  constructor(keys: number) {
    this.values = new Float64Array(keys);
  }

  /** To be told before so many numbers are added, none further from zero than `largest`; together below 2 ** 52. */
  expect(count: number, largest: number): void {
    const most = count * largest;
    if (this.#most + most >= EXACT_LIMIT) this.#spill();
    this.#most += most;
  }

  #spill(): void {
    const { values } = this;
    for (let key = 0; key < values.length; key++) {
      const value = values[key] as number;
      if (value < SPILL_FROM && value > -SPILL_FROM) continue;
      this.#spilled.set(key, (this.#spilled.get(key) ?? 0n) + BigInt(value));
      values[key] = 0;
    }
    this.#most = SPILL_FROM;
  }

  total(key: number): bigint {
    return BigInt(this.values[key] as number) + (this.#spilled.get(key) ?? 0n);
  }

  clear(): void {
    this.values.fill(0);
    this.#spilled.clear();
    this.#most = 0;
  }
}
