import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';

/** The stream of live events stays open for as long as a page does. */
const isStream = (request: Request): boolean => new URL(request.url()).pathname.endsWith('/api/v1/events');

/** Watches what a page asks for. Returns how to wait until it has loaded and all but its live stream is answered. */
export function watchTraffic(page: Page): () => Promise<void> {
  const pending = new Set<Request>();
  page.on('request', (request) => {
    if (!isStream(request)) pending.add(request);
  });
  page.on('requestfinished', (request) => pending.delete(request));
  page.on('requestfailed', (request) => pending.delete(request));
  const isQuiet = async (): Promise<boolean> => {
    // What an answer leads to is asked for by the time that the browser has nothing else to do.
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 })));
    return pending.size === 0;
  };
  return async () => {
    await page.waitForLoadState('load');
    await expect.poll(async () => (await isQuiet()) && (await isQuiet()), { timeout: 30_000 }).toBe(true);
  };
}
