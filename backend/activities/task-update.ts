import { type Actor, EVERYTHING, recordAudit, scopeOf } from '../access/index.ts';
import { addDays, businessDay } from '../calendar/index.ts';
import type { TaskStatus, TaskUpdate } from '../contracts/tasks.ts';
import type { SqlRunner } from '../db/index.ts';
import { notFound, stale } from '../http/index.ts';
import { resolveOwner } from '../pipeline/index.ts';
import { dueMoment } from './due.ts';
import { noteAround } from './record-place.ts';
import { remindersOf } from './reminder.repository.ts';
import { hasAnother, nextDueDay } from './repeat.ts';
import { findTask, type LockedTask, lockTask, type TaskAnswer } from './task.repository.ts';
import type { TaskDependencies, TaskTx } from './task-create.ts';
import { tellAssignee } from './task-notices.ts';
import { type Plan, planned } from './task-plan.ts';
import { keepReminders } from './task-reminders.ts';
import { insertNextOccurrence, removeUntouched, updateTask, zoneOfPerson } from './task-write.repository.ts';

const isOver = (status: TaskStatus): boolean => status === 'done' || status === 'cancelled';

const planOf = ({ dueOn, dueTime, timeZone, dueAt, repeat }: LockedTask): Plan => ({
  due: dueOn === null || timeZone === null ? null : { dueOn, dueTime, timeZone },
  dueAt,
  repeat,
});

const recordOf = ({ recordType, recordId }: LockedTask) =>
  recordType !== null && recordId !== null ? { type: recordType, id: recordId } : null;

/**
 * Changes a task inside the caller's transaction. One that comes back bears its next occurrence when it is done or
 * cancelled; opened again, it takes that back unless somebody has touched it.
 *
 * @throws ProblemError 404 out of reach, 412 for another version, 422 for what does not fit together
 */
export async function updateTaskIn(
  deps: TaskDependencies,
  tx: TaskTx,
  actor: Actor,
  id: string,
  input: TaskUpdate,
  version: number | null,
): Promise<TaskAnswer> {
  const { principal } = actor;
  const now = deps.clock();
  const locked = await lockTask(tx.sql, scopeOf(principal, 'task.write'), id);
  const before = locked && (await findTask(tx.sql, EVERYTHING, id, now, 'everyone'));
  if (!before) throw notFound('task');
  if (version !== null && locked.version !== version) throw stale('task');
  const owner =
    input.assigneeId === undefined
      ? null
      : await resolveOwner(tx.sql, principal, 'task.write', input.assigneeId, '/assigneeId');
  const assigneeId = owner ? owner.ownerId : locked.assigneeId;
  const ownZone = (await zoneOfPerson(tx.sql, assigneeId)) ?? deps.config.timeZone;
  const plan = planned(planOf(locked), input, ownZone);
  await updateTask(tx.sql, id, { input, plan, owner, now });

  const reminders = input.reminders ?? (await remindersOf(tx.sql, id));
  const reminded = assigneeId ?? locked.createdById;
  await keepReminders(tx.sql, id, reminded, plan.due, reminders, now);
  if (input.status !== undefined && isOver(input.status) !== isOver(locked.status)) {
    if (isOver(input.status)) {
      const nextId = await bearNext(tx.sql, id, locked.occurrence, plan, now);
      if (nextId) {
        await keepReminders(tx.sql, nextId.id, reminded, nextId.plan.due, reminders, now);
        await auditNew(tx.sql, actor, nextId.id, now);
      }
    } else if (locked.seriesId !== null) {
      const removed = await removeUntouched(tx.sql, locked.seriesId, locked.occurrence + 1);
      if (removed) {
        await recordAudit(tx.sql, actor, { action: 'task.deleted', entity: 'task', entityId: removed });
      }
    }
  }
  const record = recordOf(locked);
  if (owner && assigneeId !== locked.assigneeId) {
    await tellAssignee(
      tx,
      actor,
      { taskId: id, title: input.title ?? locked.title, due: plan.due, record },
      assigneeId,
    );
  }
  const after = await findTask(tx.sql, EVERYTHING, id, now, 'everyone');
  const shown = await findTask(tx.sql, EVERYTHING, id, now, principal);
  if (!after || !shown) throw notFound('task');
  await recordAudit(tx.sql, actor, {
    action: 'task.updated',
    entity: 'task',
    entityId: id,
    before: JSON.parse(before.json),
    after: JSON.parse(after.json),
  });
  if (record) await noteAround(tx, deps.changes, actor, 'task', record);
  return shown;
}

/**
 * Makes the occurrence that follows. Days that have passed are skipped: whoever is late does not find a heap of the
 * same task.
 */
async function bearNext(
  runner: SqlRunner,
  id: string,
  occurrence: number,
  { due, repeat }: Plan,
  now: Date,
): Promise<{ id: string; plan: Plan } | null> {
  if (!due || !repeat || !hasAnother(repeat, occurrence)) return null;
  const yesterday = addDays(businessDay(now, due.timeZone), -1);
  const isLate = due.dueOn <= yesterday;
  const dueOn = nextDueDay(repeat, isLate ? yesterday : due.dueOn);
  if (dueOn === null) return null;
  const next = { ...due, dueOn };
  const plan = { due: next, dueAt: dueMoment(next), repeat };
  const nextId = await insertNextOccurrence(runner, id, plan);
  return nextId === undefined ? null : { id: nextId, plan };
}

async function auditNew(runner: SqlRunner, actor: Actor, id: string, now: Date): Promise<void> {
  const born = await findTask(runner, EVERYTHING, id, now, 'everyone');
  await recordAudit(runner, actor, {
    action: 'task.created',
    entity: 'task',
    entityId: id,
    after: born && JSON.parse(born.json),
  });
}
