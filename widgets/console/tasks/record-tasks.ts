import { html, nothing, type PropertyValues } from 'lit';
import type { Named } from '../../../backend/contracts/common.ts';
import type { Task } from '../../../backend/contracts/tasks.ts';
import { today } from '../../base/range.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { type Field, type FormValues, withoutEmpty } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { OnceKey } from '../parts/once-key.ts';
import { PageList } from '../parts/page-list.ts';
import { problemText } from '../parts/problems.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { namedOptions } from '../records/references.ts';
import { t } from '../text.ts';
import { taskRow, toggleTask } from './task-row.ts';

/** The tasks of a record, with a form for a new one. */
export class ConsoleRecordTasks extends ConsoleElement {
  static override properties = {
    path: { attribute: false },
    people: { attribute: false },
    canWrite: { attribute: false },
    isAdding: { state: true },
  };

  /** API path of the record, such as `leads/ID`. */
  declare path: string;
  declare people: readonly Named[];
  declare canWrite: boolean;
  declare isAdding: boolean;
  readonly #key = new OnceKey();
  readonly #tasks = new PageList<Task>(this, () => this.app.api);

  constructor() {
    super();
    this.people = [];
    this.canWrite = false;
    this.isAdding = false;
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
    const types = (['call', 'email', 'meeting', 'to-do'] as const).map((value) => ({
      value,
      label: t(`task.type.${value}`),
    }));
    const priorities = (['low', 'normal', 'high'] as const).map((value) => ({
      value,
      label: t(`task.priority.${value}`),
    }));
    const fields: Field[] = [
      { name: 'title', label: t('task.what'), kind: 'text', required: true, maxLength: 200, isWide: true },
      { name: 'dueOn', label: t('task.due'), kind: 'date' },
      { name: 'type', label: t('task.type'), kind: 'select', options: types },
      { name: 'priority', label: t('task.priority'), kind: 'select', options: priorities },
      {
        name: 'assigneeId',
        label: t('task.assignee'),
        kind: 'select',
        options: namedOptions(this.people),
        emptyLabel: t('task.nobody'),
      },
    ];
    const values = { type: 'to-do', priority: 'normal', assigneeId: this.app.me.id };
    return html`<salespulse-console-form class="inset" .app=${this.app} .fields=${fields} .values=${values} .save=${this.#add}
      .cancel=${() => {
        this.isAdding = false;
      }} .submitLabel=${t('task.add')}></salespulse-console-form>`;
  }

  readonly #add = async (body: FormValues): Promise<void> => {
    const task = withoutEmpty(body);
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
