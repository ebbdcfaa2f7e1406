const SIGNATURE_BYTES = 11;
const END_OF_ROWS = -1;
const NULL = -1;

/** Takes one row of a COPY in binary format: where each field begins and ends in `bytes`; a null field ends before it begins. */
export type TakeRow = (bytes: Buffer, starts: Int32Array, ends: Int32Array) => void;

/**
 * Reads what COPY ... TO writes in binary format, given in pieces that hold whole rows.
 *
 * Source: PostgreSQL manual, COPY, "Binary Format".
 */
export class BinaryRows {
  readonly #take: TakeRow;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #hasHeader = false;

  constructor(fields: number, take: TakeRow) {
    this.#take = take;
    this.#starts = new Int32Array(fields);
    this.#ends = new Int32Array(fields);
  }

  read(bytes: Buffer, from: number, to: number): void {
    let at = from;
    if (!this.#hasHeader) {
      const extension = bytes.readInt32BE(at + SIGNATURE_BYTES + 4);
      at += SIGNATURE_BYTES + 8 + extension;
      this.#hasHeader = true;
    }
    const starts = this.#starts;
    const ends = this.#ends;
    while (at < to) {
      const count = int16At(bytes, at);
      at += 2;
      if (count === END_OF_ROWS) return;
      for (let field = 0; field < count; field++) {
        const length = int32At(bytes, at);
        at += 4;
        starts[field] = at;
        if (length === NULL) {
          ends[field] = at - 1;
        } else {
          at += length;
          ends[field] = at;
        }
      }
      this.#take(bytes, starts, ends);
    }
  }
}

// Buffer's own readers check their arguments, which takes longer than reading.

export const int32At = (bytes: Buffer, at: number): number =>
  ((bytes[at] as number) << 24) |
  ((bytes[at + 1] as number) << 16) |
  ((bytes[at + 2] as number) << 8) |
  (bytes[at + 3] as number);

const uint16At = (bytes: Buffer, at: number): number => ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
const int16At = (bytes: Buffer, at: number): number => (uint16At(bytes, at) << 16) >> 16;

/** The fields of a row as texts. */
export function textFields(bytes: Buffer, starts: Int32Array, ends: Int32Array): (string | null)[] {
  return Array.from(starts, (start, field) => {
    const end = ends[field] as number;
    return end < start ? null : bytes.toString('utf8', start, end);
  });
}

const SIGN_NEGATIVE = 0x4000;
const SPECIAL = 0xc000;

/** The same as a number: exact up to 2 ** 53, near beyond that. */
export function roughTenThousandths(bytes: Buffer, at: number): number {
  const digits = uint16At(bytes, at);
  const places = int16At(bytes, at + 2) + 2;
  const sign = uint16At(bytes, at + 4);
  if ((sign & SPECIAL) === SPECIAL) throw new Error('an amount that is no number');
  let value = 0;
  for (let index = 0, from = at + 8; index < places; index++, from += 2) {
    value = value * 10_000 + (index < digits ? uint16At(bytes, from) : 0);
  }
  return sign === SIGN_NEGATIVE ? -value : value;
}

/**
 * A numeric(18, 4) as ten-thousandths. PostgreSQL sends base-10,000 digits, so the fourth decimal is a digit's own end.
 *
 * Source: PostgreSQL, src/backend/utils/adt/numeric.c, numeric_send().
 */
export function tenThousandths(bytes: Buffer, at: number): bigint {
  const digits = uint16At(bytes, at);
  const weight = int16At(bytes, at + 2);
  const sign = uint16At(bytes, at + 4);
  if ((sign & SPECIAL) === SPECIAL) throw new Error('an amount that is no number');
  const places = weight + 2;
  const first = at + 8;
  let value = 0n;
  for (let index = 0; index < places; index++) {
    value = value * 10_000n + (index < digits ? BigInt(uint16At(bytes, first + index * 2)) : 0n);
  }
  return sign === SIGN_NEGATIVE ? -value : value;
}
