import { DAY_MS, dayText, momentText } from '../calendar.ts';
import type { DemoCompany } from '../company.ts';
import { type TableRows, table } from './table.ts';

export function workTables({ activities, tasks }: DemoCompany): TableRows[] {
  return [
    table('activity', activities, {
      id: (entry) => entry.id,
      record_type: (entry) => entry.record.type,
      record_id: (entry) => entry.record.id,
      type: (entry) => entry.type,
      subject: (entry) => entry.subject,
      body: (entry) => entry.body,
      outcome: (entry) => entry.outcome,
      duration_minutes: (entry) => (entry.minutes === null ? null : `${entry.minutes}`),
      occurred_at: (entry) => momentText(entry.at),
      author_id: (entry) => entry.author.id,
      created_at: (entry) => momentText(entry.at),
    }),
    table('task', tasks, {
      id: (task) => task.id,
      record_type: (task) => task.record.type,
      record_id: (task) => task.record.id,
      title: (task) => task.title,
      type: (task) => task.type,
      priority: (task) => task.priority,
      status: (task) => (task.completedAt === null ? 'open' : 'done'),
      due_on: (task) => dayText(task.dueOn),
      time_zone: () => 'UTC',
      due_at: (task) => momentText((task.dueOn + 1) * DAY_MS),
      assignee_id: (task) => task.assignee.id,
      team_id: (task) => task.assignee.team.id,
      completed_at: (task) => (task.completedAt === null ? null : momentText(task.completedAt)),
      created_at: (task) => momentText(task.createdAt),
      updated_at: (task) => momentText(task.completedAt ?? task.createdAt),
    }),
  ];
}
