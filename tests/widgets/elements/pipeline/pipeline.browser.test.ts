import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../../../support/programs.ts';
import { type Site, serveBuiltPages } from '../../built-pages.ts';
import { chromiumArgs, eventually, text } from '../../look.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'pipeline reports in the browser', 'chromium');

describe.skipIf(!executablePath)('pipeline reports in the browser', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  async function open(width = 1280): Promise<void> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', timezoneId: 'UTC' });
    page = await context.newPage();
    complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${site.url}/demos/pipeline.html`);
    await page.locator('salespulse-pipeline .foot').first().waitFor();
  }
  const under = (heading: string): Locator => page.locator(`h2:text-is("${heading}") ~ salespulse-pipeline`).first();

  beforeAll(async () => {
    site = await serveBuiltPages();
    browser = await chromium.launch({ executablePath: executablePath as string, args: chromiumArgs });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(async () => {
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('opens the records of a bar by keyboard, and puts the focus back when the list is closed', async () => {
    await open();
    const changes = under('What changed');
    const grew = changes.getByRole('button', { name: /^Grew: / });
    await grew.focus();
    await page.keyboard.press('Enter');
    const list = changes.getByRole('region', { name: 'Grew' });
    await eventually(() => list.locator('tbody tr').count()).toBe(4);
    expect(await text(list.locator('tbody tr').first())).toMatch(
      /Nordwind: Atlas Suite[\s\S]*€36,000[\s\S]*€48,000[\s\S]*\+€12,000/,
    );
    await list.getByRole('button', { name: 'Close the list' }).click();
    await eventually(() => list.count()).toBe(0);
    expect(await grew.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)).toBe(true);
  });

  it('changes the report by its tabs, and forgets the list of the one before', async () => {
    await open();
    const reports = under('Ready');
    await reports.getByRole('button', { name: 'Entered: 188' }).click();
    await reports.locator('.list tbody tr').first().waitFor();
    await reports.getByRole('button', { name: 'Ageing' }).click();
    await reports.getByRole('button', { name: /Discovery, 0–7 days/ }).waitFor();
    expect(await reports.locator('.list').count()).toBe(0);
  });

  it('says that there is nothing, that a refresh failed, and what an error is', async () => {
    await open();
    expect(await text(under('Empty'))).toContain('Nothing in this pipeline');
    await eventually(() => text(under('Stale: a refresh failed'))).toMatch(/could not be refreshed/i);
    expect(await text(under('Error'))).toContain('Try again');
  });

  for (const width of [360, 1440]) {
    it(`fits ${width} pixels and has no accessibility violations`, async () => {
      await open(width);
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      const session = await page.context().newCDPSession(page);
      await session.send('Runtime.evaluate', { expression: axe });
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run(options: object): Promise<{ violations: { id: string }[] }> };
        };
        return (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })).violations.map(({ id }) => id);
      });
      expect(violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  }
});
