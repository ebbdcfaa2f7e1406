import type { MeasureRow } from '../../../engine.ts';
import { type Measures, noMeasures } from '../../../measures.ts';

/** So many cells one kind of fact may have in an answer, as in the sql engine. */
const MOST_CELLS = 200_000;

/** An answer would have more cells of one kind of fact than anybody is shown. */
export class TooManyCells extends Error {
  constructor() {
    super(`an answer has more than ${MOST_CELLS} cells`);
    this.name = 'TooManyCells';
  }
}

/** Money and quantities as PostgreSQL writes a sum of them: with four decimals. */
export function writeTenThousandths(value: bigint): string {
  return writeDecimal(value, 4);
}

/** Digits with a point before the last `scale` of them. */
export function writeDecimal(value: bigint, scale: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** The cells of an answer: what several kinds of fact say of the same time and value comes together. */
export class Cells {
  readonly #byBucket = new Map<string | null, Map<string | null, MeasureRow>>();
  #added = 0;

  /** A new kind of fact follows. */
  next(): void {
    this.#added = 0;
  }

  /** @throws TooManyCells beyond 200,000 cells of one kind of fact */
  add(bucket: string | null, key: string | null, measures: Partial<Measures>): void {
    if (++this.#added > MOST_CELLS) throw new TooManyCells();
    const keys = this.#byBucket.get(bucket) ?? new Map<string | null, MeasureRow>();
    if (keys.size === 0) this.#byBucket.set(bucket, keys);
    const known = keys.get(key);
    if (known) Object.assign(known.measures, measures);
    else keys.set(key, { bucket, key, measures: { ...noMeasures, ...measures } });
  }

  rows(): MeasureRow[] {
    return [...this.#byBucket.values()].flatMap((keys) => [...keys.values()]);
  }
}
