import type { FigureTable } from '../../export-document.ts';
import { PAD, type PrintedTable, printedTable } from './columns.ts';
import { BOLD, type Page, PLAIN } from './page.ts';

/** Height of a line, in letters' sizes. */
const LINE = 1.25;
const AROUND = 5;

/** A table over as many pages as it takes; each begins with its header. Long texts are wrapped, never cut. */
export function paintTable(page: Page, table: FigureTable): void {
  const { doc } = page;
  const printed = printedTable(page, table);
  const { columns, size } = printed;
  const line = size * LINE;
  const head = columns.map(({ heading, width }) => page.letters.wrapped(heading, (width - 2 * PAD) / 1.12, size));
  const heightOf = (cells: readonly string[][]) => Math.max(1, ...cells.map((lines) => lines.length)) * line + AROUND;
  const paint = (cells: readonly string[][], isHead: boolean) => paintRow(page, printed, cells, { isHead, line });
  page.need(heightOf(head) + line + AROUND);
  paint(head, true);
  const most = Math.max(1, Math.floor((page.bottom - page.top - heightOf(head) - AROUND) / line));
  for (const row of table.rows) {
    const cells = columns.map(({ width, written }) => {
      const lines = page.letters.wrapped(written(row), width - 2 * PAD, size);
      // Only a text that is longer than a page.
      return lines.length > most ? [...lines.slice(0, most - 1), '…'] : lines;
    });
    if (doc.y + heightOf(cells) > page.bottom) {
      page.turn();
      paint(head, true);
    }
    paint(cells, false);
  }
}

function paintRow(
  { doc, left, inks, letters }: Page,
  { columns, size }: PrintedTable,
  cells: readonly string[][],
  { isHead, line }: { isHead: boolean; line: number },
): void {
  const top = doc.y + 2;
  let x = left;
  let lines = 1;
  doc.font(isHead ? BOLD : PLAIN, size).fillColor(inks.text);
  for (const [index, cell] of cells.entries()) {
    const { width, isRight } = columns[index] as PrintedTable['columns'][number];
    lines = Math.max(lines, cell.length);
    for (const [at, text] of cell.entries()) {
      if (text === '') continue;
      // pdfkit measures only where it must: that is most of the time a long table takes.
      const textWidth = isHead ? doc.widthOfString(text) : letters.widthOf(text, size);
      const place = isRight ? x + width - PAD - textWidth : x + PAD;
      doc.text(text, place, top + at * line, { lineBreak: false, textWidth } as PDFKit.Mixins.TextOptions);
    }
    x += width;
  }
  doc.y = top + lines * line + AROUND - 2;
  doc
    .moveTo(left, doc.y - 1)
    .lineTo(x, doc.y - 1)
    .lineWidth(isHead ? 1 : 0.4)
    .strokeColor(isHead ? inks.muted : inks.grid)
    .stroke();
}
