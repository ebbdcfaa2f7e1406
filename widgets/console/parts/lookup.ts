import { html, nothing } from 'lit';
import type { Named } from '../../../backend/contracts/common.ts';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';

/** Pause after the last key before asking the server. */
const typingPauseMs = 200;

/**
 * An input that finds a record by name (WAI-ARIA combobox with a list). Its hidden input carries the id, so a form
 * reads it like any other.
 */
export class ConsoleLookup extends ConsoleElement {
  static override properties = {
    inputId: { attribute: false },
    name: { attribute: false },
    value: { attribute: false },
    find: { attribute: false },
    isRequired: { attribute: false },
    isInvalid: { attribute: false },
    describedBy: { attribute: false },
    text: { state: true },
    options: { state: true },
    isOpen: { state: true },
    active: { state: true },
    hasFailed: { state: true },
  };

  declare inputId: string;
  declare name: string;
  declare value: Named | null;
  declare find: (text: string, signal: AbortSignal) => Promise<readonly Named[]>;
  declare isRequired: boolean;
  declare isInvalid: boolean;
  declare describedBy: string;
  declare text: string | null;
  declare options: readonly Named[];
  declare isOpen: boolean;
  declare active: number;
  declare hasFailed: boolean;
  #abort: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.value = null;
    this.isRequired = false;
    this.isInvalid = false;
    this.describedBy = '';
    this.text = null;
    this.options = [];
    this.isOpen = false;
    this.active = -1;
    this.hasFailed = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  protected override render() {
    const list = `${this.inputId}-options`;
    return html`<div class="lookup">
      <input type="hidden" name=${this.name} .value=${this.value?.id ?? ''} />
      <input id=${this.inputId} class="lookup-input" type="text" role="combobox" autocomplete="off" spellcheck="false"
        placeholder=${t('lookup.placeholder')} .value=${this.text ?? this.value?.name ?? ''}
        aria-expanded=${String(this.isOpen)} aria-controls=${list} aria-autocomplete="list"
        aria-activedescendant=${this.active >= 0 ? `${list}-${this.active}` : nothing}
        aria-required=${String(this.isRequired)} aria-invalid=${this.isInvalid ? 'true' : nothing}
        aria-describedby=${this.describedBy || nothing}
        @input=${this.#typed} @keydown=${this.#pressed} @focus=${this.#focused} @blur=${this.#left} />
      <ul id=${list} class="lookup-options" role="listbox" ?hidden=${!this.isOpen}>
        ${this.options.map(
          (option, index) => html`<li id="${list}-${index}" role="option" aria-selected=${String(index === this.active)}
            @pointerdown=${(event: Event) => this.#choose(event, option)}>${option.name}</li>`,
        )}
        ${this.options.length === 0 ? html`<li class="lookup-none" role="presentation">${t(this.hasFailed ? 'lookup.failed' : 'lookup.none')}</li>` : nothing}
      </ul>
    </div>`;
  }

  readonly #focused = (): void => void this.#search('');

  readonly #typed = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
    // Typing lets go of the record chosen before, so that what is sent is what is read.
    this.value = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(this.text ?? ''), typingPauseMs);
  };

  async #search(text: string): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    let options: readonly Named[] = [];
    this.hasFailed = false;
    try {
      options = await this.find(text, abort.signal);
    } catch {
      // The list itself says that looking up failed; the input stays usable.
      this.hasFailed = true;
    }
    if (abort.signal.aborted) return;
    this.options = options;
    this.active = -1;
    this.isOpen = this.contains(document.activeElement);
  }

  readonly #left = (): void => {
    this.isOpen = false;
    // A text that names no record isn't a choice: an exact name is taken, anything else is cleared.
    if (this.text !== null && this.value === null) {
      const typed = this.text.trim().toLowerCase();
      this.value = this.options.find(({ name }) => typed !== '' && name.toLowerCase() === typed) ?? null;
    }
    this.text = null;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.isOpen = false;
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.isOpen) void this.#search(this.text ?? '');
      const count = this.options.length;
      if (count > 0)
        this.active = (this.active + (event.key === 'ArrowDown' ? 1 : this.active < 0 ? 0 : -1) + count) % count;
    } else if (event.key === 'Enter' && this.isOpen) {
      const option = this.options[this.active];
      if (option) this.#choose(event, option);
    }
  };

  #choose(event: Event, option: Named): void {
    event.preventDefault();
    this.value = option;
    this.text = null;
    this.isOpen = false;
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
