import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SampleServer } from '../../../../widgets/demos/kanban-session.ts';
import { findChromium, reportMissing } from '../../../support/programs.ts';
import { centreOf, launch, openBoard } from './browser.ts';
import { type DemoPage, serveDemo } from './demo-page.ts';

declare const sample: SampleServer;

const chromium = findChromium();
if (!chromium) reportMissing('chromium', 'cards from lane to lane in the browser', 'chromium');

describe.skipIf(!chromium)('cards from lane to lane', { timeout: 60_000 }, () => {
  let demo: DemoPage;
  let browser: Browser;
  let page: Page;
  const lane = (index: number) => page.locator('section.lane').nth(index);
  const cards = (index: number, column: number) => lane(index).locator('.column').nth(column).locator('[data-card]');
  const toast = () => page.locator('salespulse-kanban .toast');
  const said = () =>
    page.locator('salespulse-kanban [aria-live]').evaluateAll((all) => all.map((one) => one.textContent).join('|'));
  const sent = () => page.evaluate(() => sample.moves);
  const ownerOf = (id: string) =>
    page.evaluate(
      (cardId) =>
        sample.board.columns.flatMap((column) => column.cards).find((card) => card.id === cardId)?.owner?.id ?? null,
      id,
    );
  const idOf = async (card: Locator) => (await card.getAttribute('data-card')) ?? '';
  const free = (index: number, column: number) =>
    lane(index).locator('.column').nth(column).locator('[data-card]:not(.locked)').first();

  const open = async (by: 'owner' | 'score', options?: Parameters<Browser['newPage']>[0]) => {
    ({ page } = await openBoard(browser, demo.url, { viewport: { width: 1440, height: 1700 }, ...options }));
    await page.evaluate(() => {
      const board = document.querySelector('salespulse-kanban');
      if (board) board.style.blockSize = '1500px';
    });
    await page.getByLabel('Lanes').selectOption(by);
    await free(0, 0).waitFor();
    await cards(1, 0).first().waitFor();
  };
  /** Drags a card over a place of another lane, without letting go. */
  const dragTo = async (card: Locator, to: Locator) => {
    const from = await centreOf(card);
    const target = await centreOf(to);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.move(target.x, target.y, { steps: 6 });
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
    await page.close();
  });

  it('gives a card to another owner and stage in one request, and takes both back by one undo', async () => {
    await open('owner');
    const id = await idOf(free(0, 0));
    const before = await ownerOf(id);
    await dragTo(free(0, 0), lane(1).locator('.column').nth(1).locator('.list'));
    await lane(1).locator('.column.target .gap').waitFor();
    expect(await lane(1).getAttribute('class')).toContain('target');
    await page.mouse.up();
    await lane(1).locator('.column').nth(1).locator(`[data-card="${id}"]`).waitFor();
    expect(await lane(0).locator(`[data-card="${id}"]`).count()).toBe(0);
    await expect.poll(() => ownerOf(id)).not.toBe(before);
    const after = await ownerOf(id);
    const [move, ...others] = await sent();
    expect(others).toEqual([]);
    expect(move).toMatchObject({
      path: `/opportunities/${id}/stage`,
      body: { stageId: expect.any(String), fields: { ownerId: after } },
    });
    await toast().filter({ hasText: 'moved to' }).getByRole('button', { name: 'Undo' }).click();
    await cards(0, 0)
      .and(page.locator(`[data-card="${id}"]`))
      .waitFor();
    await expect.poll(() => ownerOf(id)).toBe(before);
    expect(await sent()).toHaveLength(2);
    expect(await toast().textContent()).toMatch(/is back in/);
  });

  it('puts the card back and says why when the server refuses', async () => {
    await open('owner');
    const id = await idOf(free(0, 0));
    await page.evaluate(() => {
      sample.moveFault = 'forbidden';
    });
    await dragTo(free(0, 0), lane(1).locator('.column').nth(0).locator('.list'));
    await page.mouse.up();
    await toast().filter({ hasText: 'You may not move this opportunity' }).waitFor();
    await cards(0, 0)
      .and(page.locator(`[data-card="${id}"]`))
      .waitFor();
    await expect.poll(() => lane(1).locator(`[data-card="${id}"]`).count()).toBe(0);
  });

  it('keeps a card in its lane where lanes are calculated, and says so over the lane and after letting go', async () => {
    await open('score');
    const id = await idOf(free(0, 0));
    await dragTo(free(0, 0), lane(1).locator('.column').nth(1).locator('.list'));
    await lane(1).getByText('Scores are calculated').waitFor();
    expect(await lane(1).locator('.gap').count()).toBe(0);
    await page.mouse.up();
    await toast().filter({ hasText: 'Scores are calculated' }).waitFor();
    await cards(0, 0)
      .and(page.locator(`[data-card="${id}"]`))
      .waitFor();
    expect(await sent()).toEqual([]);
    await free(0, 0).locator('.open').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(said).toContain('Scores are calculated');
  });

  it('carries a card by keyboard into the next lane, says where it is, and keeps the focus on it', async () => {
    await open('owner');
    const id = await idOf(free(0, 0));
    const before = await ownerOf(id);
    await free(0, 0).locator('.open').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Alt+ArrowDown');
    await lane(1).locator('.held').waitFor();
    expect(await lane(0).locator('.held').count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await expect.poll(said).toMatch(/: Proposal, position 1 of \d+\./);
    await page.keyboard.press('Space');
    const there = lane(1).locator('.column').nth(1).locator(`[data-card="${id}"]`);
    await there.waitFor();
    await expect.poll(() => there.locator('.open').evaluate((one) => one.matches(':focus'))).toBe(true);
    await expect.poll(() => ownerOf(id)).not.toBe(before);
    await page.keyboard.press('Control+z');
    await expect.poll(() => ownerOf(id)).toBe(before);
    await cards(0, 0)
      .and(page.locator(`[data-card="${id}"]`))
      .waitFor();
  });

  it('leads back by the keys that led out, and Escape leaves the card where it was', async () => {
    await open('owner');
    const id = await idOf(free(0, 0));
    await free(0, 0).locator('.open').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Alt+ArrowDown');
    await lane(1).locator('.held').waitFor();
    await page.keyboard.press('ArrowUp');
    await lane(0).locator('.held').waitFor();
    expect(await lane(1).locator('.held').count()).toBe(0);
    await page.keyboard.press('Alt+ArrowDown');
    await lane(1).locator('.held').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.held').count()).toBe(0);
    expect(
      await cards(0, 0)
        .and(page.locator(`[data-card="${id}"]`))
        .count(),
    ).toBe(1);
    expect(await sent()).toEqual([]);
  });

  it('moves a card into another lane by its menu, also one that is closed', async () => {
    await open('owner');
    const id = await idOf(free(0, 0));
    const before = await ownerOf(id);
    await lane(1).getByRole('button', { expanded: true }).first().click();
    await expect.poll(() => lane(1).locator('[data-card]').count()).toBe(0);
    const name = (await lane(1).getAttribute('aria-label')) ?? '';
    await free(0, 0).locator('.open').focus();
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name }).click();
    await expect.poll(() => ownerOf(id)).not.toBe(before);
    await lane(1).locator(`[data-card="${id}"]`).waitFor();
    expect(await lane(0).locator(`[data-card="${id}"]`).count()).toBe(0);
    expect(await toast().textContent()).toContain(name);
  });

  it('drags a card into another lane by touch', async () => {
    await open('owner', { viewport: { width: 800, height: 1700 }, hasTouch: true });
    const id = await idOf(free(0, 0));
    const before = await ownerOf(id);
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    const from = await centreOf(free(0, 0));
    const to = await centreOf(lane(1).locator('.column').first().locator('.list'));
    await touch('touchStart', from.x, from.y);
    await page.locator('.ghost').waitFor();
    for (let y = from.y; y < to.y; y += 25) await touch('touchMove', to.x, y);
    await lane(1).locator('.column.target .gap').waitFor();
    await touch('touchEnd');
    await lane(1).locator(`[data-card="${id}"]`).waitFor();
    await expect.poll(() => ownerOf(id)).not.toBe(before);
  });
});
