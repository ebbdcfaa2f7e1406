import type { ActivityCreate } from '../contracts/activities.ts';
import type { RecordType } from '../contracts/common.ts';
import { limitSql, raw, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';

const ORDER = '-occurredAt';

const activityJson = sql`json_build_object('id', r.id, 'type', r.type, 'subject', r.subject, 'body', r.body,
  'outcome', r.outcome, 'durationMinutes', r.duration_minutes, 'occurredAt', iso(r.occurred_at),
  'author', case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end)`;

/** The activities of a record, newest first, as a page of JSON text. */
export async function listActivities(
  runner: SqlRunner,
  record: { type: RecordType; id: string },
  query: { limit: number; cursor?: string | undefined },
): Promise<string> {
  const position = decodeCursor(query.cursor, ORDER, 2);
  const after = position
    ? sql`and (r.occurred_at, r.id) < (${String(position[0])}::timestamptz, ${String(position[1])}::uuid)`
    : raw('');
  const found = await runner.rows<{ json: string; key: string; id: string }>(sql`
    select ${activityJson}::text as json, r.occurred_at::text as key, r.id::text as id
    from activity r left join app_user u on u.id = r.author_id
    where r.record_type = ${record.type} and r.record_id = ${record.id}::uuid ${after}
    order by r.occurred_at desc, r.id desc ${limitSql(query.limit + 1)}`);
  const { rows, nextCursor } = cutPage(found, query.limit, (row) => encodeCursor(ORDER, [row.key, row.id]));
  return `{"items":[${rows.map((row) => row.json).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
}

export async function insertActivity(
  runner: SqlRunner,
  record: { type: RecordType; id: string },
  authorId: string,
  occurredAt: string,
  input: ActivityCreate,
): Promise<{ id: string; json: string }> {
  const row = await runner.first<{ id: string; json: string }>(sql`
    with r as (
      insert into activity (record_type, record_id, type, subject, body, outcome, duration_minutes, occurred_at, author_id)
      values (${record.type}, ${record.id}::uuid, ${input.type}, ${input.subject}, ${input.body ?? null},
        ${input.outcome ?? null}, ${input.durationMinutes ?? null}::int, ${occurredAt}::timestamptz, ${authorId}::uuid)
      returning *)
    select r.id::text as id, ${activityJson}::text as json from r left join app_user u on u.id = r.author_id`);
  if (!row) throw new Error('insert of an activity returned no row');
  return row;
}
