import { html, nothing, type PropertyValues } from 'lit';
import type { Activity } from '../../../backend/contracts/activities.ts';
import type { Page } from '../../../backend/contracts/common.ts';
import type { StageEvent } from '../../../backend/contracts/pipelines.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { withoutEmpty } from '../parts/fields.ts';
import { type IconName, icon } from '../parts/icons.ts';
import { Loader } from '../parts/loader.ts';
import { OnceKey } from '../parts/once-key.ts';
import { PageList } from '../parts/page-list.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { mergeTimeline, type TimelineEntry } from './timeline-entries.ts';

const activityIcons: Record<Activity['type'], IconName> = {
  call: 'phone',
  email: 'mail',
  meeting: 'meeting',
  note: 'note',
  system: 'system',
};

/** What happened with a lead or an opportunity, and a form to log what happened just now. */
export class ConsoleTimeline extends ConsoleElement {
  static override properties = {
    path: { attribute: false },
    version: { attribute: false },
    canWrite: { attribute: false },
    isLogging: { state: true },
  };

  /** API path of the record, such as `leads/ID`. */
  declare path: string;
  /** A new version of the record may mean new events. */
  declare version: number;
  declare canWrite: boolean;
  declare isLogging: boolean;
  readonly #activities = new PageList<Activity>(this, () => this.app.api);
  readonly #key = new OnceKey();
  readonly #events = new Loader<readonly StageEvent[]>(this);

  constructor() {
    super();
    this.canWrite = false;
    this.isLogging = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('path') || changed.has('version')) this.#load();
  }

  #load(): void {
    const { api } = this.app;
    void this.#activities.load(`${this.path}/activities`, { limit: 20 });
    void this.#events.load(
      async (signal) => (await api.get<Page<StageEvent>>(`${this.path}/history`, {}, { signal })).items,
    );
  }

  protected override render() {
    return html`<section class="card">
      <header class="card-header">
        <h2>${t('timeline.title')}</h2>
        ${this.canWrite && !this.isLogging ? html`<button type="button" class="button" @click=${this.#open}>${icon('plus')}${t('timeline.log')}</button>` : nothing}
      </header>
      ${this.isLogging ? this.#form() : nothing} ${this.#entries()}
    </section>`;
  }

  #form() {
    const types = (['call', 'email', 'meeting', 'note'] as const).map((value) => ({
      value,
      label: t(`activity.${value}`),
    }));
    const fields: Field[] = [
      { name: 'type', label: t('activity.type'), kind: 'select', options: types, required: true },
      { name: 'durationMinutes', label: t('activity.duration'), kind: 'number', min: 0, max: 1440 },
      { name: 'subject', label: t('activity.subject'), kind: 'text', required: true, maxLength: 200, isWide: true },
      { name: 'body', label: t('activity.body'), kind: 'textarea', isWide: true },
      { name: 'outcome', label: t('activity.outcome'), kind: 'text', maxLength: 100, isWide: true },
    ];
    return html`<salespulse-console-form class="inset" .app=${this.app} .fields=${fields} .values=${emptyActivity} .save=${this.#save}
      .cancel=${() => {
        this.isLogging = false;
      }} .submitLabel=${t('timeline.log')}></salespulse-console-form>`;
  }

  #entries() {
    const { state } = this.#activities;
    const events = this.#events.state;
    const error = state.kind === 'error' ? state.error : events.error;
    if (error) return errorState(error, () => this.#load());
    if (state.kind === 'loading' || events.kind === 'loading') return loadingState(4);
    const entries = mergeTimeline(state.items, this.#events.data ?? [], state.hasMore);
    if (entries.length === 0) return html`<p class="card-empty">${t('timeline.empty')}</p>`;
    return html`<ol class="timeline">${entries.map((entry) => this.#entry(entry))}</ol>
      ${state.hasMore ? html`<button type="button" class="button" ?disabled=${state.isRefreshing} @click=${this.#activities.more}>${t('list.more')}</button>` : nothing}`;
  }

  #entry(entry: TimelineEntry) {
    const when = html`<time datetime=${entry.at}>${this.app.format.moment(entry.at)}</time>`;
    if (entry.kind === 'stage') {
      const { from, to, actor } = entry.event;
      const text = from
        ? t('timeline.moved', { from: from.name, to: to.name })
        : t('timeline.entered', { to: to.name });
      return html`<li class="timeline-stage">${icon('stage')}<div><p>${text}</p><p class="muted">${when}${actor ? ` · ${actor.name}` : nothing}</p></div></li>`;
    }
    const { type, subject, body, outcome, durationMinutes, author } = entry.activity;
    const notes = [
      t(`activity.${type}`),
      durationMinutes === null ? '' : t('activity.minutes', { count: durationMinutes }),
      outcome ?? '',
      author?.name ?? '',
    ].filter(Boolean);
    return html`<li>${icon(activityIcons[type])}<div>
      <p class="timeline-subject">${subject}</p>
      ${body ? html`<p class="timeline-body">${body}</p>` : nothing}
      <p class="muted">${when} · ${notes.join(' · ')}</p>
    </div></li>`;
  }

  readonly #open = async (): Promise<void> => {
    this.isLogging = true;
    await this.updateComplete;
    const form = this.querySelector<ConsoleElement>('salespulse-console-form');
    await form?.updateComplete;
    form?.querySelector<HTMLElement>('select, input')?.focus();
  };

  readonly #save = async (body: FormValues): Promise<void> => {
    const activity = withoutEmpty(body);
    await this.app.api.send('POST', `${this.path}/activities`, activity, { idempotencyKey: this.#key.for(activity) });
    this.#key.done();
    this.isLogging = false;
    this.app.notify(t('timeline.logged'));
    await this.#activities.reload();
  };
}

const emptyActivity: FormValues = { type: 'call' };
