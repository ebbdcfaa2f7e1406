import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MyDay, Task, TaskStatus, TaskUpdate } from '../../../backend/contracts/tasks.ts';
import { ApiError } from '../../base/api.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { addDays } from '../../base/range.ts';
import { emptyPanel, errorPanel, errorText, staleNotice } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import { taskItem } from './task-item.ts';
import { tasksMessages } from './tasks.messages.ts';
import { tasksStyles } from './tasks.styles.ts';

const PARTS = ['overdue', 'today', 'upcoming', 'undated', 'done'] as const;
type Part = (typeof PARTS)[number];

/**
 * What the person has to do today: late, due today, within a week, some day, and done. Tasks are checked off, moved to
 * tomorrow, given a status, and added.
 *
 * @tag salespulse-tasks
 * @attr {boolean} read-only - shows tasks without anything to change them
 * @fires salespulse-task-open - a task's title was activated; `detail` is `{ task }`
 * @fires salespulse-task-changed - a task was added or changed here; `detail` is `{ task }`
 * @fires salespulse-drill - the record of a task was activated; `detail` is `{ record: { type, id, name } }`
 * @csspart add - the form for a new task
 * @csspart part - one of the lists, with its heading
 * @csspart task - one task
 * @csspart title - its title
 * @csspart due - when it is due
 * @csspart error - the panel shown when loading failed
 * @csspart empty - the panel shown when there is nothing to do
 * @csspart stale - the notice over old data
 */
export class SalesPulseTasks extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    readOnly: { type: Boolean, attribute: 'read-only' },
    message: { state: true },
    problem: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, tasksStyles];
  static override messages = tasksMessages;

  declare readOnly: boolean;
  /** What was done last, for those who hear the page. */
  declare message: string;
  declare problem: string | null;

  readonly #data: DataController<MyDay>;
  /** Tasks whose change is on its way. */
  readonly #busy = new Set<string>();
  #isAdding = false;

  constructor() {
    super();
    this.readOnly = false;
    this.message = '';
    this.problem = null;
    this.#data = new DataController<MyDay>(this, {
      key: () => this.config.timeZone,
      load: (api, signal) => api.get<MyDay>('tasks/my-day', { timeZone: this.config.timeZone }, { signal }),
      isEmpty: ({ counts }) => PARTS.every((part) => counts[part] === 0),
      refreshOnReturn: true,
    });
  }

  /** Asks for the tasks again; what is shown stays until they are there. */
  refresh(): Promise<void> {
    return this.#data.refresh();
  }

  protected override render(): TemplateResult {
    const { state } = this.#data;
    const retry = () => void this.refresh();
    switch (state.kind) {
      case 'idle':
      case 'loading':
        if (state.data) return this.#day(state.data);
        return html`<div aria-busy="true">${[1, 2, 3, 4].map(() => html`<div class="skeleton row"></div>`)}</div>
          <span class="visually-hidden" role="status">${this.t('loading')}</span>`;
      case 'error':
        return errorPanel(this, state.error, retry);
      case 'empty':
      case 'ready':
        return this.#day(state.data);
      case 'stale':
        return html`${staleNotice(this, { error: state.error, retry })} ${this.#day(state.data)}`;
      default:
        return state satisfies never;
    }
  }

  #day(day: MyDay): TemplateResult {
    const isEmpty = PARTS.every((part) => day.counts[part] === 0);
    return html`<section aria-label=${this.t('region')}>
      ${this.readOnly ? nothing : this.#form(day)}
      <p class="visually-hidden" role="status">${this.message}</p>
      ${this.problem === null ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${isEmpty ? emptyPanel(this) : PARTS.map((part) => this.#part(day, part))}
    </section>`;
  }

  #form({ day }: MyDay): TemplateResult {
    return html`<form class="add" part="add" @submit=${this.#add} novalidate>
      <label class="wide"><span>${this.t('add.title')}</span><input name="title" maxlength="200" autocomplete="off" /></label>
      <label><span>${this.t('add.day')}</span><input name="dueOn" type="date" .defaultValue=${day} /></label>
      <label><span>${this.t('add.time')}</span><input name="dueTime" type="time" /></label>
      <button type="submit" class="primary">${this.t('add.submit')}</button>
    </form>`;
  }

  #part(day: MyDay, part: Part): TemplateResult | typeof nothing {
    const [items, count] = [day[part], day.counts[part]];
    if (count === 0) return nothing;
    const canPostpone = !this.readOnly && (part === 'overdue' || part === 'today');
    const tomorrow = addDays(day.day, 1);
    return html`<section part="part" class="part ${part}" aria-label=${this.t(`part.${part}`)}>
      <h2>${this.t(`part.${part}`)} <span class="count">${this.format.number(count)}</span></h2>
      <ul>
        ${repeat(
          items,
          ({ id }) => id,
          (task) =>
            taskItem(this, {
              task,
              today: day.day,
              isBusy: this.readOnly || this.#busy.has(task.id),
              open: () => fire(this, 'salespulse-task-open', { task }),
              openRecord: () => fire(this, 'salespulse-drill', { record: task.record }),
              setStatus: (_task, status) => void this.#setStatus(task, status),
              postpone: canPostpone ? () => void this.#postpone(task, tomorrow) : null,
            }),
        )}
      </ul>
      ${count > items.length ? html`<p class="more">${this.t('more', { shown: items.length, count })}</p>` : nothing}
    </section>`;
  }

  #setStatus(task: Task, status: TaskStatus): Promise<void> {
    const words: Record<TaskStatus, string> = {
      done: 'completed',
      cancelled: 'cancelled',
      open: task.status === 'done' ? 'reopened' : 'changed',
      'in-progress': 'changed',
      waiting: 'changed',
    };
    return this.#change(task, { status }, () => this.t(words[status], { title: task.title }));
  }

  #postpone(task: Task, dueOn: string): Promise<void> {
    return this.#change(task, { dueOn }, () => this.t('postponed', { title: task.title, day: this.format.day(dueOn) }));
  }

  async #change(task: Task, change: TaskUpdate, said: () => string): Promise<void> {
    if (this.#busy.has(task.id)) return;
    this.#busy.add(task.id);
    this.problem = null;
    this.requestUpdate();
    try {
      const changed = await this.api.send<Task>('PATCH', `tasks/${task.id}`, change, { ifMatch: task.version });
      this.message = said();
      fire(this, 'salespulse-task-changed', { task: changed });
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#busy.delete(task.id);
      await this.refresh();
    }
  }

  readonly #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#isAdding) return;
    const form = event.target as HTMLFormElement;
    const typed = (name: string) => (form.elements.namedItem(name) as HTMLInputElement).value.trim();
    const [title, dueOn, dueTime] = [typed('title'), typed('dueOn'), typed('dueTime')];
    if (title === '') {
      this.problem = this.t('add.invalid');
      (form.elements.namedItem('title') as HTMLInputElement).focus();
      return;
    }
    this.#isAdding = true;
    this.problem = null;
    const due = { dueOn, timeZone: this.config.timeZone, ...(dueTime === '' ? {} : { dueTime }) };
    try {
      const task = await this.api.send<Task>('POST', 'tasks', { title, ...(dueOn === '' ? {} : due) });
      this.message = this.t('added', { title });
      form.reset();
      fire(this, 'salespulse-task-changed', { task });
      await this.refresh();
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#isAdding = false;
    }
  };

  #failed(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    this.problem = error.status === 412 ? this.t('stale') : errorText(this, error);
    fire(this, 'salespulse-error', { error });
  }
}
