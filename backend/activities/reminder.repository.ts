import type { TaskReminder } from '../contracts/tasks.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/** A reminder with the moment at which it is sent; null while its task has no due day. */
export interface TimedReminder extends TaskReminder {
  fireAt: Date | null;
}

/** The reminders of a task. */
export const remindersOf = (runner: SqlRunner, taskId: string): Promise<TaskReminder[]> =>
  runner.rows<TaskReminder>(sql`
    select minutes_before as "minutesBefore", channel from reminder where task_id = ${taskId}::uuid
    order by minutes_before`);

/**
 * Makes these the reminders of a task. One whose person and moment stay as they were stays as it is, sent or not; one
 * whose moment has passed when it is set is never sent.
 */
export async function setReminders(
  runner: SqlRunner,
  taskId: string,
  userId: string,
  wanted: readonly TimedReminder[],
  now: Date,
): Promise<void> {
  const minutes = wanted.map(({ minutesBefore }) => minutesBefore);
  await runner.rows(sql`
    delete from reminder where task_id = ${taskId}::uuid
      and (user_id <> ${userId}::uuid or not minutes_before = any(${minutes}::int[]))`);
  for (const { minutesBefore, channel, fireAt } of wanted) {
    const isPast = fireAt !== null && fireAt <= now;
    await runner.rows(sql`
      insert into reminder as m (task_id, user_id, minutes_before, channel, fire_at, state)
      values (${taskId}::uuid, ${userId}::uuid, ${minutesBefore}::int, ${channel},
        ${fireAt?.toISOString() ?? null}::timestamptz, ${isPast ? 'dropped' : 'waiting'})
      on conflict (task_id, user_id, minutes_before) do update set channel = excluded.channel,
        fire_at = excluded.fire_at,
        state = case when m.fire_at is not distinct from excluded.fire_at then m.state else excluded.state end,
        sent_at = case when m.fire_at is not distinct from excluded.fire_at then m.sent_at end`);
  }
}

/** Takes all reminders of a task away: there is nobody to remind. */
export async function clearReminders(runner: SqlRunner, taskId: string): Promise<void> {
  await runner.rows(sql`delete from reminder where task_id = ${taskId}::uuid`);
}

/** A reminder whose moment has come, with what it says. */
export interface DueReminder {
  id: string;
  channel: TaskReminder['channel'];
  fireAt: Date;
  taskId: string;
  title: string;
  recordType: 'lead' | 'opportunity' | 'account' | 'contact' | null;
  recordId: string | null;
  dueOn: string | null;
  dueTime: string | null;
  timeZone: string | null;
  /** the task is over or gone, or its person is: nobody needs to be reminded */
  isVain: boolean;
  userId: string;
  userName: string;
  email: string | null;
}

/**
 * Reminders whose moment has come, the earliest first, locked for the rest of the transaction. What another worker
 * has in hand is passed over.
 */
export const lockDueReminders = (runner: SqlRunner, now: Date, limit: number): Promise<DueReminder[]> =>
  runner.rows<DueReminder>(sql`
    select m.id::text as id, m.channel, m.fire_at as "fireAt", r.id::text as "taskId", r.title,
      r.record_type as "recordType", r.record_id::text as "recordId", r.due_on::text as "dueOn",
      r.due_time as "dueTime", r.time_zone as "timeZone",
      (r.status in ('done', 'cancelled') or r.deleted_at is not null or u.status = 'deactivated') as "isVain",
      u.id::text as "userId", u.name as "userName", u.email
    from reminder m join task r on r.id = m.task_id join app_user u on u.id = m.user_id
    where m.state = 'waiting' and m.fire_at <= ${now.toISOString()}::timestamptz
    order by m.fire_at, m.id limit ${limit}::int for update of m skip locked`);

/** It is settled: sent, or dropped. */
export async function settleReminder(
  runner: SqlRunner,
  id: string,
  state: 'sent' | 'dropped',
  now: Date,
): Promise<void> {
  await runner.rows(sql`
    update reminder set state = ${state}, sent_at = ${state === 'sent' ? now.toISOString() : null}::timestamptz
    where id = ${id}::uuid`);
}
