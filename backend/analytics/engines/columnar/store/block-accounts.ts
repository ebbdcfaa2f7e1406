import { type Marks, mark, markByKey, wordsFor } from './account-marks.ts';
import type { BlockAccounts, BlockRange, BlockTotals } from './blocks.ts';
import type { CodeArray } from './codes.ts';
import type { SalesSegment } from './sales-segment.ts';

/** What the accounts in totals may take, for each row of the segment. */
const MOST_BYTES_PER_ROW = 1;
/** Months that are kept together where each for itself would take too much: the fewest that fit. */
const SPANS = [1, 3, 12];

export const blocksOf = ({ starts }: BlockTotals): number => starts.length - 1;

/** The accounts of a segment's totals; null where they aren't worth their memory. `accounts`: they are below this */
export function markedAccounts(segment: SalesSegment, totals: BlockTotals, accounts: number): BlockAccounts | null {
  const { dimension, starts, keys } = totals;
  const [blocks, words] = [blocksOf(totals), wordsFor(accounts)];
  const bytesOf = (span: number) => Math.ceil(blocks / span) * keys * words * Uint32Array.BYTES_PER_ELEMENT;
  const span = SPANS.find((months) => bytesOf(months) <= segment.rows * MOST_BYTES_PER_ROW);
  if (span === undefined) return null;
  const marks: Marks = new Uint32Array(bytesOf(span) / Uint32Array.BYTES_PER_ELEMENT);
  for (let block = 0; block < blocks; block++) {
    const group = Math.floor(block / span);
    const ofGroup = marks.subarray(group * keys * words, (group + 1) * keys * words);
    const [from, to] = [starts[block] as number, starts[block + 1] as number];
    const bought = segment.accounts.subarray(from, to);
    if (dimension === null) mark(ofGroup, bought);
    else
      markByKey(ofGroup, words, bought, Uint32Array.from((segment.codes[dimension] as CodeArray).subarray(from, to)));
  }
  return { span, words, marks };
}

/** The groups that lie within blocks as a whole. */
function groupsWithin(totals: BlockTotals, { span }: BlockAccounts, { first, end }: BlockRange): BlockRange {
  const blocks = blocksOf(totals);
  return { first: Math.ceil(first / span), end: end === blocks ? Math.ceil(blocks / span) : Math.floor(end / span) };
}

/**
 * Hands over the marks of each cell: of groups that lie within `range`, and of the codes that `mask` has.
 * Answers the blocks that this was; of the others nothing is known.
 */
export function eachMarked(
  totals: BlockTotals,
  accounts: BlockAccounts,
  range: BlockRange,
  mask: Uint8Array | null,
  take: (marks: Marks, code: number) => void,
): BlockRange {
  const { keys } = totals;
  const { span, words, marks } = accounts;
  const groups = groupsWithin(totals, accounts, range);
  if (groups.end <= groups.first) return { first: range.first, end: range.first };
  for (let group = groups.first; group < groups.end; group++) {
    for (let code = 0, at = group * keys; code < keys; code++, at++) {
      if (mask === null || mask[code] === 1) take(marks.subarray(at * words, (at + 1) * words), code);
    }
  }
  return { first: groups.first * span, end: Math.min(groups.end * span, blocksOf(totals)) };
}
