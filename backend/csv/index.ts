/** What spreadsheets take for the beginning of a formula; in Japanese and Chinese ones the wide signs are among it. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const PLAIN_NUMBER = /^[-+]?\d[\d.,]*%?$/;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** A cell as CSV. What a spreadsheet would run gets an apostrophe, which an import takes off again. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A row of a CSV file (RFC 4180), with its line end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
