import { html, nothing } from 'lit';
import { ConsoleElement } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';

/** Fresh recovery codes: shown this once, to be copied, saved or printed. */
export class ConsoleRecoveryCodes extends ConsoleElement {
  static override properties = {
    codes: { attribute: false },
    onClose: { attribute: false },
    said: { state: true },
  };

  declare codes: readonly string[] | null;
  declare onClose: () => void;
  declare said: string;

  constructor() {
    super();
    this.codes = null;
    this.said = '';
  }

  protected override render() {
    const { codes } = this;
    return html`<salespulse-console-dialog .heading=${t('codes.title')} .isOpen=${codes !== null} .onClose=${this.#close}
      .content=${codes === null ? nothing : this.#content(codes)}></salespulse-console-dialog>`;
  }

  #content(codes: readonly string[]) {
    return html`${banner('warning', t('codes.once'))}
      <p>${t('codes.text')}</p>
      <ol class="recovery-codes" aria-label=${t('codes.title')}>${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>
      <div class="page-actions">
        <button type="button" class="button" @click=${() => void this.#copy(codes)}>${icon('copy')}${t('copy')}</button>
        <button type="button" class="button" @click=${() => this.#save(codes)}>${icon('import')}${t('codes.save')}</button>
        <button type="button" class="button" @click=${() => print()}>${icon('file')}${t('codes.print')}</button>
      </div>
      <p class="muted" role="status">${this.said}</p>
      <div class="form-actions"><button type="button" class="button button-primary" @click=${this.#close}>${t('codes.done')}</button></div>`;
  }

  async #copy(codes: readonly string[]): Promise<void> {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
      this.said = t('copy.done');
    } catch {
      // No access to the clipboard (plain http, or refused): the codes are selected, so that they can be copied by hand.
      const list = this.querySelector('.recovery-codes');
      if (list) getSelection()?.selectAllChildren(list);
      this.said = t('codes.selected');
    }
  }

  #save(codes: readonly string[]): void {
    const text = `${t('codes.file')}\n\n${codes.join('\n')}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'salespulse-recovery-codes.txt';
    link.click();
    // The browser has taken the file by the next turn.
    setTimeout(() => URL.revokeObjectURL(address));
    this.said = t('codes.saved');
  }

  readonly #close = (): void => {
    this.said = '';
    this.onClose();
  };
}
