import { type AmountColumn, bytesOfAmounts, placeOf } from './amounts.ts';
import type { CodeArray } from './codes.ts';
import type { DayNumber } from './contract.ts';

/** Sales sorted by day. It never changes. */
export interface SalesSegment {
  rows: number;
  /** days that have sales, ascending */
  days: Int32Array<ArrayBuffer>;
  /** where the rows of each of these days begin, and where the last ones end */
  starts: Uint32Array<ArrayBuffer>;
  /** by dimension, in the order of `dimensions` */
  codes: readonly CodeArray[];
  /** numbers of the accounts that bought; 0: not known */
  accounts: Uint32Array<ArrayBuffer>;
  amount: AmountColumn;
  cost: AmountColumn;
  quantity: AmountColumn;
}

export const amountColumns = ['amount', 'cost', 'quantity'] as const;

/** The first row of a day, or of the next one that has sales. */
export const rowOfDay = ({ days, starts }: SalesSegment, day: DayNumber): number =>
  starts[placeOf(days, day)] as number;

export function bytesOfSegment(segment: SalesSegment): number {
  const amounts = amountColumns.reduce((sum, column) => sum + bytesOfAmounts(segment[column]), 0);
  const codes = segment.codes.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return segment.days.byteLength + segment.starts.byteLength + codes + segment.accounts.byteLength + amounts;
}
