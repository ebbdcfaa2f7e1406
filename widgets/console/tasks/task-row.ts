import { html, nothing, type TemplateResult } from 'lit';
import type { Task } from '../../../backend/contracts/tasks.ts';
import { dueWords } from '../../elements/tasks/due-words.ts';
import type { App } from '../app.ts';
import { recordHref } from '../records/facts.ts';
import { t } from '../text.ts';

export interface TaskRow {
  app: App;
  task: Task;
  /** Today in the reader's time zone, `YYYY-MM-DD`. */
  today: string;
  /** Shows which record the task belongs to. */
  hasRecord: boolean;
  toggle: ((task: Task) => void) | null;
  /** Opens the task in full; left out: its title is text. */
  open?: (task: Task) => void;
}

/** What a task is about; somebody who may not see it learns no more than what it is. */
const about = ({ type, id, name }: NonNullable<Task['record']>) =>
  name === '' ? t(`task.about.${type}`) : html`<a href=${recordHref(type, id)}>${name}</a>`;

/** A task with its check box: what, until when, who, and for which record. */
export function taskRow({ app, task, today, hasRecord, toggle, open }: TaskRow): TemplateResult {
  const isDone = task.status === 'done';
  const isOver = isDone || task.status === 'cancelled';
  const due = dueWords({ format: app.format, t: (key, variables) => t(`task.${key}`, variables) }, task, today);
  const facts = [
    due === null
      ? nothing
      : html`<span class=${task.isOverdue ? 'overdue' : ''}>${t(task.isOverdue ? 'task.overdueSince' : 'task.dueOn', { day: due })}</span> · `,
    t(`task.type.${task.type}`),
    task.status === 'open' || isDone ? nothing : ` · ${t(`task.status.${task.status}`)}`,
    task.repeat ? ` · ${t(`task.repeat.${task.repeat.every}`)}` : nothing,
    task.assignee ? ` · ${task.assignee.name}` : nothing,
  ];
  return html`<li class="task ${isOver ? 'is-done' : ''}">
    <input type="checkbox" .checked=${isDone} ?disabled=${toggle === null} @change=${() => toggle?.(task)}
      aria-label=${t(isDone ? 'task.reopen' : 'task.complete', { title: task.title })} />
    <div class="task-text">
      <p class="task-title">${open ? html`<button type="button" class="link-button" @click=${() => open(task)}>${task.title}</button>` : task.title}${task.priority === 'high' ? html` <span class="badge badge-lost">${t('task.priority.high')}</span>` : nothing}</p>
      <p class="muted">${facts}
        ${hasRecord && task.record ? html` · ${about(task.record)}` : nothing}
      </p>
    </div>
  </li>`;
}

/** Completes an open task or reopens a done one; answers the task as it is now. */
export function toggleTask(app: App, task: Task): Promise<Task> {
  const status = task.status === 'done' ? 'open' : 'done';
  return app.api.send<Task>('PATCH', `tasks/${task.id}`, { status }, { ifMatch: task.version });
}
