import type { CustomValue } from '../../pipeline/index.ts';

/** One problem of one row. `column` is the file's column, null where the row as a whole is meant. */
export interface RowProblem {
  column: string | null;
  reason: string;
}

/** A row of the file on its way into the database. */
export interface ImportRow {
  /** line the row starts on; the header is line 1 */
  line: number;
  cells: string[];
  /** canonical text by field; only mapped fields are there */
  values: Record<string, string | null>;
  /** values of custom fields by their keys */
  custom: Record<string, CustomValue> | null;
  /** how the row is recognised when it comes again */
  key: string;
  problems: RowProblem[] | null;
}

/** The value of a field; null for a blank cell and for a field without a column. */
export const textOf = (row: ImportRow, field: string): string | null => row.values[field] ?? null;

/** Amount and currency of a money field; `amount CODE` names its own currency. */
export function moneyOf(
  row: ImportRow,
  field: string,
  companyCurrency: string,
): { amount: string | null; currency: string } {
  const value = textOf(row, field);
  const own = textOf(row, 'currency');
  if (value === null) return { amount: null, currency: own ?? companyCurrency };
  const space = value.indexOf(' ');
  if (space < 0) return { amount: value, currency: own ?? companyCurrency };
  return { amount: value.slice(0, space), currency: own ?? value.slice(space + 1) };
}
