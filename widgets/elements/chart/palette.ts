import { colorCount } from './series-look.ts';

/** Colours as the canvas needs them: resolved for the theme that is on. */
export interface Palette {
  text: string;
  muted: string;
  grid: string;
  surface: string;
  tooltip: string;
  font: { family: string; size: number };
  series: SeriesColor[];
}

/** A series in full, and as a period that isn't over. */
export interface SeriesColor {
  solid: string;
  soft: string;
}

/** A surface of `color` with stripes of the background, for a series whose colour is taken. */
export function hatched(color: string, background: string): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = 8;
  tile.height = 8;
  const context = tile.getContext('2d');
  if (!context) return color;
  context.fillStyle = color;
  context.fillRect(0, 0, 8, 8);
  context.strokeStyle = background;
  context.lineWidth = 2;
  context.beginPath();
  for (const at of [-8, 0, 8]) {
    context.moveTo(at - 1, 9);
    context.lineTo(at + 9, -1);
  }
  context.stroke();
  return context.createPattern(tile, 'repeat') ?? color;
}

/** Reads the tokens in force at `probe`, which must be in the page and have no transition. */
export function readPalette(probe: HTMLElement): Palette {
  const style = getComputedStyle(probe);
  const read = (value: string) => {
    probe.style.color = value;
    return style.color;
  };
  const palette: Palette = {
    text: read('var(--_text)'),
    muted: read('var(--_text-muted)'),
    grid: read('var(--_border)'),
    surface: read('var(--_surface)'),
    tooltip: read('var(--_surface-raised)'),
    font: { family: style.fontFamily, size: 12 },
    series: Array.from({ length: colorCount }, (_none, index) => ({
      solid: read(`var(--_series-${index + 1})`),
      soft: read(`color-mix(in srgb, var(--_series-${index + 1}) 22%, transparent)`),
    })),
  };
  probe.style.color = '';
  return palette;
}
