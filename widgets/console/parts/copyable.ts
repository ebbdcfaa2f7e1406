import { html } from 'lit';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';
import { icon } from './icons.ts';

let copyables = 0;

/** A text to take somewhere else, such as a key: one button copies it. */
export class ConsoleCopyable extends ConsoleElement {
  static override properties = {
    label: { attribute: false },
    text: { attribute: false },
    isCopied: { state: true },
  };

  declare label: string;
  declare text: string;
  declare isCopied: boolean;
  readonly #id = `copyable${++copyables}`;

  constructor() {
    super();
    this.isCopied = false;
  }

  protected override render() {
    return html`<div class="field"><label for=${this.#id}>${this.label}</label>
      <div class="affix">
        <input id=${this.#id} class="mono" readonly .value=${this.text} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
        <button type="button" class="button" @click=${this.#copy}>${icon(this.isCopied ? 'check' : 'copy')}${t(this.isCopied ? 'copy.done' : 'copy')}</button>
      </div>
      <span class="visually-hidden" role="status">${this.isCopied ? t('copy.done') : ''}</span>
    </div>`;
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.text);
      this.isCopied = true;
    } catch {
      // No access to the clipboard (plain http, or refused): the text is selected, so that it can be copied by hand.
      this.querySelector<HTMLInputElement>('input')?.select();
    }
  };
}
