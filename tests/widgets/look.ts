import type { Locator } from 'playwright-core';
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

/** All text of an element, inside its shadow too, on one line. */
export const text = (locator: Locator): Promise<string> =>
  locator.evaluate((element) => ((element.shadowRoot ?? element).textContent ?? '').replaceAll(/\s+/g, ' ').trim());
