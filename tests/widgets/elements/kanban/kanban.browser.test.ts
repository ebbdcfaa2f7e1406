import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SampleServer } from '../../../../widgets/demos/kanban-session.ts';
import { findChromium, reportMissing } from '../../../support/programs.ts';
import { type BoardPage, centreOf, launch, openBoard } from './browser.ts';
import { type DemoPage, serveDemo } from './demo-page.ts';

declare const sample: SampleServer;

/** Waits for a condition, as long as a busy machine may need. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 });

const chromium = findChromium();
if (!chromium) reportMissing('chromium', 'the board in the browser', 'chromium');

describe.skipIf(!chromium)('salespulse-kanban in the browser', { timeout: 30_000 }, () => {
  let demo: DemoPage;
  let browser: Browser;
  let board: BoardPage;
  const open = async (query = '', options?: Parameters<Browser['newPage']>[0]) => {
    board = await openBoard(browser, demo.url + query, options);
    return board;
  };
  const fail = (fault: SampleServer['moveFault']) =>
    board.page.evaluate((next) => {
      sample.moveFault = next;
    }, fault);
  const sent = () => board.page.evaluate(() => sample.moves);
  /** Drags the first card of a column over the middle of another card and lets go there. */
  const dragOver = async (title: string, target: string) => {
    const from = await centreOf(board.card(title));
    const to = await centreOf(board.card(target));
    await board.page.mouse.move(from.x, from.y);
    await board.page.mouse.down();
    await board.page.mouse.move(from.x + 10, from.y + 10);
    await board.page.mouse.move(to.x, to.y, { steps: 5 });
    await board.page.locator('.column.target').waitFor();
  };
  /** Names the first cards uniquely, so that a test can speak of them. */
  const names = async () => {
    const first = async (column: string) => (await board.titles(column)).slice(0, 3);
    return { discovery: await first('Discovery'), proposal: await first('Proposal') };
  };

  beforeAll(async () => {
    demo = await serveDemo();
    browser = await launch(chromium as string);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });
  afterEach(async () => {
    expect(board.complaints).toEqual([]);
    await board.page.close();
  });

  it('shows every stage with count and total, and cards with their fields', async () => {
    await open();
    expect(await board.column('Discovery').locator('.total').textContent()).toMatch(/^€[\d,]+$/);
    expect(await board.count('Discovery')).toBe(14);
    const card = board.column('Proposal').locator('[data-card]').first();
    expect(await card.locator('.value').textContent()).toMatch(/^€/);
    expect(await board.page.locator('salespulse-kanban .top').textContent()).toContain('29 open');
  });

  it('takes a move back by the button of its message, and reads that out', async () => {
    await open();
    const before = await names();
    await dragOver(before.discovery[0] as string, before.proposal[1] as string);
    await board.page.mouse.up();
    await board.page.getByRole('button', { name: 'Undo' }).click();
    await eventually(names).toEqual(before);
    expect(await board.page.locator('[aria-live]').textContent()).toMatch(/is back in Discovery/);
  });

  it('moves a card by mouse to the place under the pointer, and tells server and page', async () => {
    await open();
    const { discovery, proposal } = await names();
    await dragOver(discovery[0] as string, proposal[1] as string);
    await board.page.mouse.up();
    await board.page.locator('.toast').waitFor();
    expect((await names()).proposal).toEqual([proposal[0], discovery[0], proposal[1]]);
    expect(await board.count('Proposal')).toBe(10);
    expect(await board.count('Discovery')).toBe(13);
    await board.page.locator('#events', { hasText: 'salespulse-card-moved' }).waitFor();
    const [move] = await sent();
    expect(move).toMatchObject({ ifMatch: '"1"', body: { after: expect.any(String) } });
    expect(move?.path).toMatch(/^\/opportunities\/[\w-]+\/stage$/);
    expect(move?.key).toMatch(/^[0-9a-f]{32}$/);
    // The drag wasn't a click.
    expect(await board.page.locator('#events').textContent()).not.toContain('salespulse-card-open');
  });

  it('takes a move back by the toast, with the version the move made', async () => {
    await open();
    const { discovery, proposal } = await names();
    await dragOver(discovery[1] as string, proposal[0] as string);
    await board.page.mouse.up();
    await board.page.locator('.toast .act').click();
    await board.page.locator('.toast', { hasText: 'is back in Discovery' }).waitFor();
    expect(await names()).toEqual({ discovery, proposal });
    await eventually(async () => (await sent()).map((move) => move.ifMatch)).toEqual(['"1"', '"2"']);
  });

  it('puts the card back on Escape and when let go outside', async () => {
    await open();
    const before = await names();
    await dragOver(before.discovery[0] as string, before.proposal[1] as string);
    await board.page.keyboard.press('Escape');
    expect(await board.page.locator('.ghost').count()).toBe(0);
    await board.page.mouse.up();
    await dragOver(before.discovery[0] as string, before.proposal[1] as string);
    await board.page.mouse.move(300, 5, { steps: 3 });
    await eventually(() => board.column('Discovery').locator('.gap').count()).toBe(1);
    await board.page.mouse.up();
    expect(await names()).toEqual(before);
    expect(await sent()).toEqual([]);
  });

  it.each([
    ['stale', /Somebody else changed/],
    ['conflict', /was not moved.*next to has moved/],
    ['forbidden', /You may not move this opportunity/],
    ['invalid', /needs an amount before it can be won/],
    ['network', /could not be reached/],
  ] as const)('rolls a move back and says why when it fails: %s', async (fault, message) => {
    await open();
    const before = await names();
    await fail(fault);
    await dragOver(before.discovery[0] as string, before.proposal[1] as string);
    await board.page.mouse.up();
    const toast = board.page.locator('.toast.problem');
    await toast.waitFor();
    expect(await toast.textContent()).toMatch(message);
    expect(await toast.getAttribute('role')).toBe('alert');
    expect((await names()).proposal).toEqual(before.proposal);
    if (fault === 'stale') {
      await board.column('Lost').locator('.open', { hasText: 'Changed by somebody else' }).waitFor();
      expect(await board.count('Discovery')).toBe(13);
    } else expect((await names()).discovery).toEqual(before.discovery);
  });

  it('sends a move that never arrived again with the same key', async () => {
    await open();
    const { discovery, proposal } = await names();
    await fail('network');
    await dragOver(discovery[0] as string, proposal[0] as string);
    await board.page.mouse.up();
    await board.page.locator('.toast.problem .act').click();
    await eventually(async () => (await sent()).length).toBe(2);
    const [first, second] = await sent();
    expect(second).toEqual(first);
    expect((await names()).proposal[0]).toBe(discovery[0]);
  });

  it('carries a card by keyboard, says where it is, and keeps the focus on it', async () => {
    await open();
    const { discovery, proposal } = await names();
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
    expect((await names()).proposal).toEqual([discovery[1], proposal[0], proposal[1]]);
    await eventually(() =>
      board.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent),
    ).toBe(discovery[1]);
    await board.page.keyboard.press('Control+z');
    await eventually(async () => (await names()).discovery).toEqual(discovery);
  });

  it('cancels by Escape and when the focus leaves', async () => {
    await open();
    const before = await names();
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
    expect(await names()).toEqual(before);
    expect(await sent()).toEqual([]);
  });

  it('has one tab stop a column, walks by arrows and opens by Enter and click', async () => {
    await open();
    expect(await board.page.locator('.board .open[tabindex="0"]').count()).toBe(5);
    await board
      .card((await names()).discovery[0] as string)
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

  it('moves by the menu, from its button and from the keyboard', async () => {
    await open();
    const { discovery } = await names();
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
    expect((await sent()).map((move) => Object.keys(move.body as object))).toEqual([['stageId'], ['stageId']]);
  });

  it('neither drags nor picks up a card that may not be moved, and says so', async () => {
    await open();
    const locked = board.page.locator('.card.locked[data-card]').first();
    const from = await centreOf(locked);
    await board.page.mouse.move(from.x, from.y);
    await board.page.mouse.down();
    await board.page.mouse.move(from.x + 200, from.y, { steps: 4 });
    await board.page.locator('.toast', { hasText: 'You may not move this card' }).waitFor();
    expect(await board.page.locator('.ghost').count()).toBe(0);
    await board.page.mouse.up();
    await board.page.locator('.toast .close').click();
    await locked.locator('.open').focus();
    await board.page.keyboard.press('Space');
    await board.page.locator('.toast', { hasText: 'You may not move this card' }).waitFor();
    expect(await locked.locator('.open').getAttribute('aria-describedby')).toBe('help-locked');
    expect(await locked.locator('.more').count()).toBe(0);
  });

  it('draws only what is seen of 5,000 cards and loads further pages on the way down', async () => {
    await open('?cards=5000');
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

  it('scrolls column and board while a card is held at their edges', async () => {
    await open('?cards=300', { viewport: { width: 700, height: 800 } });
    const [first] = await board.titles('Discovery');
    const card = board.card(first as string).first();
    const from = await centreOf(card);
    const box = await board.page.locator('.board').boundingBox();
    if (!box) throw new Error('no board');
    await board.page.mouse.move(from.x, from.y);
    await board.page.mouse.down();
    await board.page.mouse.move(from.x, box.y + box.height - 6, { steps: 4 });
    const list = board.column('Discovery').locator('.list');
    await eventually(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(600);
    await board.page.mouse.move(box.x + box.width - 4, box.y + 200, { steps: 4 });
    await eventually(() => board.page.locator('.board').evaluate((element) => element.scrollLeft)).toBeGreaterThan(300);
    await board.page.mouse.up();
    await board.page.locator('.toast.done').waitFor();
    expect(await sent()).toHaveLength(1);
  });

  describe('by touch', () => {
    const touch = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    const finger = async () => {
      const session = await board.page.context().newCDPSession(board.page);
      return (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    };

    it('drags after a rest, without scrolling, and scrolls the board at its edge', async () => {
      await open('', touch);
      const { discovery } = await names();
      const touchAt = await finger();
      const from = await centreOf(board.card(discovery[0] as string));
      await touchAt('touchStart', from.x, from.y);
      await board.page.locator('.ghost').waitFor();
      for (let x = from.x; x < 356; x += 12) await touchAt('touchMove', x, from.y);
      await touchAt('touchMove', 356, from.y);
      await board.column('Proposal').locator('.gap').waitFor();
      await touchAt('touchEnd');
      await board.page.locator('.toast.done').waitFor();
      const [move] = await sent();
      expect(move).toBeDefined();
      expect(
        await board
          .column('Discovery')
          .locator('.list')
          .evaluate((list) => list.scrollTop),
      ).toBe(0);
    });

    it('scrolls as ever when the finger moves at once', async () => {
      await open('', touch);
      const { discovery } = await names();
      const touchAt = await finger();
      const from = await centreOf(board.card(discovery[1] as string));
      await touchAt('touchStart', from.x, from.y);
      for (let y = from.y; y > from.y - 200; y -= 20) await touchAt('touchMove', from.x, y);
      await touchAt('touchEnd');
      const list = board.column('Discovery').locator('.list');
      await eventually(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(50);
      expect(await board.page.locator('.ghost').count()).toBe(0);
      expect(await sent()).toEqual([]);
    });
  });
});
