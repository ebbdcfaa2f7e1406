import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

declare const axe: { run(context: Document, options: object): Promise<AxeResults> };

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface View {
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
}

const views: readonly View[] = [
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 1440, height: 900, colorScheme: 'dark' },
];

/** For pages whose layout has a form of its own between telephone and desktop. */
export const allWidths: readonly View[] = [...views, { width: 768, height: 900, colorScheme: 'light' }];

/** What axe finds, as "rule: where". */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(await source);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** On a light telephone and a dark desktop (widths change no colour, and colours no width): nothing for axe to complain of, nothing wider than the screen. */
export async function expectAccessible(page: Page, name: string, at = views): Promise<void> {
  for (const { width, height, colorScheme } of at) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Charts follow a change of width a frame later.
    const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(tooWide, { message: `${name} is too wide at ${width}` }).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(page), `${name}, ${colorScheme}, ${width}`).toEqual([]);
  }
}
