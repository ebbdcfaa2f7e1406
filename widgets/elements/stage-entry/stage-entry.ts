import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Named, Page } from '../../../backend/contracts/common.ts';
import type { StageEntry } from '../../../backend/contracts/moves.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { ApiClient, ApiError } from '../../base/api.ts';
import type { Theme } from '../../base/config.ts';
import { translate, type Variables } from '../../base/i18n.ts';
import { tokens } from '../../styles/tokens.ts';
import { askedBy, type EntryInput, enteredValue, inputsFor } from './inputs.ts';
import { stageEntryMessages } from './stage-entry.messages.ts';
import { stageEntryStyles } from './stage-entry.styles.ts';

/** A move that was refused with `stage_requirements`. */
export interface EntryQuestion {
  entity: PipelineEntity;
  stage: { name: string };
  problem: ApiError;
  locale?: string | undefined;
  theme?: Theme | undefined;
}

/** A dialog for what a stage asks for on entry. Made by `askForEntry`, which takes it away again. */
export class SalesPulseStageEntry extends LitElement {
  static override properties: PropertyDeclarations = {
    inputs: { state: true },
    failure: { state: true },
    found: { state: true },
    unpicked: { state: true },
  };
  static override styles = [tokens, stageEntryStyles];

  declare client: ApiClient;
  declare question: EntryQuestion;
  declare settle: (entry: StageEntry | null) => void;
  declare locale: string | undefined;
  declare theme: Theme | undefined;
  /** null while they are loaded */
  declare inputs: readonly EntryInput[] | null;
  declare failure: string;
  /** what each lookup offers now */
  declare found: Readonly<Record<string, readonly Named[]>>;
  /** lookups whose text is nobody's name */
  declare unpicked: readonly string[];

