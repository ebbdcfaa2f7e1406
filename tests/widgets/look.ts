import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Debian's Chromium, also as root, without calls of its own to anywhere. */
export const chromiumArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Waits for a condition, as long as a busy machine may need. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

/** What has the keyboard focus, inside shadows too: its label or text on one line; `body` where nothing has it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return 'body';
    const label = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent;
    return (label ?? element.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  });

/** All text of an element, inside its shadow too, on one line. */
export const text = (locator: Locator): Promise<string> =>
  locator.evaluate((element) => ((element.shadowRoot ?? element).textContent ?? '').replaceAll(/\s+/g, ' ').trim());
