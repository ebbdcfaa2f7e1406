import { html, nothing } from 'lit';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';
import { icon } from './icons.ts';
import { rendered } from './rendered.ts';

let dialogs = 0;

/** A modal dialog on the native `<dialog>`: focus is kept inside, Escape closes, focus returns where it came from. */
export class ConsoleDialog extends ConsoleElement {
  static override properties = {
    heading: { attribute: false },
    content: { attribute: false },
    isOpen: { attribute: false },
    onClose: { attribute: false },
    isWide: { attribute: false },
  };

  declare heading: string;
  declare content: unknown;
  declare isOpen: boolean;
  /** Called when the person closes it; the owner then sets `isOpen` to false. */
  declare onClose: () => void;
  declare isWide: boolean;
  readonly #titleId = `dialog${++dialogs}-title`;

  constructor() {
    super();
    this.isOpen = false;
    this.isWide = false;
    this.content = nothing;
  }

  protected override render() {
    return html`<dialog class=${this.isWide ? 'dialog dialog-wide' : 'dialog'} aria-labelledby=${this.#titleId} @cancel=${this.#cancelled} @close=${this.#closed}>
      ${
        this.isOpen
          ? html`<header class="dialog-header">
              <h2 id=${this.#titleId}>${this.heading}</h2>
              <button type="button" class="icon-button" aria-label=${t('dialog.close')} @click=${() => this.onClose()}>${icon('close')}</button>
            </header>
            <div class="dialog-body">${this.content}</div>`
          : nothing
      }
    </dialog>`;
  }

  protected override updated(): void {
    const dialog = this.querySelector('dialog');
    if (!dialog) return;
    if (this.isOpen && !dialog.open) {
      dialog.showModal();
      void this.#focusStart(dialog);
    } else if (!this.isOpen && dialog.open) dialog.close();
  }

  /** The first input, else the first button: where one goes on by keyboard. */
  async #focusStart(dialog: HTMLDialogElement): Promise<void> {
    await rendered(dialog);
    const input = dialog.querySelector<HTMLElement>(
      '[autofocus], .dialog-body :is(input:not([type=hidden], [readonly]), select, textarea)',
    );
    (input ?? dialog.querySelector<HTMLElement>('.dialog-body button'))?.focus();
  }

  readonly #cancelled = (event: Event): void => {
    event.preventDefault();
    this.onClose();
  };

  /** The browser may close it by itself (a second Escape): the owner must know. */
  readonly #closed = (): void => {
    if (this.isOpen) this.onClose();
  };
}
