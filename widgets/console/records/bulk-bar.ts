import { html, nothing } from 'lit';
import type { BulkChange, BulkResult } from '../../../backend/contracts/bulk.ts';
import type { Page, RecordType } from '../../../backend/contracts/common.ts';
import type { Job } from '../../../backend/contracts/jobs.ts';
import type { LostReason } from '../../../backend/contracts/pipeline-settings.ts';
import { can } from '../app.ts';
import { JobWatch } from '../imports/job-watch.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues, Option } from '../parts/fields.ts';
import { problemText } from '../parts/problems.ts';
import { t } from '../text.ts';
import { type BulkAction, bulkActions, bulkBody, bulkFields, settableFields, stageOptions } from './bulk-fields.ts';
import type { References } from './references.ts';

/** What is selected: some records by their ids, or all that the list's filter finds. */
export interface Selection {
  ids: readonly string[];
  isAll: boolean;
}

/** Stands above a list while something is selected: changes all of it at once, and tells what was refused. */
export class ConsoleBulkBar extends ConsoleElement {
  static override properties = {
    entity: { attribute: false },
    path: { attribute: false },
    selection: { attribute: false },
    total: { attribute: false },
    filter: { attribute: false },
    references: { attribute: false },
    isDeletedList: { attribute: false },
    onSelectAll: { attribute: false },
    onClear: { attribute: false },
    onDone: { attribute: false },
    action: { state: true },
    field: { state: true },
    stage: { state: true },
    reasons: { state: true },
    result: { state: true },
    isBusy: { state: true },
  };

