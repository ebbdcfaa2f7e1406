import { type Principal, type RecordScope, scopeOf, scopeSql } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { Task, TaskListQuery } from '../contracts/tasks.ts';
import { join, limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';
import type { Plan } from './task-plan.ts';

/** Whose answer it is: a task may be about a record that its assignee can't see. Audit rows are for everyone. */
export type Viewer = Principal | 'everyone';

const RECORD_TYPES = ['lead', 'opportunity', 'account', 'contact'] as const satisfies readonly RecordType[];
const ORDER = 'due';
/** A task belongs to its assignee. */
const columns = { owner: 'assignee_id', team: 'team_id' };
const isActive = raw(`r.status in ('open', 'in-progress', 'waiting')`);
/** Undated ones come last, those without a time after those of the day that have one. */
const sortKey = raw(`coalesce(r.due_on, '9999-12-31'), coalesce(r.due_time, '24:00')`);

const overdueAt = (now: Date): Sql => sql`(${isActive} and r.due_at <= ${now.toISOString()}::timestamptz)`;

/** The name of the record that a task `r` is about; null where the viewer may not see that record. */
export function recordName(viewer: Viewer): Sql {
  const name = (type: RecordType) => {
    const isSeen = viewer === 'everyone' ? sql`true` : scopeSql(scopeOf(viewer, `${type}.read`), 'x');
    return sql`when ${type} then (select x.name from ${raw(type)} x where x.id = r.record_id and ${isSeen})`;
  };
  return sql`(case r.record_type ${join(RECORD_TYPES.map(name), ' ')} end)`;
}

const taskJson = (
  now: Date,
  viewer: Viewer,
): Sql => sql`json_build_object('id', r.id, 'title', r.title, 'notes', r.notes,
  'type', r.type, 'priority', r.priority, 'status', r.status,
  'dueOn', r.due_on, 'dueTime', r.due_time, 'timeZone', r.time_zone, 'dueAt', iso(r.due_at),
  'isOverdue', coalesce(${overdueAt(now)}, false),
  'repeat', r.repeat - 'anchor', 'occurrence', r.occurrence,
  'reminders', (select coalesce(json_agg(json_build_object('minutesBefore', m.minutes_before, 'channel', m.channel)
    order by m.minutes_before), '[]'::json) from reminder m where m.task_id = r.id),
  'assignee', case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end,
  'record', case when r.record_id is null then null else json_build_object('type', r.record_type, 'id', r.record_id,
    'name', coalesce(${recordName(viewer)}, '')) end,
  'completedAt', iso(r.completed_at), 'createdAt', iso(r.created_at), 'version', r.version)`;

const rows = raw('from task r left join app_user u on u.id = r.assignee_id');

export interface TaskFilter extends Omit<TaskListQuery, 'assignee'> {
  /** a person; null: nobody */
  assignee?: string | null | undefined;
  record?: { type: RecordType; id: string } | undefined;
}

function conditionsOf(filter: TaskFilter, now: Date): Sql[] {
  const { status, state, type, priority, assignee, dueFrom, dueTo, overdue, q, record } = filter;
  const conditions: Sql[] = [];
  if (status) conditions.push(sql`r.status = any(${status}::text[])`);
  if (state) conditions.push(state === 'active' ? sql`${isActive}` : sql`not ${isActive}`);
  if (type) conditions.push(sql`r.type = any(${type}::text[])`);
  if (priority) conditions.push(sql`r.priority = any(${priority}::text[])`);
  if (assignee === null) conditions.push(sql`r.assignee_id is null`);
  else if (assignee !== undefined) conditions.push(sql`r.assignee_id = ${assignee}::uuid`);
  if (dueFrom) conditions.push(sql`r.due_on >= ${dueFrom}::date`);
  if (dueTo) conditions.push(sql`r.due_on <= ${dueTo}::date`);
  if (overdue) conditions.push(overdueAt(now));
  if (q) conditions.push(sql`r.title ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}`);
  if (record) conditions.push(sql`r.record_type = ${record.type} and r.record_id = ${record.id}::uuid`);
  return conditions;
}

/** Tasks by due moment (undated last), as a page of JSON text. `scope` null: all tasks of `filter.record`. */
export async function listTasks(
  runner: SqlRunner,
  viewer: Viewer,
  scope: RecordScope | null,
  filter: TaskFilter,
  now: Date,
): Promise<string> {
  const conditions = [
    sql`r.deleted_at is null`,
    scope ? scopeSql(scope, 'r', columns) : sql`true`,
    ...conditionsOf(filter, now),
  ];
  const position = decodeCursor(filter.cursor, ORDER, 3);
  if (position) {
    const [day, time, id] = position.map(String);
    conditions.push(sql`(${sortKey}, r.id) > (${day}::date, ${time}, ${id}::uuid)`);
  }
  const found = await runner.rows<{ json: string; day: string; time: string; id: string }>(sql`
    select ${taskJson(now, viewer)}::text as json, coalesce(r.due_on, '9999-12-31')::text as day,
      coalesce(r.due_time, '24:00') as time, r.id::text as id
    ${rows} where ${join(conditions, ' and ')} order by ${sortKey}, r.id ${limitSql(filter.limit + 1)}`);
  const page = cutPage(found, filter.limit, ({ day, time, id }) => encodeCursor(ORDER, [day, time, id]));
  return `{"items":[${page.rows.map((row) => row.json).join(',')}],"nextCursor":${JSON.stringify(page.nextCursor)}}`;
}

/** The parts of a person's day, each with how many there are. */
export function findMyDay(
  runner: SqlRunner,
  person: Principal,
  { day, startsAt, now }: { day: string; startsAt: Date; now: Date },
  limit: number,
): Promise<{ part: string; count: number; items: Task[] }[]> {
  return runner.rows(sql`
    with mine as (
      select r.id, r.due_on, r.due_time, r.completed_at,
        case when r.status = 'done' then 'done'
          when r.due_on is null then 'undated'
          when ${overdueAt(now)} and r.due_on < ${day}::date then 'overdue'
          when r.due_on <= ${day}::date then 'today'
          else 'upcoming' end as part
      from task r
      where r.assignee_id = ${person.userId}::uuid and r.deleted_at is null
        and ((${isActive} and (r.due_on is null or r.due_on <= ${day}::date + 7))
          or (r.status = 'done' and r.completed_at >= ${startsAt.toISOString()}::timestamptz))
    ), ranked as (
      select id, part, row_number() over (partition by part
        order by case when part = 'done' then completed_at end desc, coalesce(due_on, '9999-12-31'),
          coalesce(due_time, '24:00'), id) as place
      from mine
    )
    select k.part, count(*)::int as count,
      coalesce(json_agg(${taskJson(now, person)} order by k.place) filter (where k.place <= ${limit}::int), '[]'::json) as items
    from ranked k join task r on r.id = k.id left join app_user u on u.id = r.assignee_id
    group by k.part`);
}

/** What a change of a task starts from. */
export interface LockedTask {
  version: number;
  status: Task['status'];
  title: string;
  dueOn: string | null;
  dueTime: string | null;
  timeZone: string | null;
  dueAt: Date | null;
  repeat: Plan['repeat'];
  seriesId: string | null;
  occurrence: number;
  assigneeId: string | null;
  createdById: string | null;
  recordType: RecordType | null;
  recordId: string | null;
  isDeleted: boolean;
}

/** The task, locked for the rest of the transaction, or undefined when there is none within `scope`. */
export function lockTask(
  runner: SqlRunner,
  scope: RecordScope,
  id: string,
  { deleted = false } = {},
): Promise<LockedTask | undefined> {
  return runner.first<LockedTask>(sql`
    select r.version, r.status, r.title, r.due_on::text as "dueOn", r.due_time as "dueTime", r.time_zone as "timeZone",
      r.due_at as "dueAt", r.repeat, r.series_id::text as "seriesId", r.occurrence,
      r.assignee_id::text as "assigneeId", r.created_by_id::text as "createdById",
      r.record_type as "recordType", r.record_id::text as "recordId", r.deleted_at is not null as "isDeleted"
    from task r where r.id = ${id}::uuid and ${raw(deleted ? 'r.deleted_at is not null' : 'r.deleted_at is null')}
      and ${scopeSql(scope, 'r', columns)} for update`);
}

export interface TaskAnswer {
  json: string;
  version: number;
}

export function findTask(
  runner: SqlRunner,
  scope: RecordScope,
  id: string,
  now: Date,
  viewer: Viewer,
): Promise<TaskAnswer | undefined> {
  return runner.first<TaskAnswer>(sql`
    select ${taskJson(now, viewer)}::text as json, r.version ${rows}
    where r.id = ${id}::uuid and r.deleted_at is null and ${scopeSql(scope, 'r', columns)}`);
}
