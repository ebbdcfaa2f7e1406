import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Activity } from '../../../../backend/contracts/activities.ts';
import type { Named } from '../../../../backend/contracts/common.ts';
import type { TimelineKind } from '../../../../backend/contracts/timeline.ts';
import { ApiError } from '../../../base/api.ts';
import { DataController } from '../../../base/data-controller.ts';
import { SalesPulseElement } from '../../../base/element.ts';
import { fire } from '../../../base/events.ts';
import { emptyPanel, errorPanel, errorText, staleNotice } from '../../../base/states.ts';
import { controls } from '../../../styles/controls.ts';
import { recordMessages } from '../record.messages.ts';
import type { LoggedType } from './activity-form.ts';
import { entryView } from './entry.ts';
import { timelineStyles } from './timeline.styles.ts';
import { TimelineHands } from './timeline-hands.ts';
import { type TimelinePage, TimelineSource } from './timeline-source.ts';

const FILTERS = {
  all: [],
  activities: ['activity'],
  changes: ['stage', 'change', 'merge', 'conversion', 'rule'],
  tasks: ['task'],
  files: ['file'],
} as const satisfies Record<string, readonly TimelineKind[]>;
type Filter = keyof typeof FILTERS;
const PAGE = 25;
/** The longest page the server gives. */
const MOST = 200;

const OUTCOMES = ['reached', 'noAnswer', 'voicemail', 'busy', 'wrongNumber'] as const;

/**
 * Everything that happened to a record, and what just happened: a call in two clicks, notes, e-mails, meetings and
 * files. Part of the record panel and of the console's record pages.
 *
 * @fires salespulse-record-changed - something was logged, corrected or uploaded
 */
