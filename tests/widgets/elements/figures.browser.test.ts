import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../../support/programs.ts';
import { type Site, serveBuiltPages } from '../built-pages.ts';
import { chromiumArgs, eventually, text } from '../look.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'key figures and charts in the browser', 'chromium');

describe.skipIf(!executablePath)('key figures and charts in the browser', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  async function open(demo: 'kpis' | 'chart', width = 1280): Promise<void> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', timezoneId: 'UTC' });
    page = await context.newPage();
    complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${site.url}/demos/${demo}.html`);
  }
  const under = (heading: string): Locator =>
    page.locator(`h2:has-text("${heading}") ~ *`).and(page.locator('salespulse-kpis, salespulse-chart')).first();
  const fired = () => page.locator('#events').evaluate((log) => (log as HTMLOutputElement).value);

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

  it('says how a figure moved in words, and better or worse where less is better', async () => {
    await open('kpis');
    const tiles = under('Ready').getByRole('listitem');
    await eventually(() => tiles.count()).toBe(6);
    expect(await text(tiles.first())).toMatch(/Revenue[\s\S]*€486,121[\s\S]*▲\s*up 12.6%/);
    const costs = under('All metrics').getByRole('listitem').filter({ hasText: 'Akquisekosten' });
    expect(await text(costs)).toMatch(/▲\s*13,6\s*% mehr\s*schlechter/);
    const velocity = under('All metrics').getByRole('listitem').filter({ hasText: 'Verkaufstempo' });
    expect(await text(velocity.locator('.value'))).toBe('–');
  });

  it('opens a caveat by keyboard and drills by keyboard', async () => {
    await open('kpis');
    const tile = under('Ready').getByRole('listitem').filter({ hasText: 'Lead conversion' });
    const hint = tile.getByRole('button', { name: 'About Lead conversion' });
    await hint.focus();
    await page.keyboard.press('Enter');
    await eventually(() => hint.getAttribute('aria-expanded')).toBe('true');
    expect(await text(tile)).toContain('may still convert');
    await tile.getByRole('button', { name: 'Lead conversion', exact: true }).focus();
    await page.keyboard.press('Enter');
    expect(await fired()).toBe(
      'salespulse-drill {"metric":"conversionRate","value":"0.183","from":"2026-11-01","to":"2026-11-22","filters":{}}',
    );
  });

  it('shows each state of the tiles', async () => {
    await open('kpis');
    await eventually(() => text(under('Loading').getByRole('status'))).toBe('Loading…');
    await eventually(() => text(under('Empty'))).toContain('No figures for this selection.');
    await eventually(() => text(under('Stale').getByRole('status'))).toContain('Could not be refreshed');
    await expect.poll(() => text(under('Error').getByRole('alert'))).toMatch(/had a problem[\s\S]*Request 01a2b3c4/);
    await eventually(() => text(under('Session ended'))).toContain('Your session has ended');
    await eventually(() => text(under('Wrong attribute'))).toContain('range="last-week"');
  });

  it('draws a chart, says it in words, and shows the same figures as a table by keyboard', async () => {
    await open('chart');
    const chart = under('Line, over time');
    await chart.locator('canvas').waitFor();
    expect(await chart.locator('#summary').textContent()).toMatch(/Revenue: highest €668,687 \(Mar 2026\)/);
    expect(await text(chart)).toContain('Not a full period: Nov 2026.');
    await chart.getByRole('button', { name: 'Show as table' }).focus();
    await page.keyboard.press('Enter');
    await eventually(() => chart.getByRole('row').count()).toBe(13);
    expect(await text(chart.getByRole('row', { name: /Mar 2026/ }))).toBe('Mar 2026 €668,687–');
  });

  it('offers records and filter for a point, by mouse and by keyboard, and gives the focus back', async () => {
    await open('chart');
    const chart = under('Bars, by dimension');
    await chart.scrollIntoViewIfNeeded();
    const canvas = chart.locator('canvas');
    await canvas.waitFor();
    const box = await canvas.boundingBox();
    if (!box) throw new Error('The chart has no place.');
    await page.mouse.click(box.x + box.width * 0.4, box.y + 20);
    await chart.getByRole('button', { name: 'Only Software' }).click();
    expect(await fired()).toBe('salespulse-filter {"dimension":"category","values":["Software"],"label":"Software"}');
    await chart.getByRole('button', { name: 'Show as table' }).click();
    const row = chart.getByRole('button', { name: 'Services' });
    await row.press('Enter');
    await chart.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => chart.getByRole('dialog').count()).toBe(0);
    expect(await row.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)).toBe(true);
    await row.press('Enter');
    await page.keyboard.press('Enter');
    expect(await fired()).toContain('"filters":{"category":["Services"]}');
  });

  it('draws anew in the colours of the theme', async () => {
    await open('chart');
    const canvas = under('Bars, over time').locator('canvas');
    await canvas.waitFor();
    const colour = () =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const { width, height } = element;
        const { data } = element.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
        const counts = new Map<string, number>();
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] !== 255) continue;
          const key = [data[at], data[at + 1], data[at + 2]].join();
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
      });
    await eventually(colour).toBe('26,92,156');
    await page.locator('#theme').selectOption('dark');
    await eventually(colour).toBe('109,160,253');
  });

  it('loads what draws charts only when one comes near the screen', async () => {
    await open('chart', 360);
    await under('Line, over time').locator('canvas').waitFor();
    expect(await under('Error').getByRole('alert').count()).toBe(0);
    await under('Error').scrollIntoViewIfNeeded();
    await under('Error').getByRole('alert').waitFor();
  });

  it.each(['kpis', 'chart'] as const)('%s pass axe in both themes and fit 360 px', async (demo) => {
    await open(demo, 360);
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    for (const element of await page.locator('salespulse-kpis, salespulse-chart').all()) {
      await element.scrollIntoViewIfNeeded();
      const shown = element.locator('canvas, table, [role=alert], [role=status], .value, [part=empty]').first();
      await shown.waitFor({ state: 'attached' });
    }
    // In the page's own world, where the policy of the page does not reach.
    await page.evaluate(await readFile(axe, 'utf8'));
    for (const theme of ['light', 'dark']) {
      await page.locator('#theme').selectOption(theme);
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(violations).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});
