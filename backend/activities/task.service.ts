import { DateTime } from 'luxon';
import { type Actor, EVERYTHING, isAllowed, type Principal, recordAudit, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { MyDay, RecordTaskQuery, TaskCreate, TaskListQuery } from '../contracts/tasks.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, notFound, stale } from '../http/index.ts';
import { assertReadable } from './record-access.ts';
import { findMyDay, findTask, listTasks, lockTask, type TaskAnswer } from './task.repository.ts';
import { createTaskIn } from './task-create.ts';
import { updateTaskIn } from './task-update.ts';
import { markDeleted, zoneOfPerson } from './task-write.repository.ts';

/** Each part of "my day" shows so many at most. */
const DAY_PART_LIMIT = 100;

/** Tasks: one's own (or one's team's) list, and those of a record. */
export function createTaskService(deps: Dependencies) {
  const { database, clock, config } = deps;

  /** Takes a task away, or back again. */
  const setDeleted = (actor: Actor, id: string, version: number | null, isGone: boolean): Promise<TaskAnswer | null> =>
    database.transaction(async (tx) => {
      const now = clock();
      const locked = await lockTask(tx.sql, scopeOf(actor.principal, 'task.write'), id, { deleted: !isGone });
      if (!locked) throw notFound('task');
      if (version !== null && locked.version !== version) throw stale('task');
      await markDeleted(tx.sql, id, isGone ? now : null);
      await recordAudit(tx.sql, actor, {
        action: isGone ? 'task.deleted' : 'task.restored',
        entity: 'task',
        entityId: id,
        before: isGone ? { title: locked.title } : undefined,
        after: isGone ? undefined : { title: locked.title },
      });
      return (await findTask(tx.sql, EVERYTHING, id, now, actor.principal)) ?? null;
    });

  return {
    list(principal: Principal, { assignee, ...query }: TaskListQuery): Promise<string> {
      const person = assignee === 'me' ? principal.userId : assignee === 'nobody' ? null : assignee;
      return listTasks(
        database.sql,
        principal,
        scopeOf(principal, 'task.read'),
        { ...query, assignee: person },
        clock(),
      );
    },

    /** All tasks about a record, whoever they are for. @throws 404, or 403 for who may see no tasks at all */
    async listOfRecord(principal: Principal, type: RecordType, id: string, query: RecordTaskQuery): Promise<string> {
      if (!isAllowed(principal, 'task.read')) throw forbidden('see tasks');
      await assertReadable(database.sql, principal, type, id);
      return listTasks(database.sql, principal, null, { ...query, record: { type, id } }, clock());
    },

    async get(principal: Principal, id: string): Promise<TaskAnswer> {
      const task = await findTask(database.sql, scopeOf(principal, 'task.read'), id, clock(), principal);
      if (!task) throw notFound('task');
      return task;
    },

    /** What the person has to do today, by the clocks of `timeZone` (left out: their own). */
    async myDay(principal: Principal, given: string | undefined): Promise<MyDay> {
      const now = clock();
      const timeZone = given ?? (await zoneOfPerson(database.sql, principal.userId)) ?? config.timeZone;
      const day = businessDay(now, timeZone);
      const startsAt = DateTime.fromISO(day, { zone: timeZone }).startOf('day').toJSDate();
      const parts = await findMyDay(database.sql, principal, { day, startsAt, now }, DAY_PART_LIMIT);
      const part = (name: string) => parts.find((one) => one.part === name) ?? { items: [], count: 0 };
      const names = ['overdue', 'today', 'upcoming', 'undated', 'done'] as const;
      const each = <T>(pick: (name: (typeof names)[number]) => T) =>
        Object.fromEntries(names.map((name) => [name, pick(name)])) as Record<(typeof names)[number], T>;
      return { day, timeZone, ...each((name) => part(name).items), counts: each((name) => part(name).count) };
    },

    create: (actor: Actor, record: { type: RecordType; id: string } | null, input: TaskCreate) =>
      database.transaction((tx) => createTaskIn(deps, tx, actor, record, input)),

    update: (actor: Actor, id: string, input: Parameters<typeof updateTaskIn>[4], version: number | null) =>
      database.transaction((tx) => updateTaskIn(deps, tx, actor, id, input, version)),

    async remove(actor: Actor, id: string, version: number | null): Promise<void> {
      await setDeleted(actor, id, version, true);
    },

    async restore(actor: Actor, id: string): Promise<TaskAnswer> {
      const task = await setDeleted(actor, id, null, false);
      if (!task) throw notFound('task');
      return task;
    },
  };
}
