import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSales } from '../analytics/facts.ts';
import { readCsv, readPdf, readSheets } from '../exports/read-back.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'files of a chart in the browser', 'chromium');

/** Size of a PNG, and how many different bytes its pixels have. */
function decoded(png: Buffer): { width: number; height: number; different: number } {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const different = new Set(inflateSync(Buffer.concat(parts))).size;
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), different };
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

  it('saves CSV, XLSX, PDF, PNG and SVG of the figures on screen', async () => {
    const csv = await saved('CSV');
    const [, ...rows] = readCsv(csv.content.toString('utf8'));
    expect(rows.flat()).toContain('1234.56');
    const [sheet] = await readSheets(new Uint8Array((await saved('Excel')).content));
    expect(sheet?.rows.flat()).toContain(1234.56);
    const pdf = await readPdf(new Uint8Array((await saved('PDF')).content));
    expect(pdf.join(' ')).toContain('1,234.56');
    const png = await saved('PNG');
    expect(png.name).toMatch(/\.png$/);
    const picture = decoded(png.content);
    expect([picture.width, picture.height]).toEqual([1920, 1080]);
    expect(picture.different).toBeGreaterThan(8);
    const svg = (await saved('SVG')).content.toString('utf8');
    expect(svg).toContain('<path');
    expect(svg).not.toContain('<image');
  });

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
