import { html, nothing, type TemplateResult } from 'lit';
import type { Task, TaskStatus } from '../../../backend/contracts/tasks.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { dueWords } from './due-words.ts';

const STATUSES = ['open', 'in-progress', 'waiting', 'done', 'cancelled'] as const satisfies readonly TaskStatus[];

export interface TaskItem {
  task: Task;
  /** the reader's day */
  today: string;
  isBusy: boolean;
  open(task: Task): void;
  openRecord(task: Task): void;
  setStatus(task: Task, status: TaskStatus): void;
  /** null: there is no sooner day that it could be moved from */
  postpone: ((task: Task) => void) | null;
}

/** A task with all that is done to it every day: check it off, say how it stands, move it to tomorrow. */
export function taskItem(element: SalesPulseElement, item: TaskItem): TemplateResult {
  const { task, today, isBusy, postpone } = item;
  const t = element.t.bind(element);
  const isDone = task.status === 'done';
  const due = dueWords({ format: element.format, t }, task, today);
  const title = { title: task.title };
  const { record } = task;
  return html`<li part="task" class="task ${task.isOverdue ? 'overdue' : ''} ${isDone ? 'is-done' : ''}" aria-busy=${isBusy}>
    <input type="checkbox" .checked=${isDone} ?disabled=${isBusy}
      aria-label=${t(isDone ? 'reopen' : 'complete', title)}
      @change=${() => item.setStatus(task, isDone ? 'open' : 'done')} />
    <div class="text">
      <button type="button" class="title" part="title" @click=${() => item.open(task)}>${task.title}</button>
      <p class="facts">
        ${due === null ? nothing : html`<span class="due" part="due">${task.isOverdue ? t('overdue', { due }) : due}</span>`}
        <span>${t(`type.${task.type}`)}</span>
        ${task.priority === 'normal' ? nothing : html`<span class="priority ${task.priority}">${t(`priority.${task.priority}`)}</span>`}
        ${task.repeat ? html`<span>${t('repeats')}</span>` : nothing}
        ${record?.name ? html`<button type="button" class="record" @click=${() => item.openRecord(task)}><span class="visually-hidden">${t(`record.${record.type}`)}: </span>${record.name}</button>` : nothing}
        ${record?.name === '' ? html`<span>${t(`record.some.${record.type}`)}</span>` : nothing}
      </p>
    </div>
    <div class="tools">
      ${postpone ? html`<button type="button" class="small" ?disabled=${isBusy} aria-label=${t('postpone.label', title)} @click=${() => postpone(task)}>${t('postpone')}</button>` : nothing}
      ${
        isDone
          ? nothing
          : html`<select class="status" aria-label=${t('status', title)} ?disabled=${isBusy} .value=${task.status}
              @change=${(event: Event) => item.setStatus(task, (event.target as HTMLSelectElement).value as TaskStatus)}>
              ${STATUSES.map((status) => html`<option value=${status} ?selected=${status === task.status}>${t(`status.${status}`)}</option>`)}
            </select>`
      }
    </div>
  </li>`;
}
