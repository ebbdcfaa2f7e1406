import { html, nothing, type TemplateResult } from 'lit';
import type { BoardView } from './board-view.ts';

/** A short message over the board, with at most one thing to do about it. */
export interface Toast {
  tone: 'done' | 'problem';
  text: string;
  action?: { label: string; run: () => void };
}

const stayMs = { done: 8_000, problem: 20_000 };

/** Shows one toast at a time; it leaves by itself, but not while somebody points at it or is in it. */
export class ToastRack {
  toast: Toast | null = null;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  show(toast: Toast): void {
    this.toast = toast;
    this.resume();
    this.#changed();
  }

  readonly hold = (): void => clearTimeout(this.#timer);

  readonly resume = (): void => {
    clearTimeout(this.#timer);
    if (this.toast) this.#timer = setTimeout(this.close, stayMs[this.toast.tone]);
  };

  readonly close = (): void => {
    clearTimeout(this.#timer);
    this.toast = null;
    this.#changed();
  };

  readonly act = (): void => {
    const action = this.toast?.action;
    this.close();
    action?.run();
  };

  /** The rack with its toast. Problems are read out at once; for moves the board's live region speaks. */
  view(t: BoardView['t']): TemplateResult {
    const { toast } = this;
    return html`<div class="rack" @pointerenter=${this.hold} @pointerleave=${this.resume} @focusin=${this.hold} @focusout=${this.resume}>
      ${
        toast
          ? html`<div class="toast ${toast.tone}" part="toast" role=${toast.tone === 'problem' ? 'alert' : nothing}>
              <span>${toast.text}</span>
              ${toast.action ? html`<button type="button" class="act" @click=${this.act}>${toast.action.label}</button>` : nothing}
              <button type="button" class="close" aria-label=${t('close')} @click=${this.close}>×</button>
            </div>`
          : nothing
      }
    </div>`;
  }
}
