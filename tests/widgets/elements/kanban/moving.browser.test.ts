import { describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../../../support/programs.ts';
import { type BoardPage, centreOf } from './browser.ts';
import { DemoBoard, eventually } from './demo-board.ts';

const chromium = findChromium();
if (!chromium) reportMissing('chromium', 'cards moved by mouse and finger', 'chromium');

describe.skipIf(!chromium)('cards moved by mouse and finger', { timeout: 30_000 }, () => {
  const demo = new DemoBoard(chromium);
  let board: BoardPage;

  it('moves a card by mouse to the place under the pointer, and tells server and page', async () => {
    board = await demo.open();
    const { discovery, proposal } = await demo.names();
    await demo.dragOver(discovery[0] as string, proposal[1] as string);
    await board.page.mouse.up();
    await board.page.locator('.toast').waitFor();
    expect((await demo.names()).proposal).toEqual([proposal[0], discovery[0], proposal[1]]);
    expect(await board.count('Proposal')).toBe(10);
    expect(await board.count('Discovery')).toBe(13);
    await board.page.locator('#events', { hasText: 'salespulse-card-moved' }).waitFor();
    const [move] = await demo.sent();
    expect(move).toMatchObject({ ifMatch: '"1"', body: { after: expect.any(String) } });
    expect(move?.path).toMatch(/^\/opportunities\/[\w-]+\/stage$/);
    expect(move?.key).toMatch(/^[0-9a-f]{32}$/);
    // The drag wasn't a click.
    expect(await board.page.locator('#events').textContent()).not.toContain('salespulse-card-open');
  });

  it('takes a move back by the button of its message, and reads that out', async () => {
    board = await demo.open();
    const before = await demo.names();
    await demo.dragOver(before.discovery[0] as string, before.proposal[1] as string);
    await board.page.mouse.up();
    await board.page.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => demo.names()).toEqual(before);
    expect(await board.page.locator('[aria-live]').textContent()).toMatch(/is back in Discovery/);
  });

  it('takes a move back by the toast, with the version the move made', async () => {
    board = await demo.open();
    const { discovery, proposal } = await demo.names();
    await demo.dragOver(discovery[1] as string, proposal[0] as string);
    await board.page.mouse.up();
    await board.page.locator('.toast .act').click();
    await board.page.locator('.toast', { hasText: 'is back in Discovery' }).waitFor();
    expect(await demo.names()).toEqual({ discovery, proposal });
    await eventually(async () => (await demo.sent()).map((move) => move.ifMatch)).toEqual(['"1"', '"2"']);
  });

  it('puts the card back on Escape and when let go outside', async () => {
    board = await demo.open();
    const before = await demo.names();
    await demo.dragOver(before.discovery[0] as string, before.proposal[1] as string);
    await board.page.keyboard.press('Escape');
    expect(await board.page.locator('.ghost').count()).toBe(0);
    await board.page.mouse.up();
    await demo.dragOver(before.discovery[0] as string, before.proposal[1] as string);
    await board.page.mouse.move(300, 5, { steps: 3 });
    await eventually(() => board.column('Discovery').locator('.gap').count()).toBe(1);
    await board.page.mouse.up();
    expect(await demo.names()).toEqual(before);
    expect(await demo.sent()).toEqual([]);
  });

  it.each([
    ['stale', /Somebody else changed/],
    ['conflict', /was not moved.*next to has moved/],
    ['forbidden', /You may not move this opportunity/],
    ['invalid', /needs an amount before it can be won/],
    ['network', /could not be reached/],
  ] as const)('rolls a move back and says why when it fails: %s', async (fault, message) => {
    board = await demo.open();
    const before = await demo.names();
    await demo.fail(fault);
    await demo.dragOver(before.discovery[0] as string, before.proposal[1] as string);
    await board.page.mouse.up();
    const toast = board.page.locator('.toast.problem');
    await toast.waitFor();
    expect(await toast.textContent()).toMatch(message);
    expect(await toast.getAttribute('role')).toBe('alert');
    expect((await demo.names()).proposal).toEqual(before.proposal);
    if (fault === 'stale') {
      await board.column('Lost').locator('.open', { hasText: 'Changed by somebody else' }).waitFor();
      expect(await board.count('Discovery')).toBe(13);
    } else expect((await demo.names()).discovery).toEqual(before.discovery);
  });

  it('sends a move that never arrived again with the same key', async () => {
    board = await demo.open();
    const { discovery, proposal } = await demo.names();
    await demo.fail('network');
    await demo.dragOver(discovery[0] as string, proposal[0] as string);
    await board.page.mouse.up();
    await board.page.locator('.toast.problem .act').click();
    await eventually(async () => (await demo.sent()).length).toBe(2);
    const [first, second] = await demo.sent();
    expect(second).toEqual(first);
    expect((await demo.names()).proposal[0]).toBe(discovery[0]);
  });

  it('neither drags nor picks up a card that may not be moved, and says so', async () => {
    board = await demo.open();
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

  it('scrolls column and board while a card is held at their edges', async () => {
    board = await demo.open('?cards=300', { viewport: { width: 700, height: 800 } });
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
    expect(await demo.sent()).toHaveLength(1);
  });

  describe('by touch', () => {
    const touch = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    const finger = async () => {
      const session = await board.page.context().newCDPSession(board.page);
      return (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    };

    it('drags after a rest, without scrolling, and scrolls the board at its edge', async () => {
      board = await demo.open('', touch);
      const { discovery } = await demo.names();
      const touchAt = await finger();
      const from = await centreOf(board.card(discovery[0] as string));
      await touchAt('touchStart', from.x, from.y);
      await board.page.locator('.ghost').waitFor();
      for (let x = from.x; x < 356; x += 12) await touchAt('touchMove', x, from.y);
      await touchAt('touchMove', 356, from.y);
      await board.column('Proposal').locator('.gap').waitFor();
      await touchAt('touchEnd');
      await board.page.locator('.toast.done').waitFor();
      const [move] = await demo.sent();
      expect(move).toBeDefined();
      expect(
        await board
          .column('Discovery')
          .locator('.list')
          .evaluate((list) => list.scrollTop),
      ).toBe(0);
    });

    it('scrolls as ever when the finger moves at once', async () => {
      board = await demo.open('', touch);
      const { discovery } = await demo.names();
      const touchAt = await finger();
      const from = await centreOf(board.card(discovery[1] as string));
      await touchAt('touchStart', from.x, from.y);
      for (let y = from.y; y > from.y - 200; y -= 20) await touchAt('touchMove', from.x, y);
      await touchAt('touchEnd');
      const list = board.column('Discovery').locator('.list');
      await eventually(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(50);
      expect(await board.page.locator('.ghost').count()).toBe(0);
      expect(await demo.sent()).toEqual([]);
    });
  });
});
