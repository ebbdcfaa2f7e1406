import type { TaskReminder } from '../contracts/tasks.ts';
import type { SqlRunner } from '../db/index.ts';
import { type Due, reminderMoment } from './due.ts';
import { clearReminders, setReminders } from './reminder.repository.ts';

/** Makes these the reminders of a task, for its assignee (nobody's: for who made it). */
export async function keepReminders(
  runner: SqlRunner,
  taskId: string,
  userId: string | null,
  due: Due | null,
  reminders: readonly TaskReminder[],
  now: Date,
): Promise<void> {
  if (userId === null) return clearReminders(runner, taskId);
  const timed = reminders.map((reminder) => ({
    ...reminder,
    fireAt: due ? reminderMoment(due, reminder.minutesBefore) : null,
  }));
  await setReminders(runner, taskId, userId, timed, now);
}
