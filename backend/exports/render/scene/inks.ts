import type { ChartFigure } from '../../export-document.ts';

/** Colours of pictures: those of the elements' themes (widgets/styles/tokens.ts). */
export interface Inks {
  surface: string;
  text: string;
  muted: string;
  grid: string;
  series: readonly string[];
}

const light: Inks = {
  surface: '#ffffff',
  text: '#16202c',
  muted: '#526070',
  grid: '#dbe1e9',
  series: ['#1a5c9c', '#b45027', '#46a284', '#833d49', '#49247d', '#be8618', '#6a7379', '#6e1d00'],
};
const dark: Inks = {
  surface: '#18202b',
  text: '#eef2f7',
  muted: '#a9b6c6',
  grid: '#313d4d',
  series: ['#6da0fd', '#ffbe83', '#3f936e', '#b84eb7', '#aebffd', '#c4af27', '#93a3ad', '#dc5132'],
};

export const inksOf = (theme: 'light' | 'dark'): Inks => (theme === 'dark' ? dark : light);

export const inkAt = ({ series }: Inks, index: number): string => series[index % series.length] ?? '#6a7379';

/** Which of the looks a series has: what it was before has the same. */
export const lookAt = ({ series }: Pick<ChartFigure, 'series'>, index: number): number =>
  series.slice(0, index + 1).filter(({ isBefore }) => !isBefore).length - 1;

/** The colour of a series. */
export const seriesInk = (inks: Inks, figure: ChartFigure, index: number): string => inkAt(inks, lookAt(figure, index));

/** A colour mixed with the surface: of not full periods and of areas. */
export function softened(color: string, surface: string, share: number): string {
  const part = (text: string, at: number) => Number.parseInt(text.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) =>
      Math.round(part(color, at) * share + part(surface, at) * (1 - share))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
