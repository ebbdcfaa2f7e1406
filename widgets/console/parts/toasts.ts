import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';
import { icon } from './icons.ts';

interface Toast {
  id: number;
  message: string;
  tone: 'success' | 'error';
}

/** How long a message of success stays; errors stay until closed. */
const visibleMs = 6000;

/** Short messages in a corner, read out by screen readers. */
export class ConsoleToasts extends ConsoleElement {
  static override properties = { toasts: { state: true } };

  declare toasts: readonly Toast[];
  #next = 0;

  constructor() {
    super();
    this.toasts = [];
  }

  show(message: string, tone: 'success' | 'error'): void {
    const id = ++this.#next;
    this.toasts = [...this.toasts.slice(-2), { id, message, tone }];
    if (tone === 'success') setTimeout(() => this.#remove(id), visibleMs);
  }

  #remove(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  protected override render() {
    return html`<div class="toasts" role="status" aria-live="polite">
      ${repeat(
        this.toasts,
        ({ id }) => id,
        ({ id, message, tone }) => html`<div class="toast toast-${tone}">
          <span>${message}</span>
          <button type="button" class="icon-button" aria-label=${t('toast.dismiss')} @click=${() => this.#remove(id)}>${icon('close')}</button>
        </div>`,
      )}
    </div>`;
  }
}
