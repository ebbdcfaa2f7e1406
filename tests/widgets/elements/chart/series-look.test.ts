import { describe, expect, it } from 'vitest';
import { seriesLook } from '../../../../widgets/elements/chart/series-look.ts';

const looks = (count: number) => Array.from({ length: count }, (_none, index) => seriesLook(index));

describe('looks of series', () => {
  it('tell 32 lines apart, and any two neighbours without their colour', () => {
    expect(new Set(looks(32).map(({ color, dash, shape }) => `${color} ${dash} ${shape}`)).size).toBe(32);
    const all = looks(32);
    for (const [index, { shape }] of all.slice(1).entries()) expect(shape).not.toBe(all[index]?.shape);
  });

  it('tell 16 surfaces apart: beyond the colours they are hatched', () => {
    expect(new Set(looks(16).map(({ color, isHatched }) => `${color} ${isHatched}`)).size).toBe(16);
    expect(looks(9).map(({ isHatched }) => isHatched)).toEqual([...Array(8).fill(false), true]);
  });
});
