import { type RecordScope, scopeSql } from '../access/index.ts';
import type { TaskCreate, TaskUpdate } from '../contracts/activities.ts';
import type { RecordType } from '../contracts/common.ts';
import { join, limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';

const ORDER = 'dueOn';
/** A task belongs to its assignee. */
const columns = { owner: 'assignee_id', team: 'team_id' };

const taskJson = sql`json_build_object('id', r.id, 'title', r.title, 'type', r.type, 'priority', r.priority,
  'status', r.status, 'dueOn', r.due_on,
  'assignee', case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end,
  'record', case when r.record_id is null then null else json_build_object('type', r.record_type, 'id', r.record_id,
    'name', coalesce((case r.record_type
      when 'lead' then (select x.name from lead x where x.id = r.record_id)
      when 'opportunity' then (select x.name from opportunity x where x.id = r.record_id)
      when 'account' then (select x.name from account x where x.id = r.record_id)
      else (select x.name from contact x where x.id = r.record_id) end), '')) end,
  'completedAt', iso(r.completed_at), 'createdAt', iso(r.created_at), 'version', r.version)`;

export interface TaskFilter {
  status?: 'open' | 'done' | undefined;
  assignee?: string | undefined;
  /** open and due before this day */
  overdueBefore?: string | undefined;
  record?: { type: RecordType; id: string } | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Tasks by due day (undated last), as a page of JSON text. `scope` null: all tasks of `filter.record`. */
export async function listTasks(runner: SqlRunner, scope: RecordScope | null, filter: TaskFilter): Promise<string> {
  const conditions: Sql[] = [scope ? scopeSql(scope, 'r', columns) : sql`true`];
  if (filter.status) conditions.push(sql`r.status = ${filter.status}`);
  if (filter.assignee) conditions.push(sql`r.assignee_id = ${filter.assignee}::uuid`);
  if (filter.overdueBefore) conditions.push(sql`r.status = 'open' and r.due_on < ${filter.overdueBefore}::date`);
  if (filter.record)
    conditions.push(sql`r.record_type = ${filter.record.type} and r.record_id = ${filter.record.id}::uuid`);
  const position = decodeCursor(filter.cursor, ORDER, 2);
  const key = raw(`coalesce(r.due_on, '9999-12-31')`);
  if (position) conditions.push(sql`(${key}, r.id) > (${String(position[0])}::date, ${String(position[1])}::uuid)`);
  const found = await runner.rows<{ json: string; key: string; id: string }>(sql`
    select ${taskJson}::text as json, ${key}::text as key, r.id::text as id
    from task r left join app_user u on u.id = r.assignee_id
    where ${join(conditions, ' and ')} order by ${key}, r.id ${limitSql(filter.limit + 1)}`);
  const { rows, nextCursor } = cutPage(found, filter.limit, (row) => encodeCursor(ORDER, [row.key, row.id]));
  return `{"items":[${rows.map((row) => row.json).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
}

export interface TaskRow {
  id: string;
  json: string;
  version: number;
  recordType: RecordType | null;
  recordId: string | null;
}

/** The task, locked for the rest of the transaction, or undefined when there is none within `scope`. */
export function lockTask(runner: SqlRunner, scope: RecordScope, id: string): Promise<{ version: number } | undefined> {
  return runner.first(sql`
    select r.version from task r where r.id = ${id}::uuid and ${scopeSql(scope, 'r', columns)} for update`);
}

export function findTask(
  runner: SqlRunner,
  scope: RecordScope,
  id: string,
): Promise<{ json: string; version: number } | undefined> {
  return runner.first(sql`
    select ${taskJson}::text as json, r.version from task r left join app_user u on u.id = r.assignee_id
    where r.id = ${id}::uuid and ${scopeSql(scope, 'r', columns)}`);
}

export async function insertTask(
  runner: SqlRunner,
  record: { type: RecordType; id: string } | null,
  owner: { ownerId: string | null; teamId: string | null },
  input: TaskCreate,
): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into task (record_type, record_id, title, type, priority, due_on, assignee_id, team_id)
    values (${record?.type ?? null}, ${record?.id ?? null}::uuid, ${input.title}, ${input.type ?? 'to-do'},
      ${input.priority ?? 'normal'}, ${input.dueOn ?? null}::date, ${owner.ownerId}::uuid, ${owner.teamId}::uuid)
    returning id::text as id`);
  if (!row) throw new Error('insert of a task returned no row');
  return row.id;
}

export async function updateTask(
  runner: SqlRunner,
  id: string,
  input: TaskUpdate,
  owner: { ownerId: string | null; teamId: string | null } | null,
): Promise<void> {
  const changes: Sql[] = [];
  if (input.title !== undefined) changes.push(sql`title = ${input.title}`);
  if (input.type !== undefined) changes.push(sql`type = ${input.type}`);
  if (input.priority !== undefined) changes.push(sql`priority = ${input.priority}`);
  if (input.dueOn !== undefined) changes.push(sql`due_on = ${input.dueOn}::date`);
  if (input.status !== undefined) {
    changes.push(
      sql`status = ${input.status}`,
      sql`completed_at = ${raw(input.status === 'done' ? 'coalesce(completed_at, now())' : 'null')}`,
    );
  }
  if (owner) changes.push(sql`assignee_id = ${owner.ownerId}::uuid`, sql`team_id = ${owner.teamId}::uuid`);
  await runner.rows(sql`
    update task set version = version + 1, updated_at = now()${raw(changes.length > 0 ? ', ' : '')}${changes.length > 0 ? join(changes) : raw('')}
    where id = ${id}::uuid`);
}
