import type { Dependencies } from '../dependencies.ts';
import { repeat } from '../jobs/index.ts';
import { postNotification } from '../notify/index.ts';
import { postMail } from '../notify/mail/index.ts';
import { dueText } from './due.ts';
import { type DueReminder, lockDueReminders, settleReminder } from './reminder.repository.ts';

/** How late a reminder is at most while a worker runs. */
const LOOK_EVERY_MS = 10_000;
const BATCH = 50;

type SenderDependencies = Pick<Dependencies, 'database' | 'clock' | 'config'>;

/**
 * Sends the reminders whose moment has come; answers how many were settled. Each is settled in the transaction that
 * writes its notification and takes its mail on, so that it is sent once however many workers look, and whenever one
 * of them dies.
 */
export async function sendDueReminders(deps: SenderDependencies): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await deps.database.bulk(async (tx) => {
      const now = deps.clock();
      const reminders = await lockDueReminders(tx.sql, now, BATCH);
      for (const reminder of reminders) {
        if (!reminder.isVain) await send(deps, tx, reminder);
        await settleReminder(tx.sql, reminder.id, reminder.isVain ? 'dropped' : 'sent', now);
      }
      return reminders.length;
    });
    total += count;
    if (count < BATCH) return total;
  }
}

async function send(
  deps: SenderDependencies,
  tx: { sql: Parameters<typeof postMail>[0] },
  reminder: DueReminder,
): Promise<void> {
  const { channel, dueOn, dueTime, timeZone, title, taskId, userId, email } = reminder;
  const due = dueOn !== null && timeZone !== null ? dueText({ dueOn, dueTime, timeZone }) : null;
  const hasMail = channel !== 'in-app' && email !== null;
  if (hasMail) {
    await postMail(tx.sql, deps, {
      kind: 'task-reminder',
      to: { email, name: reminder.userName, userId },
      title,
      due,
      link: `${deps.config.publicUrl}/tasks?task=${taskId}`,
    });
  }
  // Whoever has no address is told where they can be reached.
  if (channel === 'mail' && hasMail) return;
  await postNotification(tx, {
    userId,
    kind: 'reminder',
    title,
    body: due && `Due ${due}.`,
    taskId,
    record: reminder.recordType && reminder.recordId ? { type: reminder.recordType, id: reminder.recordId } : null,
    dedupeKey: `reminder:${reminder.id}:${reminder.fireAt.toISOString()}`,
  });
}

/** Looks for due reminders now and again, until it is stopped. Any number of workers may. */
export const startReminders = (deps: SenderDependencies & Pick<Dependencies, 'logger'>): (() => Promise<void>) =>
  repeat({ everyMs: LOOK_EVERY_MS, logger: deps.logger, name: 'reminders' }, () => sendDueReminders(deps));
