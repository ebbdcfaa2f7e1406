import type { FigureColumn, FigureTable } from '../../export-document.ts';
import { BOLD, type Page, PLAIN } from './page.ts';

const SIZE = 8;
const PAD = 4;
const ROW = 15;
/** Enough to judge how wide a column must be. */
const SAMPLE = 200;

const isRight = ({ type }: FigureColumn): boolean => type === 'number';

/** Widths by what columns hold; where that is too much for a page, the widest give way first. */
function widthsOf(page: Page, table: FigureTable, cells: readonly string[][]): number[] {
  const { doc, width } = page;
  const wanted = table.columns.map(({ label }, index) => {
    doc.font(BOLD, SIZE);
    const heading = doc.widthOfString(page.legible(label));
    doc.font(PLAIN, SIZE);
    return cells.slice(0, SAMPLE).reduce((most, row) => Math.max(most, doc.widthOfString(row[index] ?? '')), heading);
  });
  let limit = Math.max(...wanted);
  const sum = () => wanted.reduce((total, one) => total + Math.min(one, limit) + 2 * PAD, 0);
  while (sum() > width && limit > 8) limit -= 4;
  return wanted.map((one) => Math.min(one, limit) + 2 * PAD);
}

/** A table over as many pages as it takes; each begins with its header. */
export function paintTable(page: Page, table: FigureTable): void {
  const { doc, inks, display, left } = page;
  const { columns } = table;
  // As far as figures of key figures differ in their unit, the row says it.
  const columnOf = (row: readonly (string | null)[], index: number): FigureColumn => rowColumn(table, row, index);
  const cells = table.rows.map((row) =>
    row.map((cell, index) => page.legible(display.figure(columnOf(row, index), cell))),
  );
  const widths = widthsOf(page, table, cells);
  const total = widths.reduce((sum, one) => sum + one, 0);
  const paint = (texts: readonly string[], isHead: boolean) => {
    doc.font(isHead ? BOLD : PLAIN, SIZE).fillColor(inks.text);
    const y = doc.y + 3;
    let x = left;
    for (const [index, text] of texts.entries()) {
      const width = widths[index] ?? 0;
      const align = isRight(columns[index] as FigureColumn) ? 'right' : 'left';
      const room = { width: width - 2 * PAD, height: SIZE + 4, ellipsis: true, align, lineBreak: false } as const;
      doc.text(shortened(doc, text, width - 2 * PAD), x + PAD, y, room);
      x += width;
    }
    doc.y = y - 3 + ROW;
    doc
      .moveTo(left, doc.y - 1)
      .lineTo(left + total, doc.y - 1)
      .lineWidth(isHead ? 1 : 0.4);
    doc.strokeColor(isHead ? inks.muted : inks.grid).stroke();
  };
  const head = columns.map(({ label }) => page.legible(label));
  paint(head, true);
  for (const row of cells) {
    if (doc.y + ROW > page.bottom) {
      page.turn();
      paint(head, true);
    }
    paint(row, false);
  }
}

/** In the table of key figures, unit and currency stand in columns of their own. */
function rowColumn({ columns }: FigureTable, row: readonly (string | null)[], index: number): FigureColumn {
  const column = columns[index] as FigureColumn;
  const unitAt = columns.findIndex(({ label }) => label === 'Unit');
  if (unitAt < 0 || column.type !== 'number') return column;
  return { ...column, unit: (row[unitAt] ?? null) as FigureColumn['unit'], currency: row[unitAt + 1] ?? null };
}

function shortened(doc: PDFKit.PDFDocument, text: string, width: number): string {
  if (doc.widthOfString(text) <= width + 0.5) return text;
  let kept = [...text];
  while (kept.length > 1 && doc.widthOfString(`${kept.join('')}…`) > width) kept = kept.slice(0, -1);
  return `${kept.join('')}…`;
}
