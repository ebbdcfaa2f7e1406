import { bytesOfTotals } from './block-totals.ts';
import type { AccountCodes, SaleRow } from './contract.ts';
import type { Dictionaries } from './dimensions.ts';
import { matchDay } from './leaving.ts';
import { mergeSegments } from './merge-segments.ts';
import { SalesBuilder } from './sales-builder.ts';
import type { SignedSegment } from './sales-query.ts';
import { bytesOfSegment, type SalesSegment } from './sales-segment.ts';

/** What a change of sales makes of the segments; nothing has happened before it is taken. */
export interface PreparedSales {
  joined: SalesSegment | null;
  left: SalesSegment | null;
}

/**
 * All sales: one large segment, and small ones with those that came and those that left since. A sale that left stays
 * where it is, and another one takes it away again; compacting takes out both.
 */
export class SalesStore {
  readonly #dictionaries: Dictionaries;
  readonly #buyers: AccountCodes;
  #main: SalesSegment;
  #joined: SalesSegment[] = [];
  #left: SalesSegment[] = [];

  constructor(
    dictionaries: Dictionaries,
    buyers: AccountCodes,
    main: SalesSegment = new SalesBuilder(dictionaries, buyers).finish(),
  ) {
    this.#dictionaries = dictionaries;
    this.#buyers = buyers;
    this.#main = main;
  }

  get segments(): SignedSegment[] {
    const signed = (sign: 1 | -1) => (segment: SalesSegment) => ({ segment, sign });
    return [...[this.#main, ...this.#joined].map(signed(1)), ...this.#left.map(signed(-1))];
  }

  get rows(): number {
    return this.segments.reduce((sum, { segment, sign }) => sum + sign * segment.rows, 0);
  }

  get bytes(): number {
    return this.segments.reduce((sum, { segment }) => sum + bytesOfSegment(segment) + bytesOfTotals(segment), 0);
  }

  /** @throws Error when a sale that left was never there */
  prepare(joined: readonly SaleRow[], left: readonly SaleRow[]): PreparedSales {
    let like = this.segments.find(({ segment }) => segment.rows > 0)?.segment;
    const segmentOf = (rows: readonly SaleRow[]): SalesSegment | null => {
      if (rows.length === 0) return null;
      const builder = new SalesBuilder(this.#dictionaries, this.#buyers);
      for (const row of rows) builder.take(row);
      const segment = builder.finish(like);
      like ??= segment;
      return segment;
    };
    const prepared = { joined: segmentOf(joined), left: segmentOf(left) };
    if (prepared.left) {
      const present = [this.#main, ...this.#joined, ...(prepared.joined ? [prepared.joined] : [])];
      for (const day of prepared.left.days) {
        if (matchDay(day, [...this.#left, prepared.left], present) > 0) {
          throw new Error('a sale that is said to have left was never there');
        }
      }
    }
    return prepared;
  }

  take({ joined, left }: PreparedSales): void {
    if (joined) this.#joined = withMerged(this.#joined, joined);
    if (left) this.#left = withMerged(this.#left, left);
  }

  /** One segment again. */
  compact(): void {
    if (this.#joined.length === 0 && this.#left.length === 0) return;
    const present = [this.#main, ...this.#joined].filter(({ rows }) => rows > 0);
    const dropped = new Map<SalesSegment, Uint8Array>();
    const drop = (segment: SalesSegment, row: number): void => {
      const out = dropped.get(segment) ?? new Uint8Array(segment.rows);
      out[row] = 1;
      dropped.set(segment, out);
    };
    for (const day of new Set(this.#left.flatMap(({ days }) => [...days]))) {
      if (matchDay(day, this.#left, present, drop) > 0) throw new Error('a sale that left was never there');
    }
    this.#main = mergeSegments(present, { dropped, mayReformat: true });
    this.#joined = [];
    this.#left = [];
  }
}

/** Few segments, each much smaller than the one before: queries read all of them. */
function withMerged(segments: readonly SalesSegment[], added: SalesSegment): SalesSegment[] {
  const all = [...segments, added];
  for (;;) {
    const [before, last] = all.slice(-2);
    if (!before || !last || before.rows > last.rows * 3) return all;
    all.splice(-2, 2, mergeSegments([before, last]));
  }
}
