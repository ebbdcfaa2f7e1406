import type { LitElement, ReactiveController } from 'lit';
import { isFocusLost } from '../../base/focus.ts';

/**
 * Keeps the place of the keyboard when a chip is taken away: the next chip, else the one before, else the first filter.
 * Listens to the presses of the chips; the last button of their group removes all.
 */
export class ChipFocus implements ReactiveController {
  /** Before the press has its effect: afterwards the chip may be gone. */
  readonly capture = true;
  readonly #host: LitElement;
  /** Which chip was pressed, and how many there will be. The page around may take a while to say so. */
  #leaving: { place: number; left: number } | null = null;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  handleEvent(event: Event): void {
    const pressed = (event.target as Element).closest('button');
    const chips = this.#all('.chip');
    if (!pressed) return;
    const place = chips.indexOf(pressed);
    this.#leaving = { place, left: place < 0 ? 0 : chips.length - 1 };
  }

  hostUpdated(): void {
    const chips = this.#all('.chip');
    if (!this.#leaving || chips.length > this.#leaving.left) return;
    const { place } = this.#leaving;
    this.#leaving = null;
    if (!isFocusLost()) return;
    // On a telephone the filters are folded up behind one button.
    const bar = this.#all('.toggle, .menus button').filter((button) => button.checkVisibility());
    (chips[place] ?? chips.at(-1) ?? bar[0])?.focus();
  }

  #all(selector: string): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>(selector)];
  }
}
