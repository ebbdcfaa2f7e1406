import type { Marks } from './account-marks.ts';

/**
 * What the sales of each month add up to, by the codes of one dimension: in multiples, as in the columns, without the
 * amounts that stand beside those. The cell of a block and a code is at block * keys + code.
 */
export interface BlockTotals {
  /** null: all rows of a block have one cell */
  dimension: number | null;
  /** where the rows of each block begin, and where the last ones end */
  starts: Uint32Array;
  keys: number;
  counts: Uint32Array;
  costedCounts: Uint32Array;
  revenue: Float64Array;
  units: Float64Array;
  costedRevenue: Float64Array;
  cost: Float64Array;
  /** made when first asked for; null: not worth their memory */
  accounts?: BlockAccounts | null;
}

/** Which accounts bought in a number of months, by the codes of the totals' dimension. */
export interface BlockAccounts {
  /** blocks of the totals that each group has; the last one may have fewer */
  span: number;
  /** of each cell; that of a group and a code begins at (group * keys + code) * words */
  words: number;
  marks: Marks;
}

/** Blocks from `first` to before `end`. */
export interface BlockRange {
  first: number;
  end: number;
}
