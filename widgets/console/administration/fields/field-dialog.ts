import { html, type PropertyValues } from 'lit';
import type { ConversionPreview, CustomField } from '../../../../backend/contracts/fields.ts';
import { ApiError } from '../../../base/api.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { changesBetween, type FormValues } from '../../parts/fields.ts';
import { OnceKey } from '../../parts/once-key.ts';
import { patchVersioned } from '../../parts/versioned.ts';
import { t } from '../../text.ts';
import {
  bodyOfInputs,
  entities,
  type FieldFacts,
  type FieldType,
  fieldInputs,
  inputValues,
  keyOf,
  renamedOptions,
  types,
} from './field-inputs.ts';

/** What the dialog is about: a field, or a new one. */
export type EditedField = CustomField | 'new';

/** Adds a field, or changes one; where values change with it, it says so first. */
export class ConsoleFieldDialog extends ConsoleElement {
  static override properties = {
    edited: { attribute: false },
    facts: { attribute: false },
    saved: { attribute: false },
    onClose: { attribute: false },
    type: { state: true },
    entity: { state: true },
  };

  declare edited: EditedField | null;
  declare facts: FieldFacts;
  declare saved: () => void;
  declare onClose: () => void;
  declare type: FieldType;
  declare entity: CustomField['entity'];
  readonly #key = new OnceKey();

  constructor() {
    super();
    this.edited = null;
    this.facts = { roles: [], people: [] };
    this.type = 'text';
    this.entity = 'lead';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('edited') && this.edited) this.type = this.edited === 'new' ? 'text' : this.edited.type;
  }

  get #field(): CustomField | null {
    return this.edited === 'new' ? null : this.edited;
  }

  protected override render() {
    const field = this.#field;
    return html`<salespulse-console-form-dialog .app=${this.app} .isOpen=${this.edited !== null} .onClose=${this.onClose}
      .heading=${field ? t('fields.editOne', { name: field.label }) : t('fields.add')} .intro=${this.#intro(field)}
      .fields=${fieldInputs(this.app, this.type, field === null, this.facts)} .values=${field ? inputValues(field) : {}}
      .save=${(body: FormValues) => (field ? this.#update(field, body) : this.#create(body))}
      .submitLabel=${t(field ? 'form.save' : 'fields.add')}></salespulse-console-form-dialog>`;
  }

  /** Entity and type decide which inputs there are. */
  #intro(field: CustomField | null) {
    const chosen = (event: Event) => (event.target as HTMLSelectElement).value;
    const options = <T extends string>(values: readonly T[], now: T, prefix: string) =>
      values.map(
        (value) => html`<option value=${value} ?selected=${value === now}>${t(`${prefix}.${value}`)}</option>`,
      );
    return html`<div class="form-grid">
      <div class="field"><label for="field-entity">${t('fields.entity')}</label>
        <select id="field-entity" ?disabled=${field !== null}
          @change=${(event: Event) => {
            this.entity = chosen(event) as CustomField['entity'];
          }}>${options(entities, field?.entity ?? this.entity, 'fields.entity')}</select></div>
      <div class="field"><label for="field-type">${t('fields.type')}</label>
        <select id="field-type" @change=${(event: Event) => {
          this.type = chosen(event) as FieldType;
        }}>${options(types, this.type, 'fields.type')}</select></div>
    </div>`;
  }

  async #create(body: FormValues): Promise<void> {
    const key = body.key ?? keyOf(String(body.label ?? ''));
    const field = { ...bodyOfInputs(this.type, body), entity: this.entity, key };
    await this.app.api.send('POST', 'fields', field, { idempotencyKey: this.#key.for(field) });
    this.saved();
    this.app.notify(t('fields.added', { name: String(body.label) }));
  }

  async #update(field: CustomField, body: FormValues): Promise<void> {
    const after = bodyOfInputs(this.type, body);
    const before = Object.fromEntries(Object.keys(after).map((name) => [name, field[name as keyof CustomField]]));
    const changes = changesBetween(before, after);
    if (Object.keys(changes).length === 0) return;
    if ('type' in changes || 'options' in changes) {
      const names = renamedOptions(field.options, after.options as string[]);
      const conversion = { type: after.type, options: after.options, renamedOptions: names };
      if (!(await this.#isAgreed(field, conversion))) {
        throw new ApiError({ status: 0, code: 'form', detail: t('fields.change.cancelled') });
      }
      Object.assign(changes, conversion, { unconvertible: 'keep' });
    }
    await patchVersioned(this.app.api, `fields/${field.id}`, changes, field.version);
    this.saved();
    this.app.notify(t('fields.saved', { name: String(body.label) }));
  }

  /** Shows what becomes of the values and asks; no question where none changes. */
  async #isAgreed(field: CustomField, conversion: object): Promise<boolean> {
    const preview = await this.app.api.send<ConversionPreview>('POST', `fields/${field.id}/conversion`, conversion);
    const { converted, unconvertible } = preview;
    if (converted + unconvertible === 0) return true;
    const examples = preview.examples
      .slice(0, 5)
      .map(({ before, after }) =>
        after === null ? t('fields.change.unfit', { before }) : t('fields.change.example', { before, after }),
      );
    return this.app.confirm({
      title: t('fields.change.title'),
      text: [
        converted > 0 ? t('fields.change.converted', { count: converted }) : '',
        unconvertible > 0 ? t('fields.change.kept', { count: unconvertible, name: field.label }) : '',
        examples.length > 0 ? t('fields.change.examples', { examples: examples.join(', ') }) : '',
      ]
        .filter(Boolean)
        .join(' '),
      action: t('fields.change.action'),
    });
  }
}
