import type { RecordType } from '../contracts/common.ts';
import type { TaskCreate, TaskUpdate } from '../contracts/tasks.ts';
import { join, type Sql, type SqlRunner, sql } from '../db/index.ts';
import type { Plan } from './task-plan.ts';

export interface Ownership {
  ownerId: string | null;
  teamId: string | null;
}

const momentSql = (moment: Date | null): Sql => sql`${moment?.toISOString() ?? null}::timestamptz`;
const jsonSql = (value: unknown): Sql => sql`${value === null ? null : JSON.stringify(value)}::jsonb`;

export async function insertTask(
  runner: SqlRunner,
  task: {
    record: { type: RecordType; id: string } | null;
    owner: Ownership;
    plan: Plan;
    createdById: string;
    ruleId: string | null;
    input: TaskCreate;
  },
): Promise<string> {
  const { record, owner, plan, input } = task;
  const row = await runner.first<{ id: string }>(sql`
    with born as (select uuid_v7() as id)
    insert into task (id, record_type, record_id, title, notes, type, priority, due_on, due_time, time_zone, due_at,
      repeat, series_id, assignee_id, team_id, created_by_id, rule_id)
    select born.id, ${record?.type ?? null}, ${record?.id ?? null}::uuid, ${input.title}, ${input.notes ?? null},
      ${input.type ?? 'to-do'}, ${input.priority ?? 'normal'}, ${plan.due?.dueOn ?? null}::date,
      ${plan.due?.dueTime ?? null}, ${plan.due?.timeZone ?? null}, ${momentSql(plan.dueAt)}, ${jsonSql(plan.repeat)},
      case when ${plan.repeat !== null} then born.id end, ${owner.ownerId}::uuid, ${owner.teamId}::uuid,
      ${task.createdById}::uuid, ${task.ruleId}::uuid
    from born returning id::text as id`);
  if (!row) throw new Error('insert of a task returned no row');
  return row.id;
}

export async function updateTask(
  runner: SqlRunner,
  id: string,
  change: { input: TaskUpdate; plan: Plan; owner: Ownership | null; now: Date },
): Promise<void> {
  const { input, plan, owner, now } = change;
  const changes: Sql[] = [
    sql`due_on = ${plan.due?.dueOn ?? null}::date`,
    sql`due_time = ${plan.due?.dueTime ?? null}`,
    sql`time_zone = ${plan.due?.timeZone ?? null}`,
    sql`due_at = ${momentSql(plan.dueAt)}`,
    sql`repeat = ${jsonSql(plan.repeat)}`,
    sql`series_id = case when ${plan.repeat !== null} then coalesce(series_id, id) else series_id end`,
  ];
  if (input.title !== undefined) changes.push(sql`title = ${input.title}`);
  if (input.notes !== undefined) changes.push(sql`notes = ${input.notes}`);
  if (input.type !== undefined) changes.push(sql`type = ${input.type}`);
  if (input.priority !== undefined) changes.push(sql`priority = ${input.priority}`);
  if (input.status !== undefined) {
    const done = input.status === 'done' ? sql`coalesce(completed_at, ${now.toISOString()}::timestamptz)` : sql`null`;
    changes.push(sql`status = ${input.status}`, sql`completed_at = ${done}`);
  }
  if (owner) changes.push(sql`assignee_id = ${owner.ownerId}::uuid`, sql`team_id = ${owner.teamId}::uuid`);
  await runner.rows(sql`
    update task set version = version + 1, updated_at = now(), ${join(changes)} where id = ${id}::uuid`);
}

/** Takes the task away, or back again. */
export async function markDeleted(runner: SqlRunner, id: string, deletedAt: Date | null): Promise<void> {
  await runner.rows(sql`
    update task set version = version + 1, updated_at = now(), deleted_at = ${momentSql(deletedAt)}
    where id = ${id}::uuid`);
}

/** The occurrence after `id`, due by `plan`; undefined when it is there already. Its id. */
export async function insertNextOccurrence(runner: SqlRunner, id: string, plan: Plan): Promise<string | undefined> {
  const row = await runner.first<{ id: string }>(sql`
    insert into task (record_type, record_id, title, notes, type, priority, due_on, due_time, time_zone, due_at,
      repeat, series_id, occurrence, assignee_id, team_id, created_by_id, rule_id)
    select r.record_type, r.record_id, r.title, r.notes, r.type, r.priority, ${plan.due?.dueOn ?? null}::date,
      r.due_time, r.time_zone, ${momentSql(plan.dueAt)}, r.repeat, r.series_id, r.occurrence + 1, r.assignee_id,
      r.team_id, r.created_by_id, r.rule_id
    from task r where r.id = ${id}::uuid
    on conflict (series_id, occurrence) do nothing
    returning id::text as id`);
  return row?.id;
}

/** Removes an occurrence that nobody has touched since it was born; answers its id. */
export async function removeUntouched(
  runner: SqlRunner,
  seriesId: string,
  occurrence: number,
): Promise<string | undefined> {
  const row = await runner.first<{ id: string }>(sql`
    delete from task r where r.series_id = ${seriesId}::uuid and r.occurrence = ${occurrence}::int
      and r.version = 1 and r.status = 'open' and r.deleted_at is null
    returning r.id::text as id`);
  return row?.id;
}

/** The time zone a person lives in; null when they have not said. */
export async function zoneOfPerson(runner: SqlRunner, userId: string | null): Promise<string | null> {
  if (userId === null) return null;
  const row = await runner.first<{ timeZone: string | null }>(sql`
    select time_zone as "timeZone" from app_user where id = ${userId}::uuid`);
  return row?.timeZone ?? null;
}
