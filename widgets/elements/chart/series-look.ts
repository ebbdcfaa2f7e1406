/** How one series is told from the others: by colour, and by dash and shape or hatching besides. */
export interface SeriesLook {
  /** Of the palette's colours, from 0. */
  color: number;
  dash: readonly number[];
  shape: 'circle' | 'rect' | 'triangle' | 'rectRot';
  /** Its colour is that of another series: its surface is hatched. */
  isHatched: boolean;
}

/** Colours that stay apart from each other for every kind of sight. */
export const colorCount = 8;
const dashes = [[], [7, 4], [2, 3], [10, 3, 2, 3]] as const;
const shapes = ['circle', 'rect', 'triangle', 'rectRot'] as const;

/** The look of the series at `index`; no two of the first 32 look alike as lines, nor of the first 16 as surfaces. */
export function seriesLook(index: number): SeriesLook {
  const round = Math.floor(index / colorCount);
  const kind = (index + round) % dashes.length;
  return {
    color: index % colorCount,
    dash: dashes[kind] ?? [],
    shape: shapes[kind] ?? 'circle',
    isHatched: round % 2 === 1,
  };
}
