import { type Actor, type Principal, recordAudit, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { TaskCreate, TaskUpdate } from '../contracts/activities.ts';
import type { RecordType } from '../contracts/common.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound, stale } from '../http/index.ts';
import { resolveOwner } from '../pipeline/index.ts';
import { assertReadable, assertWritable } from './record-access.ts';
import { findTask, insertTask, listTasks, lockTask, updateTask } from './task.repository.ts';

const EVERYTHING = { kind: 'all' } as const;
interface Page {
  limit: number;
  cursor?: string | undefined;
}

/** Tasks: one's own (or one's team's) list, and those of a record. */
export function createTaskService({ database, clock, config }: Dependencies) {
  return {
    list(
      principal: Principal,
      query: Page & {
        status?: 'open' | 'done' | undefined;
        assignee?: string | undefined;
        overdue?: boolean | undefined;
      },
    ): Promise<string> {
      const { assignee, overdue, ...rest } = query;
      return listTasks(database.sql, scopeOf(principal, 'task.read'), {
        ...rest,
        assignee: assignee === 'me' ? principal.userId : assignee,
        overdueBefore: overdue ? businessDay(clock(), config.timeZone) : undefined,
      });
    },

    async listOfRecord(principal: Principal, type: RecordType, id: string, page: Page): Promise<string> {
      await assertReadable(database.sql, principal, type, id);
      return listTasks(database.sql, null, { ...page, record: { type, id } });
    },

    create: (actor: Actor, record: { type: RecordType; id: string } | null, input: TaskCreate) =>
      database.transaction(async (tx) => {
        if (record) await assertWritable(tx.sql, actor.principal, record.type, record.id);
        const owner = await resolveOwner(
          tx.sql,
          actor.principal,
          'task.write',
          input.assigneeId ?? undefined,
          '/assigneeId',
        );
        const id = await insertTask(tx.sql, record, owner, input);
        const created = await findTask(tx.sql, EVERYTHING, id);
        if (!created) throw new Error(`the new task ${id} can't be read back`);
        await recordAudit(tx.sql, actor, {
          action: 'task.created',
          entity: 'task',
          entityId: id,
          after: JSON.parse(created.json),
        });
        return created;
      }),

    update: (actor: Actor, id: string, input: TaskUpdate, version: number | null) =>
      database.transaction(async (tx) => {
        const locked = await lockTask(tx.sql, scopeOf(actor.principal, 'task.write'), id);
        const before = await findTask(tx.sql, EVERYTHING, id);
        if (!locked || !before) throw notFound('task');
        if (version !== null && locked.version !== version) throw stale('task');
        const owner =
          input.assigneeId === undefined
            ? null
            : await resolveOwner(tx.sql, actor.principal, 'task.write', input.assigneeId, '/assigneeId');
        await updateTask(tx.sql, id, input, owner);
        const after = await findTask(tx.sql, EVERYTHING, id);
        if (!after) throw notFound('task');
        await recordAudit(tx.sql, actor, {
          action: 'task.updated',
          entity: 'task',
          entityId: id,
          before: JSON.parse(before.json),
          after: JSON.parse(after.json),
        });
        return after;
      }),
  };
}
