import { type AmountColumn, amountAt, NO_AMOUNT, placeOf } from './amounts.ts';
import type { CodeArray } from './codes.ts';
import type { DayNumber } from './contract.ts';
import { amountColumns, rowOfDay, type SalesSegment } from './sales-segment.ts';

/** An amount as a number, rounded where it is large: equal amounts give equal numbers. */
function roughly({ values, divisor, oddRows, oddValues }: AmountColumn, row: number): number {
  const multiple = values[row] as number;
  if (multiple === NO_AMOUNT) return -1;
  if (multiple !== 0 || oddRows.length === 0) return multiple * divisor;
  const place = placeOf(oddRows, row);
  return oddRows[place] === row ? Number(oddValues[place]) : 0;
}

function hashOf(segment: SalesSegment, row: number): number {
  let hash = 0x811c9dc5;
  for (const codes of segment.codes) hash = Math.imul(hash ^ (codes[row] as number), 0x01000193);
  hash = Math.imul(hash ^ (segment.accounts[row] as number), 0x01000193);
  hash = Math.imul(hash ^ roughly(segment.amount, row), 0x01000193);
  hash = Math.imul(hash ^ roughly(segment.cost, row), 0x01000193);
  hash = Math.imul(hash ^ roughly(segment.quantity, row), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** Of the same day: are they alike in everything else? */
const areEqual = (a: SalesSegment, rowOfA: number, b: SalesSegment, rowOfB: number): boolean =>
  a.codes.every((codes, index) => codes[rowOfA] === (b.codes[index] as CodeArray)[rowOfB]) &&
  a.accounts[rowOfA] === b.accounts[rowOfB] &&
  amountColumns.every((column) => amountAt(a[column], rowOfA) === amountAt(b[column], rowOfB));

/**
 * Finds for each row of `leaving` an equal row of `present`, each of which serves once. Answers how many there was none
 * for.
 */
export function matchDay(
  day: DayNumber,
  leaving: readonly SalesSegment[],
  present: readonly SalesSegment[],
  onMatch?: (segment: SalesSegment, row: number) => void,
): number {
  const wanted = new Map<number, { segment: SalesSegment; row: number }[]>();
  let open = 0;
  for (const segment of leaving) {
    const end = rowOfDay(segment, day + 1);
    for (let row = rowOfDay(segment, day); row < end; row++, open++) {
      const hash = hashOf(segment, row);
      const alike = wanted.get(hash);
      if (alike) alike.push({ segment, row });
      else wanted.set(hash, [{ segment, row }]);
    }
  }
  for (const segment of present) {
    const end = rowOfDay(segment, day + 1);
    for (let row = rowOfDay(segment, day); row < end && open > 0; row++) {
      const alike = wanted.get(hashOf(segment, row));
      const found = alike?.findIndex((one) => areEqual(one.segment, one.row, segment, row)) ?? -1;
      if (!alike || found < 0) continue;
      // The last one takes its place: among thousands of equal rows none is moved far.
      const last = alike.pop();
      if (last && found < alike.length) alike[found] = last;
      open--;
      onMatch?.(segment, row);
    }
  }
  return open;
}
