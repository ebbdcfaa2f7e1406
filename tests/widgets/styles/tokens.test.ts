import { describe, expect, it } from 'vitest';
import { tokens } from '../../../widgets/styles/tokens.ts';
import { contrast, difference, visions } from './colors.ts';

const themes = ['light', 'dark'] as const;
const colors = new Map(
  [...tokens.cssText.matchAll(/--_([\w-]+): var\([^,]+, light-dark\((#\w{6}), (#\w{6})\)\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);
const color = (name: string, theme: 'light' | 'dark') => {
  const found = colors.get(name);
  if (!found) throw new Error(`No token ${name}.`);
  return found[theme];
};
const series = Array.from({ length: 8 }, (_none, index) => `series-${index + 1}`);

describe.each(themes)('the %s theme', (theme) => {
  it.each([
    ['text', 'surface'],
    ['text', 'background'],
    ['text', 'surface-hover'],
    ['text', 'surface-raised'],
    ['text-muted', 'surface'],
    ['text-muted', 'background'],
    ['text-muted', 'surface-hover'],
    ['accent', 'surface'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ['positive', 'positive-soft'],
    ['negative', 'negative-soft'],
    ['warning', 'warning-soft'],
  ])('writes %s on %s with a contrast of 4.5 or more', (text, ground) => {
    expect(contrast(color(text, theme), color(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['border-control', 'focus', 'accent', ...series])('draws %s with a contrast of 3 or more', (name) => {
    expect(contrast(color(name, theme), color('surface', theme))).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(visions))('keeps the series apart under %s vision', (_name, vision) => {
    const pairs = series.flatMap((one, index) => series.slice(index + 1).map((other) => [one, other] as const));
    const distances = pairs.map(([one, other]) => difference(color(one, theme), color(other, theme), vision));
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(8);
  });
});
