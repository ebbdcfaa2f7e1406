import { describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../../../support/programs.ts';
import type { BoardPage } from './browser.ts';
import { DemoBoard, eventually } from './demo-board.ts';

const chromium = findChromium();
if (!chromium) reportMissing('chromium', 'what a board shows, in the browser', 'chromium');

describe.skipIf(!chromium)('what a board shows', { timeout: 30_000 }, () => {
  const demo = new DemoBoard(chromium);
  let board: BoardPage;

  it('shows every stage with count and total, and cards with their fields', async () => {
    board = await demo.open();
    expect(await board.column('Discovery').locator('.total').textContent()).toMatch(/^€[\d,]+$/);
    expect(await board.count('Discovery')).toBe(14);
    const card = board.column('Proposal').locator('[data-card]').first();
    expect(await card.locator('.value').textContent()).toMatch(/^€/);
    expect(await board.page.locator('salespulse-kanban .top').textContent()).toContain('29 open');
  });

  it('has one tab stop a column, walks by arrows and opens by Enter and click', async () => {
    board = await demo.open();
    expect(await board.page.locator('.board .open[tabindex="0"]').count()).toBe(5);
    await board
      .card((await demo.names()).discovery[0] as string)
      .locator('.open')
      .focus();
    await board.page.keyboard.press('ArrowDown');
    await board.page.keyboard.press('ArrowRight');
    await board.page.keyboard.press('End');
    const focused = () => board.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
    const last = (await board.titles('Proposal')).at(-1);
    await eventually(focused).toBe(last);
    await board.page.keyboard.press('Enter');
    await board.page.locator('#events', { hasText: 'salespulse-card-open {"entity":"opportunity"' }).waitFor();
    await board.column('Won').locator('[data-card]').first().click();
    await eventually(() => board.page.locator('#events li', { hasText: 'card-open' }).count()).toBe(2);
  });

  it('draws only what is seen of 5,000 cards and loads further pages on the way down', async () => {
    board = await demo.open('?cards=5000');
    const drawn = () => board.column('Discovery').locator('[data-card]').count();
    expect(await board.count('Discovery')).toBe(5000);
    expect(await drawn()).toBeLessThan(25);
    const list = board.column('Discovery').locator('.list');
    for (const pages of [1, 2, 3]) {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await eventually(() => list.evaluate((element) => Math.round(element.scrollHeight / 126))).toBeGreaterThan(
        pages * 200,
      );
    }
    expect(await drawn()).toBeLessThan(25);
    const tops = await board.titles('Discovery');
    expect(tops.length).toBeGreaterThan(5);
  });
});
