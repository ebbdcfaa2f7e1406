import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SampleServer } from '../../../../widgets/demos/kanban-session.ts';
import { findChromium, reportMissing } from '../../../support/programs.ts';
import { type BoardPage, centreOf, launch, openBoard } from './browser.ts';
import { type DemoPage, serveDemo } from './demo-page.ts';

declare const sample: SampleServer;

const chromium = findChromium();
if (!chromium) reportMissing('chromium', "the board's filters and lanes in the browser", 'chromium');

describe.skipIf(!chromium)("the board's filters, lanes, fields and days", { timeout: 60_000 }, () => {
  let demo: DemoPage;
  let browser: Browser;
  let board: BoardPage;
  let page: Page;
  const open = async (query = '') => {
    board = await openBoard(browser, demo.url + query);
    page = board.page;
    await page.locator('salespulse-kanban .tools').waitFor();
  };

  beforeAll(async () => {
    demo = await serveDemo();
    browser = await launch(chromium as string);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });
  afterEach(async () => {
    // The sample has no stream of events, and says so.
    await page.close();
  });

  it('narrow the board by one click and by words, and show all again', async () => {
    await open();
    const all = await board.count('Discovery');
    await page.getByRole('button', { name: 'Hot', exact: true }).click();
    await expect.poll(() => board.count('Discovery')).toBeLessThan(all);
    expect(await page.getByRole('button', { name: 'Hot', exact: true }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => board.count('Discovery')).toBe(all);
    const [title = ''] = await board.titles('Discovery');
    await page.getByRole('searchbox').fill(title);
    await expect.poll(() => board.titles('Discovery')).toEqual([title]);
  });

  it('show weighted totals beside the totals', async () => {
    await open();
    expect(await board.column('Discovery').locator('.weighted').textContent()).toMatch(/≈ €[\d,]+/);
  });

  it('fall into lanes in which cards move', async () => {
    await open();
    await page.getByLabel('Lanes').selectOption('owner');
    const lane = page.locator('section.lane').first();
    await lane.locator('[data-card]:not(.locked)').first().waitFor();
    const card = lane.locator('.column').first().locator('[data-card]:not(.locked)').first();
    const id = await card.getAttribute('data-card');
    const from = await centreOf(card);
    const to = await centreOf(lane.locator('.column').nth(1).locator('.list'));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await lane.locator('.column.target').waitFor();
    await page.mouse.up();
    await lane.locator('.column').nth(1).locator(`[data-card="${id}"]`).waitFor();
    const moves = await page.evaluate(() => sample.moves);
    expect(moves.map(({ path }) => path)).toEqual([`/opportunities/${id}/stage`]);
    await lane.getByRole('button', { expanded: true }).first().click();
    await expect.poll(() => lane.locator('[data-card]').count()).toBe(0);
  });

  it('move cards by keyboard in a lane', async () => {
    await open();
    await page.getByLabel('Lanes').selectOption('score');
    const lane = page.locator('section.lane').first();
    const first = lane.locator('.column').first().locator('[data-card]:not(.locked)').first();
    await first.waitFor();
    const id = await first.getAttribute('data-card');
    await first.locator('.open').focus();
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(' ');
    await lane.locator('.column').nth(1).locator(`[data-card="${id}"]`).waitFor();
  });

  it('show a board of the past, in which nothing moves', async () => {
    await open();
    await page.getByRole('button', { name: 'A day earlier' }).click();
    await page.getByText('Nothing can be moved here.').waitFor();
    await expect.poll(() => page.locator('[data-card]:not(.locked)').count()).toBe(0);
    await page.getByRole('button', { name: 'Back to today' }).click();
    await page.locator('[data-card]:not(.locked)').first().waitFor();
  });

  it('show the fields that are chosen', async () => {
    await open();
    expect(await page.locator('.fact').count()).toBeGreaterThan(0);
    await page.locator('summary', { hasText: 'Fields' }).click();
    await page.getByRole('checkbox', { name: 'Source' }).check();
    await page.locator('[data-card] dt', { hasText: 'Source' }).first().waitFor();
    await page.getByRole('checkbox', { name: 'Owner' }).uncheck();
    await expect.poll(() => page.locator('[data-card] .owner').count()).toBe(0);
  });
});
