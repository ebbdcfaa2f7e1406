import { html, nothing, type TemplateResult } from 'lit';
import type { Task } from '../../../backend/contracts/activities.ts';
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
}

/** A task with its check box: what, until when, who, and for which record. */
export function taskRow({ app, task, today, hasRecord, toggle }: TaskRow): TemplateResult {
  const isDone = task.status === 'done';
  const isOverdue = !isDone && task.dueOn !== null && task.dueOn < today;
  return html`<li class="task ${isDone ? 'is-done' : ''}">
    <input type="checkbox" .checked=${isDone} ?disabled=${toggle === null} @change=${() => toggle?.(task)}
      aria-label=${t(isDone ? 'task.reopen' : 'task.complete', { title: task.title })} />
    <div class="task-text">
      <p class="task-title">${task.title}${task.priority === 'high' ? html` <span class="badge badge-lost">${t('task.priority.high')}</span>` : nothing}</p>
      <p class="muted">
        ${task.dueOn ? html`<span class=${isOverdue ? 'overdue' : ''}>${t(isOverdue ? 'task.overdueSince' : 'task.dueOn', { day: app.format.day(task.dueOn) })}</span> · ` : nothing}${t(`task.type.${task.type}`)}${task.assignee ? ` · ${task.assignee.name}` : nothing}
        ${hasRecord && task.record ? html` · <a href=${recordHref(task.record.type, task.record.id)}>${task.record.name}</a>` : nothing}
      </p>
    </div>
  </li>`;
}

/** Completes an open task or reopens a done one; answers the task as it is now. */
export function toggleTask(app: App, task: Task): Promise<Task> {
  const status = task.status === 'done' ? 'open' : 'done';
  return app.api.send<Task>('PATCH', `tasks/${task.id}`, { status }, { ifMatch: task.version });
}
