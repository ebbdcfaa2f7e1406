import { html, nothing } from 'lit';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';
import type { Field, FormValues } from './fields.ts';

/** A form in a dialog: one record made or changed, the page behind it stays. */
export class ConsoleFormDialog extends ConsoleElement {
  static override properties = {
    heading: { attribute: false },
    isOpen: { attribute: false },
    intro: { attribute: false },
    fields: { attribute: false },
    values: { attribute: false },
    save: { attribute: false },
    submitLabel: { attribute: false },
    onClose: { attribute: false },
  };

  declare heading: string;
  declare isOpen: boolean;
  /** Stands above the form, such as a choice that changes its fields. */
  declare intro: unknown;
  declare fields: readonly Field[];
  declare values: FormValues;
  /** Sends the body; the dialog closes when it resolves. */
  declare save: (body: FormValues) => Promise<void>;
  declare submitLabel: string;
  declare onClose: () => void;

  constructor() {
    super();
    this.heading = '';
    this.isOpen = false;
    this.intro = nothing;
    this.fields = [];
    this.values = {};
    this.submitLabel = t('form.save');
  }

  protected override render() {
    return html`<salespulse-console-dialog .heading=${this.heading} .isOpen=${this.isOpen} .onClose=${this.onClose}
      .content=${
        this.isOpen
          ? html`${this.intro}
              <salespulse-console-form .app=${this.app} .fields=${this.fields} .values=${this.values} .cancel=${this.onClose}
                .save=${this.#save} .submitLabel=${this.submitLabel}></salespulse-console-form>`
          : nothing
      }></salespulse-console-dialog>`;
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    await this.save(body);
    this.onClose();
  };
}
