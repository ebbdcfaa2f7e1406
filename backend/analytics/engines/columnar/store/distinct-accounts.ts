import { wordsFor } from './account-marks.ts';
import { eachMarked } from './block-accounts.ts';
import { accountsOf } from './block-totals.ts';
import type { BlockRange, BlockTotals } from './blocks.ts';
import { CountedAccounts } from './counted-accounts.ts';
import { MarkedAccounts } from './marked-accounts.ts';
import type { SalesSegment } from './sales-segment.ts';
import { BLOCK_ROWS, keysOf } from './sales-sums.ts';

/** Marks of an answer may take so many words; beyond it rows are sorted and counted. */
const MOST_WORDS = 2 ** 20;

/**
 * Counts the different accounts that bought, of one bucket after the other, for each key. Who has a sale on any day
 * is marked; of days of which sales have left, sales are counted first, and who has any left is marked then: a sale that
 * leaves takes away one of its own day.
 */
export class DistinctAccounts {
  readonly #accounts: number;
  readonly #keys: number;
  /** null: there would be too many marks, and all rows are counted */
  readonly #marked: MarkedAccounts | null;
  #counted: CountedAccounts | null = null;
  /** where rows go now */
  #open: MarkedAccounts | CountedAccounts;
  readonly #ofBlock = new Uint32Array(BLOCK_ROWS);

  /** Accounts and keys are below these; account 0 is none. */
  constructor(accounts: number, keys: number) {
    this.#accounts = accounts;
    this.#keys = keys;
    this.#marked = wordsFor(accounts) * keys <= MOST_WORDS ? new MarkedAccounts(accounts, keys) : null;
    this.#open = this.#marked ?? this.#counter();
  }

  #counter(): CountedAccounts {
    this.#counted ??= new CountedAccounts(this.#accounts, this.#keys);
    return this.#counted;
  }

  /** Rows of a day follow of which sales have left, or of days of which none has. */
  begin(isThinned: boolean): void {
    this.#close();
    if (isThinned) this.#open = this.#counter();
  }

  /** Marks who was counted. */
  #close(): void {
    if (this.#marked === null || this.#open === this.#marked) return;
    this.#counted?.markPresent(this.#marked);
    this.#open = this.#marked;
  }

  /** All rows from `from` to before `to` come or go; they belong to the first key. */
  range({ accounts }: SalesSegment, from: number, to: number, sign: 1 | -1): void {
    this.#open.add(accounts.subarray(from, to), null, sign);
  }

  /** Chosen rows come or go. `keys`: where each belongs; null: to the first key */
  chosen({ accounts }: SalesSegment, chosen: Uint32Array, keys: Uint32Array | null, count: number, sign: 1 | -1): void {
    keysOf(accounts, chosen, count, this.#ofBlock);
    this.#open.add(this.#ofBlock.subarray(0, count), keys, sign);
  }

  /**
   * Adds blocks as a whole: the codes that `mask` has, each to its own key where it is split by them. Answers those that
   * could be.
   */
  blocks(
    segment: SalesSegment,
    totals: BlockTotals,
    range: BlockRange,
    { mask, isSplit }: { mask: Uint8Array | null; isSplit: boolean },
  ): BlockRange {
    const marked = this.#open === this.#marked ? this.#marked : null;
    const known = marked && accountsOf(segment, totals, this.#accounts);
    if (!known) return { first: range.first, end: range.first };
    return eachMarked(totals, known, range, mask, (marks, code) => marked.addMarks(marks, isSplit ? code : 0));
  }

  /** The number of accounts of each key; valid until the next call. Another bucket begins. `rows`: of each key in this one */
  finish(rows: Float64Array): Float64Array {
    this.#close();
    return this.#marked?.finish(rows) ?? this.#counter().finish();
  }
}
