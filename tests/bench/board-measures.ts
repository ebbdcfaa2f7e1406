import type { Browser, Page } from 'playwright-core';
import type { SampleServer } from '../../widgets/demos/kanban-session.ts';
import type { SalesPulseKanban } from '../../widgets/elements/kanban/kanban.ts';

declare const sample: SampleServer;

/** Answers every request from texts made beforehand, so that the little server's own work isn't measured. */
export async function freezeAnswers(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ask = sample.session.fetch;
    const texts = new Map<string, Promise<string>>();
    sample.session.fetch = async (path, init) => {
      if (init?.method === 'POST') return ask(path, init);
      const text = texts.get(path) ?? ask(path, init).then((response) => response.text());
      texts.set(path, text);
      return new Response(await text, { headers: { 'Content-Type': 'application/json' } });
    };
  });
}

/** Ms from putting a new board on the page to the end of the frame that painted its cards. */
export function firstRender(page: Page): Promise<number> {
  return page.evaluate(async () => {
    document.querySelector('salespulse-kanban')?.remove();
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const board = document.createElement('salespulse-kanban');
    board.entity = 'opportunity';
    const start = performance.now();
    document.querySelector('#stage')?.append(board);
    while (!board.shadowRoot?.querySelector('[data-card]')) await frame();
    // A message posted in a frame is handled after that frame is painted.
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    return performance.now() - start;
  });
}

/** Ms between the frames of something that runs for a while: the median and the worst. */
export interface FrameTimes {
  medianMs: number;
  worstMs: number;
  frames: number;
}

/** About a screen of a column: 36,000 px a second, faster than a hand scrolls. */
const pxPerFrame = 600;

/**
 * Scrolls the first column to its last card, a screen a frame, further pages coming on the way. Times are between
 * `requestAnimationFrame` callbacks.
 */
export function scrollToEnd(page: Page, cards: number): Promise<FrameTimes> {
  return page.evaluate(
    async ({ step, last }) => {
      const root = document.querySelector<SalesPulseKanban>('salespulse-kanban')?.shadowRoot;
      const list = root?.querySelector<HTMLElement>('.list');
      if (!list) throw new Error('the board is not on screen');
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const deltas: number[] = [];
      let before = await frame();
      while (!list.querySelector(`[data-card][aria-posinset="${last}"]`)) {
        list.scrollTop += step;
        const now = await frame();
        deltas.push(now - before);
        before = now;
      }
      deltas.sort((a, b) => a - b);
      return {
        medianMs: deltas[deltas.length >> 1] ?? Number.NaN,
        worstMs: deltas.at(-1) ?? Number.NaN,
        frames: deltas.length,
      };
    },
    { step: pxPerFrame, last: cards },
  );
}

/** The same of an empty page: what the machine and the browser take by themselves. */
export async function emptyFrames(browser: Browser, frames: number): Promise<FrameTimes> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const times = await page.evaluate(async (count) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const deltas: number[] = [];
    let before = await frame();
    while (deltas.length < count) {
      const now = await frame();
      deltas.push(now - before);
      before = now;
    }
    deltas.sort((a, b) => a - b);
    return { medianMs: deltas[count >> 1] ?? Number.NaN, worstMs: deltas.at(-1) ?? Number.NaN, frames: count };
  }, frames);
  await page.close();
  return times;
}

/** The middle one of several numbers. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Drags the top card of the first column into the second one; answers the frames from letting go to paint. */
export async function dropToPaint(page: Page): Promise<number> {
  const columns = page.locator('salespulse-kanban .column');
  const card = columns.nth(0).locator('[data-card]:not(.locked)').first();
  const id = (await card.getAttribute('data-card')) ?? '';
  const from = await card.boundingBox();
  const to = await columns.nth(1).boundingBox();
  if (!from || !to) throw new Error('the board is not on screen');
  await page.mouse.move(from.x + 60, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 200, { steps: 4 });
  await columns.nth(1).locator('.gap').waitFor();
  // In place before the button is let go; the promise in an object, as it would be awaited otherwise.
  const watch = await page.evaluateHandle((cardId) => {
    const root = document.querySelector<SalesPulseKanban>('salespulse-kanban')?.shadowRoot;
    const frames = new Promise<number>((resolve) => {
      let count = 0;
      const look = () => {
        count++;
        const target = root?.querySelectorAll('.column')[1]?.querySelector(`[data-card="${cardId}"]`);
        if (target && !root?.querySelector('.ghost')) resolve(count);
        else requestAnimationFrame(look);
      };
      window.addEventListener('pointerup', () => requestAnimationFrame(look), { capture: true, once: true });
    });
    return { frames };
  }, id);
  await page.mouse.up();
  const result = await watch.evaluate(({ frames }) => frames);
  await page.locator('.toast .close').click();
  return result;
}

/** The fastest of several times: what the board takes when nothing else wants the processor. */
export const best = (times: readonly number[]): number => Math.min(...times);

/** Reads how long, in ms, the page's main thread has been on the processor. */
export async function processorClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}