  constructor() {
    super();
    this.inputs = null;
    this.failure = '';
    this.found = {};
    this.unpicked = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.theme && this.theme !== 'auto') this.style.colorScheme = this.theme;
    void this.#load();
  }

  #t(key: string, variables?: Variables): string {
    return translate([stageEntryMessages], this.locale ?? navigator.language, key, variables);
  }

  async #load(): Promise<void> {
    const { entity, problem } = this.question;
    const { names, isUnanswerable } = askedBy(problem.errors.map(({ pointer }) => pointer));
    try {
      this.inputs = await inputsFor(this.client, entity, names);
      if (isUnanswerable || this.inputs.length < names.length) {
        this.failure = `${problem.detail} ${this.#t('entry.elsewhere')}`;
      }
    } catch (error) {
      this.inputs = [];
      this.failure = this.#t('entry.failed', { reason: error instanceof Error ? error.message : String(error) });
    }
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog');
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
  }

  protected override render() {
    const { inputs, failure } = this;
    if (!inputs) return nothing;
    const { stage } = this.question;
    const isAboutLoss = inputs.length === 1 && inputs[0]?.name === 'lostReasonId';
    const hasReason = inputs.some(({ name }) => name === 'lostReasonId');
    return html`<dialog aria-labelledby="title" @cancel=${this.#cancelled}>
      <h2 id="title">${this.#t(isAboutLoss ? 'entry.title.lost' : 'entry.title', { stage: stage.name })}</h2>
      <form @submit=${this.#submit}>
        ${failure ? html`<p class="problem" role="alert">${failure}</p>` : nothing}
        ${failure ? nothing : inputs.map((input) => this.#field(input))}
        ${hasReason && !failure ? this.#labelled(this.#t('entry.lostNote'), html`<textarea name="lostNote" rows="3" maxlength="1000"></textarea>`) : nothing}
        <div class="actions">
          <button type="button" @click=${() => this.settle(null)}>${this.#t('entry.cancel')}</button>
          ${failure ? nothing : html`<button type="submit">${this.#t('entry.move', { stage: stage.name })}</button>`}
        </div>
      </form>
    </dialog>`;
  }

  #label({ name, label, kind, currency }: EntryInput): string {
    if (label === null)
      return this.#t(name === 'lostReasonId' ? 'entry.lostReasonId' : `entry.field.${name}`, { currency });
    return kind === 'money' ? this.#t('entry.money', { label, currency }) : label;
  }

  #labelled(label: string, control: TemplateResult, help: string | null = null): TemplateResult {
    return html`<label class="field"><span>${label}</span>${control}${help ? html`<small>${help}</small>` : nothing}</label>`;
  }

  #field(input: EntryInput): TemplateResult {
    const { name, kind, options, help } = input;
    const label = this.#label(input);
    if (kind === 'checks') {
      return html`<fieldset><legend>${label}</legend>
        ${options.map((option) => html`<label class="check"><input type="checkbox" name=${name} value=${option.id} />${option.name}</label>`)}
        ${help ? html`<small>${help}</small>` : nothing}</fieldset>`;
    }
    return this.#labelled(label, this.#control(input), this.unpicked.includes(name) ? this.#t('entry.pick') : help);
  }

  #control({ name, kind, options, path }: EntryInput): TemplateResult {
    switch (kind) {
      case 'select':
        return this.#select(name, options);
      case 'flag':
        return this.#select(name, [
          { id: 'true', name: this.#t('entry.yes') },
          { id: 'false', name: this.#t('entry.no') },
        ]);
      case 'longText':
        return html`<textarea name=${name} rows="4" maxlength="10000" required></textarea>`;
      case 'lookup':
        return html`<input type="text" name=${name} list=${`${name}-found`} autocomplete="off" required placeholder=${this.#t('entry.pick')}
            aria-invalid=${this.unpicked.includes(name) ? 'true' : nothing} @input=${(event: Event) => void this.#find(name, path ?? '', event)} />
          <datalist id=${`${name}-found`}>${(this.found[name] ?? []).map((one) => html`<option value=${one.name}></option>`)}</datalist>`;
      case 'money':
      case 'number':
        return html`<input type="number" name=${name} step="any" required />`;
      case 'moment':
        return html`<input type="datetime-local" name=${name} required />`;
      default:
        return html`<input type=${kind} name=${name} required />`;
    }
  }

  #select(name: string, options: readonly Named[]): TemplateResult {
    return html`<select name=${name} required>
      <option value="">${this.#t('entry.choose')}</option>
      ${options.map((option) => html`<option value=${option.id}>${option.name}</option>`)}
    </select>`;
  }

  async #find(name: string, path: string, event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const q = input.value.trim();
    if (q.length < 2 || this.found[name]?.some((one) => one.name === q)) return;
    try {
      const page = await this.client.get<Page<Named>>(path, { q, limit: 20 });
      if (input.value.trim() === q) this.found = { ...this.found, [name]: page.items };
    } catch (error) {
      this.failure = this.#t('entry.failed', { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  readonly #cancelled = (event: Event): void => {
    event.preventDefault();
    this.settle(null);
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const fields: Record<string, unknown> = {};
    const custom: Record<string, unknown> = {};
    const entry: StageEntry = {};
    const unpicked: string[] = [];
    for (const input of this.inputs ?? []) {
      const { name, kind } = input;
      let value = enteredValue(input, data);
      if (kind === 'lookup') {
        value = this.found[name]?.find((one) => one.name === value)?.id ?? null;
        if (value === null) unpicked.push(name);
      }
      if (name === 'lostReasonId') entry.lostReasonId = String(value);
      else if (name.startsWith('custom.')) custom[name.slice('custom.'.length)] = value;
      else fields[name] = value;
    }
    this.unpicked = unpicked;
    if (unpicked.length > 0) return;
    if (Object.keys(custom).length > 0) fields.custom = custom;
    if (Object.keys(fields).length > 0) entry.fields = fields;
    const note = String(data.get('lostNote') ?? '').trim();
    if (note) entry.lostNote = note;
    this.settle(entry);
  };
}
