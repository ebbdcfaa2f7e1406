/** Colours as the canvas needs them: resolved for the theme that is on. */
export interface Palette {
  text: string;
  muted: string;
  grid: string;
  surface: string;
  tooltip: string;
  font: { family: string; size: number };
  series: { solid: string; soft: string }[];
}

const seriesCount = 8;

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
    series: Array.from({ length: seriesCount }, (_none, index) => ({
      solid: read(`var(--_series-${index + 1})`),
      soft: read(`color-mix(in srgb, var(--_series-${index + 1}) 22%, transparent)`),
    })),
  };
  probe.style.color = '';
  return palette;
}
