import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Activity } from '../../../../backend/contracts/activities.ts';
import type { Named } from '../../../../backend/contracts/common.ts';
import { ApiError } from '../../../base/api.ts';
import { SalesPulseElement } from '../../../base/element.ts';
import { errorText } from '../../../base/states.ts';
import { controls } from '../../../styles/controls.ts';
import { recordMessages } from '../record.messages.ts';
import type { SalesPulseRichEditor } from '../rich-text/rich-editor.ts';
import { formStyles } from './activity-form.styles.ts';
import type { ActivityInput } from './timeline-source.ts';

export type LoggedType = 'call' | 'email' | 'meeting' | 'note';

/** Writes an activity down, or corrects one: subject, text, outcome, minutes, moment, person. */
export class SalesPulseActivityForm extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    type: { attribute: false },
    activity: { attribute: false },
    contacts: { attribute: false },
    findPeople: { attribute: false },
    save: { attribute: false },
    cancel: { attribute: false },
    problem: { state: true },
    isBusy: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, formStyles];
  static override messages = recordMessages;

  declare type: LoggedType;
  /** the one that is corrected; null: a new one */
  declare activity: Activity | null;
  declare contacts: readonly Named[];
  declare findPeople: (q: string) => Promise<readonly Named[]>;
  declare save: (input: ActivityInput) => Promise<void>;
  declare cancel: () => void;
  declare problem: string;
  declare isBusy: boolean;

  constructor() {
    super();
    this.type = 'note';
    this.activity = null;
    this.contacts = [];
    this.problem = '';
    this.isBusy = false;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    if (this.activity) void this.#editor?.load(this.activity.content);
    if (this.type === 'note' && !this.activity) void this.#editor?.updateComplete.then(() => this.#editor?.focus());
    else this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  get #editor(): SalesPulseRichEditor | null {
    return this.renderRoot.querySelector('salespulse-rich-editor');
  }

  protected override render(): TemplateResult {
    const { activity, type } = this;
    const hasDirection = type === 'call' || type === 'email';
    return html`<form novalidate @submit=${this.#submit} aria-label=${this.t(activity ? 'form.correct' : `form.${type}`)}>
      <label>${this.t(type === 'note' ? 'form.subject.optional' : 'form.subject')}
        <input name="subject" maxlength="200" autocomplete="off" .value=${activity?.subject ?? ''} />
      </label>
      <div class="field"><span aria-hidden="true">${this.t('form.text')}</span>
        <salespulse-rich-editor .label=${this.t('form.text')} .findPeople=${this.findPeople} .texts=${{
          bold: this.t('editor.bold'),
          italic: this.t('editor.italic'),
          insertUnorderedList: this.t('editor.list'),
          people: this.t('editor.people'),
          link: this.t('editor.link'),
          address: this.t('editor.address'),
          setLink: this.t('editor.setLink'),
          removeLink: this.t('editor.removeLink'),
          badAddress: this.t('editor.badAddress'),
        }}></salespulse-rich-editor>
        <small>${this.t('editor.hint')}</small>
      </div>
      <div class="row">
        ${hasDirection ? this.#direction(activity?.direction ?? 'out') : nothing}
        ${type === 'note' ? nothing : this.#details(activity)}
        <label>${this.t('form.when')}
          <input name="occurredAt" type="datetime-local" .value=${activity ? localTime(activity.occurredAt) : ''} />
        </label>
        ${this.contacts.length > 0 ? this.#person(activity?.contact ?? null) : nothing}
      </div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <p class="buttons">
        <button type="button" @click=${this.cancel} ?disabled=${this.isBusy}>${this.t('form.cancel')}</button>
        <button type="submit" class="primary" ?disabled=${this.isBusy}>${this.t(activity ? 'form.save' : 'form.log')}</button>
      </p>
    </form>`;
  }

  #direction(chosen: 'in' | 'out') {
    return html`<label>${this.t('form.direction')}
      <select name="direction">
        ${(['out', 'in'] as const).map((each) => html`<option value=${each} ?selected=${each === chosen}>${this.t(`form.direction.${each}`)}</option>`)}
      </select>
    </label>`;
  }

  #details(activity: Activity | null) {
    return html`<label>${this.t('form.outcome')}
        <input name="outcome" maxlength="100" autocomplete="off" .value=${activity?.outcome ?? ''} />
      </label>
      <label>${this.t('form.minutes')}
        <input name="durationMinutes" type="number" min="0" max="1440" .value=${String(activity?.durationMinutes ?? '')} />
      </label>`;
  }

  #person(chosen: Named | null) {
    return html`<label>${this.t('form.person')}
      <select name="contactId">
        <option value="">${this.t('value.none')}</option>
        ${this.contacts.map(({ id, name }) => html`<option value=${id} ?selected=${id === chosen?.id}>${name}</option>`)}
      </select>
    </label>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    const input = this.#input(new FormData(event.target as HTMLFormElement));
    if (!input) {
      this.problem = this.t('form.empty');
      this.renderRoot.querySelector<HTMLElement>('input[name=subject]')?.focus();
      return;
    }
    this.isBusy = true;
    this.problem = '';
    try {
      await this.save(input);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.problem =
        error.status === 412 ? this.t('form.stale') : error.status === 422 ? error.detail : errorText(this, error);
    } finally {
      this.isBusy = false;
    }
  };

  /** Null where there is nothing to log. A note without a subject is called by its first words. */
  #input(form: FormData): ActivityInput | null {
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const words = this.#editor?.text.split('\n')[0] ?? '';
    const subject = text('subject') || (this.type === 'note' ? words.slice(0, 80) : '');
    if (subject === '') return null;
    const minutes = text('durationMinutes');
    const when = text('occurredAt');
    const body = this.#editor?.value ?? '';
    return {
      ...(this.activity ? {} : { type: this.type }),
      subject,
      ...(body || this.activity ? { body: body || null, bodyFormat: 'html' } : {}),
      ...(form.has('direction') ? { direction: text('direction') } : {}),
      ...(form.has('outcome') ? { outcome: text('outcome') || null } : {}),
      ...(form.has('durationMinutes') ? { durationMinutes: minutes === '' ? null : Number(minutes) } : {}),
      ...(form.has('contactId') ? { contactId: text('contactId') || null } : {}),
      ...(when && when !== this.#shownTime() ? { occurredAt: new Date(when).toISOString() } : {}),
    };
  }

  #shownTime(): string {
    return this.activity ? localTime(this.activity.occurredAt) : '';
  }
}

/** A moment for an input that knows the time zone of the machine alone. */
function localTime(moment: string): string {
  const date = new Date(moment);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
