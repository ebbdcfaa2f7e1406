import { html, nothing } from 'lit';
import type { Confirmation } from '../app.ts';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';

/** Asks before something that can't be undone; one question at a time. */
export class ConsoleConfirm extends ConsoleElement {
  static override properties = { question: { state: true } };

  declare question: Confirmation | null;
  #answer: ((agreed: boolean) => void) | null = null;

  constructor() {
    super();
    this.question = null;
  }

  ask(question: Confirmation): Promise<boolean> {
    this.#answer?.(false);
    this.question = question;
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  #settle(agreed: boolean): void {
    this.#answer?.(agreed);
    this.#answer = null;
    this.question = null;
  }

  protected override render() {
    const { question } = this;
    return html`<salespulse-console-dialog .heading=${question?.title ?? ''} .isOpen=${question !== null} .onClose=${() => this.#settle(false)}
      .content=${
        question
          ? html`<p class="prewrap">${question.text}</p>
              <div class="form-actions">
                <button type="button" class="button" @click=${() => this.#settle(false)}>${t('form.cancel')}</button>
                <button type="button" class="button ${question.isDanger ? 'button-danger' : 'button-primary'}" @click=${() => this.#settle(true)}>${question.action}</button>
              </div>`
          : nothing
      }></salespulse-console-dialog>`;
  }
}
