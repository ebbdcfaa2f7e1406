import { describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../../../support/programs.ts';
import type { BoardPage } from './browser.ts';
import { DemoBoard, eventually } from './demo-board.ts';

const chromium = findChromium();
if (!chromium) reportMissing('chromium', 'cards moved by keyboard and menu', 'chromium');

describe.skipIf(!chromium)('cards moved by keyboard and menu', { timeout: 30_000 }, () => {
  const demo = new DemoBoard(chromium);
  let board: BoardPage;

  it('carries a card by keyboard, says where it is, and keeps the focus on it', async () => {
    board = await demo.open();
    const { discovery, proposal } = await demo.names();
    const live = board.page.locator('[aria-live=assertive]');
    await board
      .card(discovery[1] as string)
      .locator('.open')
      .focus();
    await board.page.keyboard.press('Space');
    await eventually(() => live.textContent()).toContain('Picked up');
    await board.page.keyboard.press('ArrowRight');
    await eventually(() => live.textContent()).toBe('Proposal, position 2 of 10.');
    await board.page.keyboard.press('ArrowUp');
    await board.page.keyboard.press('Space');
    await eventually(() => live.textContent()).toContain('to Proposal, position 1 of 10');
    expect((await demo.names()).proposal).toEqual([discovery[1], proposal[0], proposal[1]]);
    await eventually(() =>
      board.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent),
    ).toBe(discovery[1]);
    await board.page.keyboard.press('Control+z');
    await eventually(async () => (await demo.names()).discovery).toEqual(discovery);
  });

  it('cancels by Escape and when the focus leaves', async () => {
    board = await demo.open();
    const before = await demo.names();
    await board
      .card(before.discovery[0] as string)
      .locator('.open')
      .focus();
    for (const leave of ['Escape', 'Tab']) {
      await board.page.keyboard.press('Space');
      await board.page.keyboard.press('ArrowRight');
      await board.page.locator('.held').waitFor();
      await board.page.keyboard.press(leave);
      await eventually(() => board.page.locator('.held').count()).toBe(0);
    }
    expect(await demo.names()).toEqual(before);
    expect(await demo.sent()).toEqual([]);
  });

  it('moves by the menu, from its button and from the keyboard', async () => {
    board = await demo.open();
    const { discovery } = await demo.names();
    await board.card(discovery[0] as string).hover();
    await board
      .card(discovery[0] as string)
      .locator('.more')
      .click();
    await board.page.getByRole('menuitem', { name: 'Won' }).click();
    await eventually(async () => (await board.titles('Won'))[0]).toBe(discovery[0]);
    await board
      .card(discovery[1] as string)
      .locator('.open')
      .focus();
    await board.page.keyboard.press('m');
    await board.page.locator('.menu').waitFor();
    await board.page.keyboard.press('Escape');
    expect(await board.page.locator('.menu').count()).toBe(0);
    await board.page.keyboard.press('Shift+F10');
    await board.page.getByRole('menuitem', { name: 'Lost' }).focus();
    await board.page.keyboard.press('Enter');
    await eventually(async () => (await board.titles('Lost'))[0]).toBe(discovery[1]);
    expect((await demo.sent()).map((move) => Object.keys(move.body as object))).toEqual([['stageId'], ['stageId']]);
  });
});
