import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSales } from '../analytics/facts.ts';
import { readCsv, readPdf, readSheets } from '../exports/read-back.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'files of a chart in the browser', 'chromium');

interface Picture {
  size: [number, number];
  /** of the pixel at the top left, 0..255 */
  ground: number;
  shades: number;
}

/** Decodes a PNG in the page, as whoever opens it does. */
const decoded = (page: Page, png: Buffer): Promise<Picture> =>
  page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    if (!context) throw new Error('No canvas to draw on.');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const shades = new Set(new Uint32Array(data.buffer));
    return { size: [image.width, image.height], ground: data[0] ?? -1, shades: shades.size };
  }, png.toString('base64'));

/** What an SVG is made of, by the browser's own parser; in a page without our policies, which refuse to parse texts. */
async function parsed(page: Page, svg: string): Promise<{ root: string; tags: string[]; addresses: string[] }> {
  const blank = await page.context().newPage();
  const found = await blank.evaluate((text) => {
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
    const all = [documentElement, ...documentElement.querySelectorAll('*')];
    const attributes = all.flatMap((one) => [...one.attributes]).filter(({ name }) => !name.startsWith('xmlns'));
    const isDoor = ({ name, value }: Attr) => /^on|href$/.test(name) || /url\(|:\/\//.test(value);
    return {
      root: documentElement.tagName,
      tags: [...new Set(all.map(({ tagName }) => tagName))],
      addresses: attributes.filter(isDoor).map(({ name, value }) => `${name}=${value}`),
    };
  }, svg);
  await blank.close();
  return found;
}

describe.skipIf(!executablePath)('files of a chart in the browser', () => {
  let harness: ConsoleHarness;
  let page: Page;

  beforeAll(async () => {
    harness = await startConsole();
    const soldOn = new Date().toISOString().slice(0, 10);
    await addSales(harness.server.database, [
      { soldOn, amount: '1234.56', region: 'Łódź', ownerId: harness.server.company.users.manager },
    ]);
    const opened = await harness.openAs('admin', '/explore?by=region&type=bar');
    page = opened.page;
    await page.locator('salespulse-chart canvas').first().waitFor();
  });
  afterAll(() => harness?.close());

  /** Chooses a format by keyboard alone, and opens what the browser saved. */
  async function saved(format: string): Promise<{ name: string; content: Buffer }> {
    const button = page.locator('salespulse-export-menu').first().getByRole('button', { name: 'Export' });
    await button.focus();
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: format });
    await item.waitFor();
    for (let step = 0; step < 5 && !(await item.evaluate((one) => one.matches(':focus'))); step++) {
      await page.keyboard.press('ArrowDown');
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
  }

  it('saves CSV, XLSX and PDF of the figures on screen, with the hash of their answer', async () => {
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().includes('/analytics/breakdown')),
      page.reload(),
    ]);
    const { dataHash } = (await answer.json()) as { dataHash: string };
    await page.locator('salespulse-chart canvas').first().waitFor();
    const csv = await saved('CSV');
    expect(csv.name).toContain(dataHash.slice(0, 12));
    const [, ...rows] = readCsv(csv.content.toString('utf8'));
    expect(rows).toEqual([['Łódź', '1234.56']]);
    const sheets = await readSheets(new Uint8Array((await saved('Excel')).content));
    expect(sheets[0]?.rows.flat()).toContain(1234.56);
    expect(sheets.flatMap((sheet) => sheet.rows.flat())).toContain(dataHash);
    const pdf = (await readPdf(new Uint8Array((await saved('PDF')).content))).join(' ');
    expect(pdf).toContain('1,234.56');
    expect(pdf.replace(/\s+/g, '')).toContain(dataHash);
  });

  it.each(['light', 'dark'] as const)(
    'paints PNG at twice the size, and SVG, in the colours on screen: %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      const png = await saved('PNG');
      expect(png.name).toMatch(/\.png$/);
      const picture = await decoded(page, png.content);
      expect(picture.size).toEqual([1920, 1080]);
      expect(picture.shades).toBeGreaterThan(8);
      expect(picture.ground > 128 ? 'light' : 'dark').toBe(colorScheme);
      const svg = (await saved('SVG')).content.toString('utf8');
      const { root, tags, addresses } = await parsed(page, svg);
      expect(root).toBe('svg');
      expect(tags).toContain('path');
      expect(tags).not.toEqual(expect.arrayContaining([expect.stringMatching(/script|image|foreignObject|use|style/)]));
      expect(addresses).toEqual([]);
    },
  );

  it('closes with Escape and gives the focus back', async () => {
    const button = page.locator('salespulse-export-menu').first().getByRole('button', { name: 'Export' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
    expect(await button.evaluate((one) => one.matches(':focus'))).toBe(true);
  });
});
