import type { SqlRunner } from '../db/index.ts';
import { findMapping, listRefusedRows } from './imports.repository.ts';
import { REASON_COLUMN } from './reading/inspect.ts';

const PAGE_ROWS = 1000;
/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^[-+]?\d[\d.,]*%?$/;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** A cell as CSV. What a spreadsheet would run gets an apostrophe, which a second import takes off again. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * The refused rows of a run as a CSV file, in pieces: what is wrong, then the columns as they came. Mended, it
 * can be imported as it is.
 */
export async function* errorReport(runner: SqlRunner, runId: string): AsyncGenerator<string> {
  const kept = await findMapping(runner, runId);
  const columns = (kept?.mapping?.columns ?? []).filter((name) => name !== REASON_COLUMN);
  const own = kept?.mapping?.columns.indexOf(REASON_COLUMN) ?? -1;
  yield `\ufeff${csvLine([REASON_COLUMN, ...columns])}`;
  let after = 0;
  for (;;) {
    const rows = await listRefusedRows(runner, runId, after, PAGE_ROWS);
    const lines = rows.map(({ cells, reasons }) =>
      csvLine([reasons.join(' | '), ...(own < 0 ? cells : cells.toSpliced(own, 1))]),
    );
    if (lines.length > 0) yield lines.join('');
    if (rows.length < PAGE_ROWS) return;
    after = rows.at(-1)?.row ?? after;
  }
}
