import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { ExportDocument, Section } from '../../export-document.ts';
import { textsOf } from '../../texts.ts';
import { createDisplay } from '../display.ts';
import { inksOf } from '../scene/inks.ts';
import { forgetWords, lettersOf } from './letters.ts';
import { BOLD, type Page, PLAIN } from './page.ts';
import { paintChart } from './paint.ts';
import { paintTable } from './paint-table.ts';
import { paintTiles } from './paint-tiles.ts';

const MARGIN = 40;
const FOOT = 34;
const GAP = 14;
const HEIGHTS = { low: 110, medium: 190, tall: 250 } as const;
const fontPath = createRequire(import.meta.url).resolve;

/** Text and vectors with embedded letters: facts, panels, then the figures of each as a table, and page numbers. */
export function renderPdf(document: ExportDocument): Promise<Buffer> {
  const { title, locale, sections, about } = document;
  const doc = new PDFDocument({
    ...{ size: 'A4', layout: 'landscape', bufferPages: true, lang: locale, tagged: true, displayTitle: true },
    ...{ pdfVersion: '1.7', margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: FOOT } },
    info: { Title: title, Creator: 'SalesPulse', Keywords: document.dataHash },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  doc.registerFont(PLAIN, fontPath('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'));
  doc.registerFont(BOLD, fontPath('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'));
  const page = pageOf(doc, document);
  head(page, title, about);
  panels(page, sections);
  for (const section of sections) figures(page, section, sections.length > 1);
  if (page.letters.hasGaps()) page.text(page.texts.missingLetters, { size: 8, fill: page.inks.muted });
  numberPages(page, document);
  doc.end();
  return done;
}

function pageOf(doc: PDFKit.PDFDocument, document: ExportDocument): Page {
  doc.font(PLAIN);
  const letters = lettersOf(doc);
  const { legible } = letters;
  const width = doc.page.width - 2 * MARGIN;
  const bottom = doc.page.height - FOOT - 16;
  const page: Page = {
    ...{ doc, width, left: MARGIN, top: MARGIN, bottom, inks: inksOf('light'), letters, legible },
    ...{ texts: textsOf(document.locale), display: createDisplay(document) },
    need(height) {
      if (doc.y + height > bottom) page.turn();
    },
    turn() {
      doc.addPage();
      doc.y = MARGIN;
      forgetWords(doc);
    },
    text(text, { size, fill, isBold = false }) {
      doc.font(isBold ? BOLD : PLAIN, size);
      page.need(doc.heightOfString(page.legible(text), { width }));
      doc.fillColor(fill).text(page.legible(text), MARGIN, doc.y, { width });
    },
  };
  return page;
}

function head(page: Page, title: string, about: ExportDocument['about']): void {
  const { doc, inks } = page;
  doc.y = MARGIN;
  page.text(title, { size: 18, fill: inks.text, isBold: true });
  doc.y += 2;
  for (const { label, text } of about) page.text(`${label}: ${text}`, { size: 8.5, fill: inks.muted });
  doc.y += GAP;
}

/** Panels beside each other as on screen, as long as they fit into twelve columns. */
function panels(page: Page, sections: readonly Section[]): void {
  const drawn = sections.filter(({ chart, tiles }) => chart || tiles.length > 0);
  for (let at = 0; at < drawn.length; ) {
    const row: Section[] = [];
    let columns = 0;
    for (let next = drawn[at]; next && columns + next.width <= 12; next = drawn[at]) {
      row.push(next);
      columns += next.width;
      at++;
    }
    paintRow(page, row);
  }
}

function paintRow(page: Page, row: readonly Section[]): void {
  const { doc, left, width, inks } = page;
  const isTiles = (section: Section) => section.tiles.length > 0;
  const heightOf = (section: Section) =>
    isTiles(section)
      ? 24 + 64 * Math.ceil(section.tiles.length / Math.max(1, Math.floor(section.width / 2)))
      : HEIGHTS[section.height];
  const height = Math.max(...row.map(heightOf));
  page.need(height);
  const top = doc.y;
  let x = left;
  for (const section of row) {
    const own = (width * section.width) / 12 - GAP;
    doc.font(BOLD, 10).fillColor(inks.text);
    doc.text(page.legible(section.title), x, top, { width: own, height: 12, ellipsis: true, lineBreak: false });
    const box = { x, y: top + 18, width: own, height: height - 24 };
    if (isTiles(section)) paintTiles(page, section.tiles, box);
    else if (section.chart) paintChart(page, section.chart, box, section.title);
    x += own + GAP;
  }
  doc.y = top + height + GAP;
}

/** The figures of a panel as a table, so that nothing is only drawn. */
function figures(page: Page, section: Section, isOneOfMany: boolean): void {
  const { doc, inks, texts } = page;
  page.need(70);
  if (isOneOfMany || section.chart) page.text(section.title, { size: 11, fill: inks.text, isBold: true });
  doc.y += 4;
  if (section.table.rows.length === 0) page.text(texts.noFigures, { size: 9, fill: inks.muted });
  else paintTable(page, section.table);
  for (const note of section.notes) page.text(note, { size: 8, fill: inks.muted });
  doc.y += GAP;
}

function numberPages({ doc, texts, inks, left, width, legible }: Page, { title }: ExportDocument): void {
  const { start, count } = doc.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    doc.switchToPage(start + index);
    // Below the margin, where text would otherwise begin a new page.
    doc.page.margins.bottom = 0;
    const y = doc.page.height - FOOT + 8;
    const foot = { width, lineBreak: false } as const;
    doc.font(PLAIN, 8).fillColor(inks.muted);
    doc.text(legible(title), left, y, { ...foot, width: width - 120, height: 10, ellipsis: true });
    doc.text(texts.page(index + 1, count), left, y, { ...foot, align: 'right' });
  }
}