export class SalesPulseRecordTimeline extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    path: { attribute: false },
    version: { attribute: false },
    canWrite: { attribute: false },
    account: { attribute: false },
    filter: { state: true },
    open: { state: true },
    contacts: { state: true },
    notice: { state: true },
    isBusy: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, timelineStyles];
  static override messages = recordMessages;

  /** API path of the record, such as `leads/ID`. */
  declare path: string;
  /** A new version of the record may mean new entries. */
  declare version: number;
  declare canWrite: boolean;
  /** The account whose people an activity can have been with. */
  declare account: string | null;
  declare filter: Filter;
  /** what is being written: an outcome of a call, or one of the forms */
  declare open: 'outcome' | LoggedType | null;
  declare contacts: readonly Named[];
  /** what was just done, and how to take it back */
  declare notice: { text: string; undo: (() => void) | null; isProblem: boolean } | null;
  declare isBusy: boolean;
  #key = '';
  /** how many entries a refresh brings again */
  #shown = PAGE;
  readonly #hands = new TimelineHands(this);
  readonly #data: DataController<TimelinePage>;

  constructor() {
    super();
    this.path = '';
    this.version = 0;
    this.canWrite = false;
    this.account = null;
    this.filter = 'all';
    this.open = null;
    this.contacts = [];
    this.notice = null;
    this.isBusy = false;
    this.#data = new DataController<TimelinePage>(this, {
      key: () => (this.path ? JSON.stringify([this.path, this.filter]) : null),
      load: (_api, signal) => this.source.page(FILTERS[this.filter], { limit: this.#shown, cursor: null }, signal),
      isEmpty: ({ items, nextCursor }) => items.length === 0 && nextCursor === null,
      refreshOnReturn: true,
    });
  }

  get source(): TimelineSource {
    return new TimelineSource(this.api, this.path);
  }

  refresh(): Promise<void> {
    return this.#data.refresh();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('path') || changed.has('filter')) this.#shown = PAGE;
    if (changed.has('path')) {
      this.open = null;
      this.notice = null;
    } else if (changed.has('version') && changed.get('version') !== undefined) void this.refresh();
  }

  /** Opens the form for a call, e-mail, meeting or note. */
  async write(type: LoggedType): Promise<void> {
    this.open = type;
    this.#key = crypto.randomUUID();
    await this.findContacts();
  }

  async findContacts(): Promise<void> {
    if (this.account && this.contacts.length === 0) {
      // Without them the form has no list of people, and works.
      this.contacts = await this.source.contacts(this.account).catch(() => []);
    }
  }

  /** Runs what changes something; says so, or says why not. */
  async act(work: () => Promise<unknown>, done: string, undo: (() => void) | null = null): Promise<boolean> {
    if (this.isBusy) return false;
    this.isBusy = true;
    try {
      await work();
      this.notice = { text: this.t(done), undo, isProblem: false };
      fire(this, 'salespulse-record-changed', { path: this.path });
      await this.refresh();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const text = [409, 412, 413, 415, 422].includes(error.status) ? error.detail : errorText(this, error);
      this.notice = { text, undo: null, isProblem: true };
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  protected override render(): TemplateResult {
    return html`${this.canWrite ? this.#bar() : nothing} ${this.#said()} ${this.#form()}
      <div class="filter">
        <label>${this.t('filter.label')}
          <select @change=${this.#filtered}>
            ${(Object.keys(FILTERS) as Filter[]).map((name) => html`<option value=${name} ?selected=${name === this.filter}>${this.t(`filter.${name}`)}</option>`)}
          </select>
        </label>
      </div>
      ${this.#list()}`;
  }

  #bar() {
    const isOpen = (type: typeof this.open) => String(this.open === type);
    return html`<div class="bar" role="group" aria-label=${this.t('log.label')}>
      <button type="button" class="primary" aria-expanded=${isOpen('outcome')} @click=${this.#askOutcome}>${this.t('log.call')}</button>
      ${(['note', 'email', 'meeting'] as const).map(
        (type) =>
          html`<button type="button" aria-expanded=${isOpen(type)} @click=${() => void this.write(type)}>${this.t(`activity.${type}`)}</button>`,
      )}
      <button type="button" ?disabled=${this.isBusy} @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}>${this.t('file.add')}</button>
      <input type="file" multiple class="visually-hidden" tabindex="-1" aria-hidden="true" @change=${this.#picked} />
    </div>`;
  }

  #said() {
    const { notice } = this;
    return html`<div role="status" class=${notice ? (notice.isProblem ? 'said problem' : 'said') : ''}>
      ${notice ? html`<span>${notice.text}</span>` : nothing}
      ${notice?.undo ? html`<button type="button" @click=${notice.undo}>${this.t('undo')}</button>` : nothing}
    </div>`;
  }

  #form() {
    const { open } = this;
    if (open === null) return nothing;
    if (open === 'outcome') {
      return html`<div class="outcomes" role="group" aria-label=${this.t('log.outcome')}>
        <span aria-hidden="true">${this.t('log.outcome')}</span>
        ${OUTCOMES.map((outcome) => html`<button type="button" ?disabled=${this.isBusy} @click=${() => void this.#logCall(this.t(`outcome.${outcome}`))}>${this.t(`outcome.${outcome}`)}</button>`)}
        <button type="button" class="quiet" @click=${() => void this.write('call')}>${this.t('log.details')}</button>
      </div>`;
    }
    return html`<div class="writing">${this.form(open, null, this.#saveNew, () => {
      this.open = null;
    })}</div>`;
  }

  /** The form for a new activity or a correction. */
  form(
    type: LoggedType,
    activity: Activity | null,
    save: (input: Record<string, unknown>) => Promise<void>,
    cancel: () => void,
  ) {
    return html`<salespulse-activity-form .session=${this.api.session} .locale=${this.config.locale} .timeZone=${this.config.timeZone}
      .theme=${this.theme} .type=${type} .activity=${activity} .contacts=${this.contacts} .save=${save} .cancel=${cancel}
      .findPeople=${(q: string) => this.source.people(q)}></salespulse-activity-form>`;
  }

  #list() {
    const { state } = this.#data;
    const retry = () => void this.refresh();
    switch (state.kind) {
      case 'idle':
      case 'loading':
        return state.data
          ? this.#entries(state.data)
          : html`<div class="waiting" aria-busy="true">${[1, 2, 3].map(() => html`<div class="skeleton"></div>`)}</div>
          <span class="visually-hidden" role="status">${this.t('loading')}</span>`;
      case 'error':
        return errorPanel(this, state.error, retry);
      case 'empty':
        return emptyPanel(this, this.t(`empty.${this.filter}`));
      case 'stale':
      case 'ready':
        return this.#entries(
          state.data,
          state.kind === 'stale' ? staleNotice(this, { error: state.error, retry }) : nothing,
        );
      default:
        return state satisfies never;
    }
  }

  /** One template, with and without a notice: a correction that is being typed survives a refresh that fails. */
  #entries({ items, nextCursor }: TimelinePage, notice: unknown = nothing) {
    return html`${notice}<ol class="entries">${repeat(
      items,
      ({ id }) => id,
      (entry) => entryView(this, entry, this.#hands),
    )}</ol>
    ${nextCursor ? html`<button type="button" class="more" ?disabled=${this.isBusy} @click=${() => void this.#more()}>${this.t('more')}</button>` : nothing}`;
  }

  async #more(): Promise<void> {
    const { data } = this.#data.state;
    if (!data?.nextCursor || this.isBusy) return;
    this.isBusy = true;
    try {
      const next = await this.source.page(FILTERS[this.filter], { limit: PAGE, cursor: data.nextCursor });
      this.#shown = Math.min(MOST, this.#shown + PAGE);
      this.#data.set({ items: [...data.items, ...next.items], nextCursor: next.nextCursor });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.notice = { text: errorText(this, error), undo: null, isProblem: true };
    } finally {
      this.isBusy = false;
    }
  }

  readonly #filtered = (event: Event): void => {
    this.filter = (event.target as HTMLSelectElement).value as Filter;
  };

  readonly #askOutcome = (): void => {
    this.open = this.open === 'outcome' ? null : 'outcome';
    this.#key = crypto.randomUUID();
    if (this.open)
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.outcomes button')?.focus());
  };

  async #logCall(outcome: string): Promise<void> {
    const call = { type: 'call', direction: 'out', subject: this.t('log.subject', { outcome }), outcome };
    let logged: Activity | null = null;
    const undo = () => {
      if (logged) void this.#hands.takeBack(logged);
    };
    const isDone = await this.act(
      async () => {
        logged = await this.source.log(call, this.#key);
      },
      'log.done',
      undo,
    );
    if (isDone) this.open = null;
  }

  readonly #saveNew = async (input: Record<string, unknown>): Promise<void> => {
    await this.source.log(input, this.#key);
    this.open = null;
    await this.act(async () => {}, 'log.done');
  };

  readonly #picked = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length === 0) return;
    await this.act(async () => {
      for (const file of files) await this.source.upload(file);
    }, 'file.added');
  };
}
