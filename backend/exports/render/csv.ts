import { csvLine } from '../../csv/index.ts';
import type { ExportDocument, FigureColumn } from '../export-document.ts';

/** With the currency, as cells are bare numbers. */
export const headingOf = ({ label, currency }: FigureColumn): string => (currency ? `${label} (${currency})` : label);

/**
 * The figures as RFC 4180: comma, CRLF, UTF-8, a header line. Numbers have a point and no thousands separators,
 * days are ISO 8601, ratios shares of 1; what a spreadsheet would run as a formula gets an apostrophe.
 */
export function renderCsv({ sections: [section] }: ExportDocument, { bom }: { bom: boolean }): Buffer {
  const { columns, rows } = section?.table ?? { columns: [], rows: [] };
  const lines = [columns.map(headingOf), ...rows.map((row) => row.map((cell) => cell ?? ''))];
  return Buffer.from((bom ? '\ufeff' : '') + lines.map(csvLine).join(''), 'utf8');
}
