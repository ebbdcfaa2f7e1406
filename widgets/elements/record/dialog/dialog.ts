import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { SalesPulseElement } from '../../../base/element.ts';
import type { Messages } from '../../../base/i18n.ts';
import { controls } from '../../../styles/controls.ts';

const messages: Messages = {
  en: { label: 'Record', close: 'Close' },
  de: { label: 'Datensatz', close: 'Schließen' },
};

const styles = css`
  dialog {
    inline-size: min(48rem, 100vw - 1rem);
    max-block-size: calc(100dvh - 2rem);
    padding: calc(var(--_space) * 2);
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow-raised);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }

  form {
    display: flex;
    justify-content: flex-end;
    margin-block-end: var(--_space);
  }
`;

/** The panel of a record in a dialog, for pages that have none of their own. Closed, it is gone. */
export class SalesPulseRecordDialog extends SalesPulseElement {
  static override properties: PropertyDeclarations = { record: { type: String } };
  static override styles = [SalesPulseElement.styles, controls, styles];
  static override messages = messages;

  declare record: string | undefined;

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  protected override render(): TemplateResult {
    const { locale, timeZone, theme } = this.config;
    return html`<dialog aria-label=${this.t('label')} @close=${() => this.remove()}>
      <form method="dialog"><button aria-label=${this.t('close')}>✕</button></form>
      <salespulse-record record=${this.record ?? nothing} .session=${this.api.session} .locale=${locale}
        .timeZone=${timeZone} .theme=${theme}></salespulse-record>
    </dialog>`;
  }
}