  declare entity: RecordType;
  declare path: string;
  declare selection: Selection;
  /** how many the list has in all */
  declare total: number | null;
  declare filter: Record<string, readonly string[] | string>;
  declare references: References | null;
  declare isDeletedList: boolean;
  declare onSelectAll: () => void;
  declare onClear: () => void;
  declare onDone: () => void;
  declare action: BulkAction | null;
  declare field: string | null;
  /** where they are moved to; null: the first stage there is */
  declare stage: string | null;
  declare reasons: readonly LostReason[];
  declare result: BulkResult | null;
  declare isBusy: boolean;
  readonly #watch = new JobWatch(
    this,
    () => this.app.api,
    (job) => this.#jobEnded(job),
  );

  constructor() {
    super();
    this.action = null;
    this.field = null;
    this.stage = null;
    this.reasons = [];
    this.result = null;
    this.isBusy = false;
  }

  get #count(): number {
    return this.selection.isAll ? (this.total ?? 0) : this.selection.ids.length;
  }

  protected override render() {
    const { job } = this.#watch;
    const isShown = this.#count > 0 || job !== null;
    return html`${isShown ? html`<div class="bulk-bar" role="group" aria-label=${t('bulk.label')}>${job ? this.#progress(job) : this.#tools()}</div>` : nothing}
      ${this.#form()} ${this.#refusals()}`;
  }

  #progress({ done, total }: Job) {
    return html`<p role="status">${t('bulk.running', { done, total: total ?? this.#count })}</p>
      <progress max=${total ?? 1} value=${done} aria-label=${t('bulk.label')}></progress>`;
  }

  #tools() {
    const { entity, total, selection } = this;
    const { me } = this.app;
    const offersAll = !selection.isAll && total !== null && total > selection.ids.length;
    const button = (label: string, act: () => void, style = '') =>
      html`<button type="button" class="button ${style}" ?disabled=${this.isBusy} @click=${act}>${label}</button>`;
    return html`<p role="status"><strong>${t('bulk.selected', { count: this.#count })}</strong></p>
      ${offersAll ? html`<button type="button" class="link-button" @click=${this.onSelectAll}>${t('bulk.all', { total })}</button>` : nothing}
      <button type="button" class="link-button" @click=${this.onClear}>${t('bulk.clear')}</button>
      <span class="bulk-actions">
        ${
          this.isDeletedList
            ? can(me, `${entity}.delete`)
              ? button(t('bulk.restore'), () => void this.#send({ action: 'restore' }))
              : nothing
            : html`${can(me, `${entity}.write`) ? bulkActions(this.app, entity, this.references).map((action) => button(t(`bulk.${action}`), () => this.#open(action))) : nothing}
                ${can(me, `${entity}.delete`) ? button(t('bulk.delete'), () => void this.#delete(), 'button-danger') : nothing}`
        }
      </span>`;
  }

  #form() {
    const { action, references } = this;
    if (!references) return nothing;
    const settable = settableFields(this.app, this.entity, references);
    const field = settable.find(({ name }) => name === this.field) ?? settable[0];
    const stages = stageOptions(references);
    const stageId = this.stage ?? stages[0]?.value ?? '';
    const fields: readonly Field[] =
      action === null ? [] : bulkFields(this.app, action, references, { field, stageId, reasons: this.reasons });
    const picker =
      action === 'set'
        ? this.#picker(
            t('bulk.field'),
            settable.map(({ name, label }) => ({ value: name, label })),
            field?.name,
            (name) => {
              this.field = name;
            },
          )
        : action === 'move'
          ? this.#picker(t('bulk.stage'), stages, stageId, (id) => {
              this.stage = id;
            })
          : nothing;
    return html`<salespulse-console-form-dialog .app=${this.app} .heading=${action ? t(`bulk.${action}`).replace('…', '') : ''}
      .isOpen=${action !== null} .intro=${picker} .fields=${fields} .values=${{}}
      .submitLabel=${t('bulk.apply', { count: this.#count })} .onClose=${this.#close}
      .save=${(body: FormValues) => (action ? this.#change(bulkBody(action, body, stageId)) : Promise.resolve())}></salespulse-console-form-dialog>`;
  }

  #picker(label: string, options: readonly Option[], chosen: string | undefined, choose: (value: string) => void) {
    return html`<label class="field field-wide"><span class="field-label">${label}</span>
      <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>${options.map(
        (option) => html`<option value=${option.value} ?selected=${option.value === chosen}>${option.label}</option>`,
      )}</select></label>`;
  }

  #refusals() {
    const { result } = this;
    const refused = result?.items.filter(({ outcome }) => outcome === 'refused') ?? [];
    const reasons = [...new Set(refused.map(({ message }) => message ?? ''))];
    return html`<salespulse-console-dialog .heading=${result ? t('bulk.refused.title', { count: result.refused }) : ''} .isOpen=${result !== null}
      .onClose=${this.#closeResult} .content=${
        result
          ? html`<p>${t('bulk.refused.text', { done: result.done, unchanged: result.unchanged })}</p>
              <ul>${reasons.map((reason) => html`<li>${reason} (${refused.filter(({ message }) => (message ?? '') === reason).length})</li>`)}</ul>`
          : nothing
      }></salespulse-console-dialog>`;
  }

  #open(action: BulkAction): void {
    this.field = null;
    this.stage = null;
    this.action = action;
    if (action === 'move' && this.reasons.length === 0) void this.#loadReasons();
  }

  /** Without them nothing can be lost by this dialog, and that is said. */
  async #loadReasons(): Promise<void> {
    try {
      const page = await this.app.api.get<Page<LostReason>>('lost-reasons', { entity: this.entity });
      this.reasons = page.items.filter(({ isArchived }) => !isArchived);
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  readonly #close = (): void => {
    this.action = null;
  };

  readonly #closeResult = (): void => {
    this.result = null;
  };

  async #delete(): Promise<void> {
    const title = t('bulk.delete.title', { count: this.#count });
    const question = { title, text: t('bulk.delete.text'), action: t('record.delete'), isDanger: true };
    if (await this.app.confirm(question)) await this.#send({ action: 'delete' });
  }

  async #send(change: BulkChange): Promise<void> {
    try {
      await this.#change(change);
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  async #change(change: BulkChange): Promise<void> {
    const { ids, isAll } = this.selection;
    const which = isAll ? { filter: this.filter } : { ids };
    this.isBusy = true;
    try {
      const answer = await this.app.api.send<BulkResult | { job: Job }>('POST', `${this.path}/bulk`, {
        ...which,
        change,
      });
      if ('job' in answer) this.#watch.start(answer.job);
      else this.#ended(answer);
    } finally {
      this.isBusy = false;
    }
  }

  #jobEnded(job: Job | null): void {
    if (job?.state === 'done') this.#ended(job.result as BulkResult);
    else {
      this.app.notify(job?.error ?? t('bulk.lost'), 'error');
      this.onDone();
    }
  }

  #ended(result: BulkResult): void {
    if (result.refused > 0) this.result = result;
    else this.app.notify(t('bulk.done', { count: result.done }));
    this.onDone();
  }
}
