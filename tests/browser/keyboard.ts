import type { Page } from 'playwright-core';

/** More steps than any page of the console has. */
const MOST_STEPS = 120;

/** Works a page as somebody without a mouse: Tab, typing, Enter. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Tabs on until what has the focus is called this. @throws Error where the keyboard never gets there */
  async to(name: string): Promise<void> {
    const passed: string[] = [];
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const focused = await this.#focused();
      if (focused === name) return;
      passed.push(focused);
      await this.#page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach "${name}", only: ${[...new Set(passed)].join(' | ')}`);
  }

  async type(name: string, text: string): Promise<void> {
    await this.to(name);
    await this.#page.keyboard.press('Control+A');
    await this.#page.keyboard.type(text);
  }

  async press(name: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.to(name);
    await this.#page.keyboard.press(key);
  }

  async enter(): Promise<void> {
    await this.#page.keyboard.press('Enter');
  }

  /** The name of what has the focus, as its label, its aria-label or its text. */
  #focused(): Promise<string> {
    return this.#page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent;
      return element === document.body ? '' : (label ?? '').replaceAll(/\s+/g, ' ').trim();
    });
  }
}
