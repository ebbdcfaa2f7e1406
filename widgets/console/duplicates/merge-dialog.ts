import { html, nothing, type PropertyValues } from 'lit';
import type { RecordType } from '../../../backend/contracts/common.ts';
import type { Merge } from '../../../backend/contracts/duplicates.ts';
import type { CustomField } from '../../../backend/contracts/fields.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { OnceKey } from '../parts/once-key.ts';
import { problemText } from '../parts/problems.ts';
import { banner, errorState, loadingState } from '../parts/states.ts';
import { recordHref } from '../records/facts.ts';
import { customFieldsOf } from '../records/references.ts';
import { t } from '../text.ts';
import { type Difference, differences, type WireRecord } from './merge-fields.ts';

/** What is to become one; null: the dialog is closed. */
export interface MergeCandidates {
  entity: RecordType;
  /** the record that stays unless another one is chosen comes first */
  ids: readonly string[];
}

interface Compared {
  records: readonly WireRecord[];
  custom: readonly CustomField[];
}

/** Records side by side: which one stays, and whose value of each field. */
export class ConsoleMergeDialog extends ConsoleElement {
  static override properties = {
    candidates: { attribute: false },
    merged: { attribute: false },
    onClose: { attribute: false },
    survivorId: { state: true },
    choices: { state: true },
    problem: { state: true },
    isSending: { state: true },
  };

  declare candidates: MergeCandidates | null;
  declare merged: (merge: Merge) => void;
  declare onClose: () => void;
  declare survivorId: string;
  declare choices: Readonly<Record<string, string>>;
  declare problem: unknown;
  declare isSending: boolean;
  readonly #compared = new Loader<Compared>(this);
  readonly #key = new OnceKey();

  constructor() {
    super();
    this.candidates = null;
    this.survivorId = '';
    this.choices = {};
    this.problem = null;
    this.isSending = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('candidates') || !this.candidates) return;
    this.survivorId = this.candidates.ids[0] ?? '';
    this.choices = {};
    this.problem = null;
    this.#load();
  }

  readonly #load = (): void => {
    const { candidates } = this;
    if (!candidates) return;
    const { entity, ids } = candidates;
    void this.#compared.load(async (signal) => {
      const paths = ids.map((id) => recordHref(entity, id).slice(1));
      const [custom, ...records] = await Promise.all([
        customFieldsOf(this.app, entity),
        ...paths.map((path) => this.app.api.get<WireRecord>(path, {}, { signal })),
      ]);
      return { custom, records };
    });
  };

  protected override render() {
    const count = this.candidates?.ids.length ?? 0;
    return html`<salespulse-console-dialog .heading=${t('merge.title', { count })} .isOpen=${this.candidates !== null} .isWide=${true}
      .onClose=${this.onClose} .content=${this.candidates ? this.#content() : nothing}></salespulse-console-dialog>`;
  }

  #content() {
    const { state } = this.#compared;
    if (state.kind === 'loading') return loadingState();
    if (state.kind === 'error') return errorState(state.error, this.#load);
    const { records, custom } = state.data;
    const rows = differences(this.app, this.candidates?.entity ?? 'lead', custom, records);
    return html`<form class="form" @submit=${this.#submit}>
      ${this.problem ? banner('error', problemText(this.problem)) : nothing}
      <fieldset class="merge-survivor">
        <legend>${t('merge.survivor')}</legend>
        ${records.map(
          (
            record,
          ) => html`<label class="merge-choice"><input type="radio" name="survivor" .checked=${record.id === this.survivorId}
            @change=${() => this.#keep(record.id)} /><span>${record.name}</span></label>`,
        )}
        <p class="field-help">${t('merge.survivor.help')}</p>
      </fieldset>
      ${rows.length === 0 ? html`<p class="muted">${t('merge.same')}</p>` : this.#table(rows, records)}
      <div class="form-actions">
        <button type="button" class="button" @click=${() => this.onClose()}>${t('merge.cancel')}</button>
        <button type="submit" class="button button-primary" ?disabled=${this.isSending}>${t('merge.submit')}</button>
      </div>
    </form>`;
  }

  #table(rows: readonly Difference[], records: readonly WireRecord[]) {
    return html`<div class="merge-fields" role="group" aria-label=${t('merge.fields')}>
      ${rows.map(
        ({ field, label, texts }) => html`<fieldset class="merge-field"><legend>${label}</legend>
          ${records.map(({ id }) => {
            const text = texts.get(id) ?? '';
            return html`<label class="merge-choice"><input type="radio" name=${field} .checked=${this.#sourceOf(field, texts, records) === id}
              @change=${() => this.#choose(field, id)} /><span class=${text === '' ? 'muted' : ''}>${text === '' ? t('merge.empty') : text}</span></label>`;
          })}
        </fieldset>`,
      )}
    </div>`;
  }

  /** The server's own rule: the choice, else the survivor's value, else the first one that there is. */
  #sourceOf(field: string, texts: ReadonlyMap<string, string>, records: readonly WireRecord[]): string {
    const order = [this.survivorId, ...records.map(({ id }) => id)];
    return this.choices[field] ?? order.find((id) => texts.get(id)) ?? this.survivorId;
  }

  #keep(id: string): void {
    this.survivorId = id;
    this.choices = {};
  }

  #choose(field: string, id: string): void {
    this.choices = { ...this.choices, [field]: id };
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { candidates, survivorId, choices } = this;
    if (!candidates || this.isSending) return;
    this.isSending = true;
    const absorbedIds = candidates.ids.filter((id) => id !== survivorId);
    const body = { entity: candidates.entity, survivorId, absorbedIds, fields: choices };
    try {
      const merge = await this.app.api.send<Merge>('POST', 'merges', body, { idempotencyKey: this.#key.for(body) });
      this.#key.done();
      this.onClose();
      this.merged(merge);
    } catch (error) {
      this.problem = error;
    } finally {
      this.isSending = false;
    }
  };
}
