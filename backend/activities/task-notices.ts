import type { Actor } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { SqlRunner } from '../db/index.ts';
import { postNotification } from '../notify/index.ts';
import { type Due, dueText } from './due.ts';

export interface GivenTask {
  taskId: string;
  title: string;
  due: Due | null;
  record: { type: RecordType; id: string } | null;
}

/** Tells a person that somebody else, or a rule, gave them a task. */
export async function tellAssignee(
  tx: { sql: SqlRunner },
  { principal, rule }: Actor,
  { taskId, title, due, record }: GivenTask,
  assigneeId: string | null,
): Promise<void> {
  if (assigneeId === null || (assigneeId === principal.userId && !rule)) return;
  const giver = rule ? `The rule “${rule.name}”` : principal.name;
  const until = due ? ` Due ${dueText(due)}.` : '';
  await postNotification(tx, {
    userId: assigneeId,
    kind: 'assigned',
    title,
    body: `${giver} gave you this task.${until}`,
    record,
    taskId,
  });
}
