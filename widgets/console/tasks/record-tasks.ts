import { html, nothing, type PropertyValues } from 'lit';
import type { Named } from '../../../backend/contracts/common.ts';
import type { Task } from '../../../backend/contracts/tasks.ts';
import { today } from '../../base/range.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { type FormValues, withoutEmpty } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { OnceKey } from '../parts/once-key.ts';
import { PageList } from '../parts/page-list.ts';
import { problemText } from '../parts/problems.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { taskBody, taskFields, taskValues } from './task-form.ts';
import { taskRow, toggleTask } from './task-row.ts';

/** The tasks of a record, with a form for a new one. */
export class ConsoleRecordTasks extends ConsoleElement {
  static override properties = {
    path: { attribute: false },
    people: { attribute: false },
    canWrite: { attribute: false },
    isAdding: { state: true },
    every: { state: true },
  };

  /** API path of the record, such as `leads/ID`. */
  declare path: string;
  declare people: readonly Named[];
  declare canWrite: boolean;
  declare isAdding: boolean;
  /** how the new task comes back, as chosen now */
  declare every: string | null;
  readonly #key = new OnceKey();
  #values: FormValues = {};
  readonly #tasks = new PageList<Task>(this, () => this.app.api);

  constructor() {
    super();
    this.people = [];
    this.canWrite = false;
    this.isAdding = false;
    this.every = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#tasks.load(`${this.path}/tasks`);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('path')) void this.#tasks.load(`${this.path}/tasks`);
  }

  protected override render() {
    return html`<section class="card">
      <header class="card-header">
        <h2>${t('task.title')}</h2>
        ${
          this.canWrite && !this.isAdding
            ? html`<button type="button" class="button" @click=${() => {
                this.every = null;
                this.#values = taskValues(null, { assigneeId: this.app.me.id, dueOn: '' });
                this.isAdding = true;
              }}>${icon('plus')}${t('task.add')}</button>`
            : nothing
        }
      </header>
      ${this.isAdding ? this.#form() : nothing} ${this.#list()}
    </section>`;
  }

  #list() {
    const { state } = this.#tasks;
    if (state.kind === 'loading') return loadingState(3);
    if (state.kind === 'error') return errorState(state.error, () => void this.#tasks.reload());
    if (state.items.length === 0) return html`<p class="card-empty">${t('task.none')}</p>`;
    const now = today(this.app.me.timeZone);
    return html`<ul class="tasks">
      ${state.items.map((task) => taskRow({ app: this.app, task, today: now, hasRecord: false, toggle: this.canWrite ? this.#toggle : null }))}
    </ul>
    ${state.hasMore ? html`<button type="button" class="button" @click=${this.#tasks.more}>${t('list.more')}</button>` : nothing}`;
  }

  #form() {
    const { me } = this.app;
    const context = { people: this.people, task: null, every: this.every, timeZone: me.timeZone };
    return html`<div @change=${this.#changed}><salespulse-console-form class="inset" .app=${this.app} .fields=${taskFields(context)} .values=${this.#values} .save=${this.#add}
      .cancel=${() => {
        this.isAdding = false;
      }} .submitLabel=${t('task.add')}></salespulse-console-form></div>`;
  }

  readonly #changed = (event: Event): void => {
    const { target } = event;
    if (target instanceof HTMLSelectElement && target.name === 'every') this.every = target.value || null;
  };

  readonly #add = async (body: FormValues): Promise<void> => {
    const task = withoutEmpty(taskBody(body));
    await this.app.api.send('POST', `${this.path}/tasks`, task, { idempotencyKey: this.#key.for(task) });
    this.#key.done();
    this.isAdding = false;
    await this.#tasks.reload();
  };

  readonly #toggle = async (task: Task): Promise<void> => {
    try {
      const changed = await toggleTask(this.app, task);
      this.#tasks.replace(({ id }) => id === task.id, changed);
    } catch (error) {
      this.app.notify(problemText(error), 'error');
      await this.#tasks.reload();
    }
  };
}
