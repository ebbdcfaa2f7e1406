import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { SampleServer } from '../../../../widgets/demos/kanban-session.ts';
import { type BoardPage, centreOf, launch, openBoard } from './browser.ts';
import { type DemoPage, serveDemo } from './demo-page.ts';

declare const sample: SampleServer;

/** Waits for a condition, as long as a busy machine may need. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 });

/** The board of the demo page, for the tests of one file: opened by each, without complaints after each. */
export class DemoBoard {
  #demo: DemoPage | undefined;
  #browser: Browser | undefined;
  #board: BoardPage | undefined;

  constructor(executablePath: string | null) {
    beforeAll(async () => {
      this.#demo = await serveDemo();
      this.#browser = await launch(executablePath ?? '');
    }, 60_000);
    afterAll(async () => {
      await this.#browser?.close();
      await this.#demo?.close();
    });
    afterEach(async () => {
      expect(this.board.complaints).toEqual([]);
      await this.board.page.close();
    });
  }

  get board(): BoardPage {
    if (!this.#board) throw new Error('no board is open');
    return this.#board;
  }

  async open(query = '', options?: Parameters<Browser['newPage']>[0]): Promise<BoardPage> {
    if (!this.#browser || !this.#demo) throw new Error('the demo is not served yet');
    this.#board = await openBoard(this.#browser, this.#demo.url + query, options);
    return this.#board;
  }

  /** How the next move ends. */
  fail(fault: SampleServer['moveFault']): Promise<void> {
    return this.board.page.evaluate((next) => {
      sample.moveFault = next;
    }, fault);
  }

  /** The moves that reached the server. */
  sent(): Promise<SampleServer['moves']> {
    return this.board.page.evaluate(() => sample.moves);
  }

  /** Drags a card over the middle of another one, without letting go. */
  async dragOver(title: string, target: string): Promise<void> {
    const { page, card } = this.board;
    const from = await centreOf(card(title));
    const to = await centreOf(card(target));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.locator('.column.target').waitFor();
  }

  /** The titles of the first cards, by which a test can speak of them. */
  async names(): Promise<{ discovery: string[]; proposal: string[] }> {
    const first = async (column: string) => (await this.board.titles(column)).slice(0, 3);
    return { discovery: await first('Discovery'), proposal: await first('Proposal') };
  }
}
