import type { Tile } from '../../export-document.ts';
import type { Box } from '../scene/marks.ts';
import { BOLD, type Page, PLAIN } from './page.ts';

const GOOD = '#0f6b4a';
const BAD = '#a8321f';
const HEIGHT = 58;

/** Key figures, with how they changed and what they were to be. */
export function paintTiles(page: Page, tiles: readonly Tile[], box: Box): void {
  const { doc, inks, display, texts, legible } = page;
  const across = Math.max(1, Math.min(tiles.length, Math.floor(box.width / 118)));
  const width = box.width / across;
  for (const [index, tile] of tiles.entries()) {
    const x = box.x + (index % across) * width;
    const y = box.y + Math.floor(index / across) * (HEIGHT + 6);
    const room = { width: width - 14, lineBreak: false, height: 14, ellipsis: true } as const;
    doc
      .roundedRect(x, y, width - 6, HEIGHT, 4)
      .lineWidth(0.7)
      .strokeColor(inks.grid)
      .stroke();
    doc
      .font(PLAIN, 8)
      .fillColor(inks.muted)
      .text(legible(tile.label), x + 5, y + 5, room);
    doc
      .font(BOLD, 12)
      .fillColor(inks.text)
      .text(legible(display.figure(tile.column, tile.value)), x + 5, y + 17, room);
    const change = tile.change === null ? '' : `${display.change(tile.column, tile.change)} `;
    const before = tile.previous === null ? '' : `(${display.figure(tile.column, tile.previous)})`;
    const target = tile.target === null ? '' : `${texts.target} ${display.figure(tile.column, tile.target)}`;
    const fill = tile.isGood === null ? inks.muted : tile.isGood ? GOOD : BAD;
    doc.fillColor(fill);
    doc.font(PLAIN, 7).text(legible(change + before), x + 5, y + 34, room);
    doc.fillColor(inks.muted).text(legible(target), x + 5, y + 45, room);
  }
}
