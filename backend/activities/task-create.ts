import { type Actor, EVERYTHING, isAllowed, recordAudit } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { TaskCreate } from '../contracts/tasks.ts';
import type { SqlRunner } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden } from '../http/index.ts';
import { resolveOwner } from '../pipeline/index.ts';
import { assertWritable } from './record-access.ts';
import { noteAround } from './record-place.ts';
import { findTask, type TaskAnswer } from './task.repository.ts';
import { tellAssignee } from './task-notices.ts';
import { NO_PLAN, planned } from './task-plan.ts';
import { keepReminders } from './task-reminders.ts';
import { insertTask, zoneOfPerson } from './task-write.repository.ts';

/** The caller's transaction. */
export interface TaskTx {
  sql: SqlRunner;
  afterCommit?(work: () => void): void;
}
export type TaskDependencies = Pick<Dependencies, 'clock' | 'config' | 'changes'>;

/**
 * Adds a task, about a record or about none, inside the caller's transaction. Left out, the assignee is the actor;
 * somebody else who gets it is told.
 *
 * @throws ProblemError 404 or 403 where the actor may not change the record or may add no tasks, 422 for an assignee out of reach
 */
export async function createTaskIn(
  deps: TaskDependencies,
  tx: TaskTx,
  actor: Actor,
  record: { type: RecordType; id: string } | null,
  input: TaskCreate,
): Promise<TaskAnswer & { id: string }> {
  const { principal, rule } = actor;
  const now = deps.clock();
  if (!isAllowed(principal, 'task.write')) throw forbidden('add tasks');
  if (record) await assertWritable(tx.sql, principal, record.type, record.id);
  const owner = await resolveOwner(tx.sql, principal, 'task.write', input.assigneeId, '/assigneeId');
  const ownZone = (await zoneOfPerson(tx.sql, owner.ownerId)) ?? deps.config.timeZone;
  const plan = planned(NO_PLAN, input, ownZone);
  const createdById = principal.userId;
  const id = await insertTask(tx.sql, { record, owner, plan, createdById, ruleId: rule?.id ?? null, input });
  await keepReminders(tx.sql, id, owner.ownerId ?? createdById, plan.due, input.reminders ?? [], now);
  await tellAssignee(tx, actor, { taskId: id, title: input.title, due: plan.due, record }, owner.ownerId);
  const created = await findTask(tx.sql, EVERYTHING, id, now, 'everyone');
  const shown = await findTask(tx.sql, EVERYTHING, id, now, principal);
  if (!created || !shown) throw new Error(`the new task ${id} can't be read back`);
  await recordAudit(tx.sql, actor, {
    action: 'task.created',
    entity: 'task',
    entityId: id,
    after: JSON.parse(created.json),
  });
  if (record) await noteAround(tx, deps.changes, actor, 'task', record);
  return { id, ...shown };
}
