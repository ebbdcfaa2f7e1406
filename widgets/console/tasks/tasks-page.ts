import { html, nothing } from 'lit';
import type { Task } from '../../../backend/contracts/tasks.ts';
import { today } from '../../base/range.ts';
import type { SalesPulseTasks } from '../../elements/tasks/tasks.ts';
import { can, scopeOf } from '../app.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { listFooter } from '../parts/list-footer.ts';
import { PageList } from '../parts/page-list.ts';
import { problemText } from '../parts/problems.ts';
import { emptyState, errorState, loadingState } from '../parts/states.ts';
import { recordHref } from '../records/facts.ts';
import { t } from '../text.ts';
import { taskRow, toggleTask } from './task-row.ts';

const views = ['day', 'open', 'overdue', 'done', 'team'] as const;
type View = (typeof views)[number];

const questions: Readonly<Record<Exclude<View, 'day'>, Record<string, string | boolean>>> = {
  open: { assignee: 'me', state: 'active' },
  overdue: { assignee: 'me', overdue: true },
  done: { assignee: 'me', status: 'done' },
  team: { state: 'active' },
};

/** The day and the tasks of the person who is signed in, and those of their team. `?task=ID` opens one. */
export class ConsoleTasksPage extends ConsolePage {
  static override properties = {
    editing: { state: true },
    isEditing: { state: true },
    isCalendarOpen: { state: true },
  };

  /** The task in the dialog; null: a new one. */
  declare editing: Task | null;
  declare isEditing: boolean;
  declare isCalendarOpen: boolean;
  readonly #tasks = new PageList<Task>(this, () => this.app.api);
  #asked: View | null = null;
  #opened: string | null = null;

  constructor() {
    super();
    this.editing = null;
    this.isEditing = false;
    this.isCalendarOpen = false;
  }

  get heading(): string {
    return t('tasks.title');
  }

  get #views(): readonly View[] {
    return views.filter((view) => view !== 'team' || scopeOf(this.app.me, 'task.read') !== 'own');
  }

  get #view(): View {
    return this.#views.find((view) => view === this.match.query.get('show')) ?? 'day';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asked = null;
    this.#opened = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    const view = this.#view;
    if (view !== this.#asked) {
      this.#asked = view;
      if (view !== 'day') void this.#tasks.load('tasks', questions[view]);
    }
    const wanted = this.match.query.get('task');
    if (wanted !== this.#opened) {
      this.#opened = wanted;
      if (wanted) void this.#openById(wanted);
    }
  }

  async #openById(id: string): Promise<void> {
    try {
      this.#edit(await this.app.api.get<Task>(`tasks/${encodeURIComponent(id)}`));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  #edit(task: Task | null): void {
    this.editing = task;
    this.isEditing = true;
  }

  protected override render() {
    const isWriter = can(this.app.me, 'task.write');
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1>
        <div class="page-actions">
          <button type="button" class="button" @click=${() => {
            this.isCalendarOpen = true;
          }}>${icon('meeting')}${t('calendar.open')}</button>
          ${isWriter ? html`<button type="button" class="button button-primary" @click=${() => this.#edit(null)}>${icon('plus')}${t('task.add')}</button>` : nothing}
        </div>
      </header>
      <div class="tabs" role="group" aria-label=${t('tasks.show')}>
        ${this.#views.map(
          (view) =>
            html`<button type="button" aria-pressed=${String(view === this.#view)} @click=${() => this.setQuery({ show: view === 'day' ? null : view })}>${t(`tasks.${view}`)}</button>`,
        )}
      </div>
      ${this.#view === 'day' ? this.#day(isWriter) : this.#list(isWriter)}
    </div>
    <salespulse-console-task-dialog .app=${this.app} .task=${this.editing} .isOpen=${this.isEditing} .onClose=${this.#closed}
      .onChange=${this.#refresh}></salespulse-console-task-dialog>
    <salespulse-console-calendar-dialog .app=${this.app} .isOpen=${this.isCalendarOpen} .onClose=${() => {
      this.isCalendarOpen = false;
    }}></salespulse-console-calendar-dialog>`;
  }

  #day(isWriter: boolean) {
    const { me } = this.app;
    return html`<salespulse-tasks .readOnly=${!isWriter} .timeZone=${me.timeZone} .locale=${this.app.format.locale}
      @salespulse-task-open=${(event: CustomEvent<{ task: Task }>) => this.#edit(event.detail.task)}
      @salespulse-drill=${this.#drilled}></salespulse-tasks>`;
  }

  #list(isWriter: boolean) {
    const { state } = this.#tasks;
    if (state.kind === 'loading') return loadingState();
    if (state.kind === 'error') return errorState(state.error, () => void this.#tasks.reload());
    if (state.items.length === 0) return emptyState(t(`tasks.${this.#view}.empty`), t('tasks.empty.text'));
    const now = today(this.app.me.timeZone);
    const toggle = isWriter ? this.#toggle : null;
    const open = (task: Task) => this.#edit(task);
    return html`<section class="card"><ul class="tasks">
      ${state.items.map((task) => taskRow({ app: this.app, task, today: now, hasRecord: true, toggle, open }))}
    </ul></section>
    ${state.error ? html`<p class="field-problem">${problemText(state.error)}</p>` : nothing} ${listFooter(state, this.#tasks.more)}`;
  }

  readonly #closed = (): void => {
    this.isEditing = false;
    if (this.match.query.has('task')) this.setQuery({ task: null });
  };

  readonly #refresh = (): void => {
    if (this.#view === 'day') void this.querySelector<SalesPulseTasks>('salespulse-tasks')?.refresh();
    else void this.#tasks.reload();
  };

  readonly #drilled = (event: CustomEvent<{ record: Task['record'] }>): void => {
    const { record } = event.detail;
    if (record) this.app.navigate(recordHref(record.type, record.id));
  };

  readonly #toggle = async (task: Task): Promise<void> => {
    try {
      const changed = await toggleTask(this.app, task);
      this.#tasks.replace(({ id }) => id === task.id, changed);
      this.app.notify(t(changed.status === 'done' ? 'task.completed' : 'task.reopened', { title: task.title }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
      await this.#tasks.reload();
    }
  };
}
