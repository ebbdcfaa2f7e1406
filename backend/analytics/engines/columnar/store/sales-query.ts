import type { MeasureId } from '../../../measures.ts';
import type { Cells } from './cells.ts';
import type { DayNumber, StoreQuestion } from './contract.ts';
import { type Bucket, bucketsBetween, dayNumber, stretchesOf } from './days.ts';
import type { Dictionaries } from './dimensions.ts';
import { codeFilters } from './filters.ts';
import { SalesScan } from './sales-scan.ts';
import { rowOfDay, type SalesSegment } from './sales-segment.ts';

/** Segments whose rows count, and those whose rows count no more. */
export interface SignedSegment {
  segment: SalesSegment;
  sign: 1 | -1;
}

/** Adds the cells of all sales measures of a question. `accounts`: their numbers are below this. */
export function answerSales(
  segments: readonly SignedSegment[],
  dictionaries: Dictionaries,
  accounts: number,
  question: StoreQuestion,
  measures: readonly MeasureId[],
  cells: Cells,
): void {
  const filters = codeFilters(question, dictionaries, true);
  const present = segments.filter(({ segment }) => segment.rows > 0);
  const [first] = present;
  if (filters === null || !first) return;
  const scan = new SalesScan(first.segment, dictionaries, filters, question.by, { measures, accounts });
  const thinned = scan.asksForAccounts ? thinnedDays(present) : [];
  for (const bucket of bucketsOf(present, question)) {
    for (const { from, until, isThinned } of stretchesOf(bucket, thinned)) {
      scan.begin(isThinned);
      for (const { segment, sign } of present) {
        scan.add(segment, rowOfDay(segment, from), rowOfDay(segment, until), sign);
      }
    }
    scan.emit(bucket, cells);
  }
}

/** Days of which sales have left, ascending. */
const thinnedDays = (segments: readonly SignedSegment[]): DayNumber[] => [
  ...Int32Array.from(new Set(segments.flatMap(({ segment, sign }) => (sign === -1 ? [...segment.days] : [])))).sort(),
];

/** Only days that have sales: periods may be of centuries. */
function bucketsOf(segments: readonly SignedSegment[], { period, grain }: StoreQuestion): Bucket[] {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { segment } of segments) {
    from = Math.min(from, segment.days[0] as number);
    until = Math.max(until, (segment.days[segment.days.length - 1] as number) + 1);
  }
  return bucketsBetween(Math.max(from, dayNumber(period.from)), Math.min(until, dayNumber(period.to) + 1), grain);
}
