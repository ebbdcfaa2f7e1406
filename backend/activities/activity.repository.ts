import { type RecordScope, scopeSql } from '../access/index.ts';
import type { Activity, ActivityRevision } from '../contracts/activities.ts';
import type { RecordType } from '../contracts/common.ts';
import { limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';

const ORDER = '-occurredAt';

export interface RecordRef {
  type: RecordType;
  id: string;
}

/** What a person writes down, as the columns hold it. */
export interface Written {
  type: string;
  direction: string | null;
  subject: string;
  body: string | null;
  bodyFormat: Activity['bodyFormat'];
  outcome: string | null;
  durationMinutes: number | null;
  /** ISO 8601 */
  occurredAt: string;
  contactId: string | null;
  mentionIds: string[];
}

/** As the database answers it: the tree of the body is still to be made. */
export type StoredActivity = Omit<Activity, 'content'>;
export type StoredRevision = Omit<ActivityRevision, 'content'> & { mentions: Activity['mentions'] };

const named = (alias: string): Sql =>
  raw(`case when ${alias}.id is null then null else json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`);

const peopleJson = (ids: Sql): Sql => sql`(
  select coalesce(json_agg(json_build_object('id', m.id, 'name', m.name) order by m.name, m.id), '[]'::json)
  from app_user m where m.id = any(${ids}))`;

/** An activity `r` as JSON; what was taken back keeps its place and loses its words. */
export const activityJson = sql`json_build_object('id', r.id, 'type', r.type, 'direction', r.direction,
  'subject', case when r.withdrawn_at is null then r.subject else '' end,
  'body', case when r.withdrawn_at is null then r.body end, 'bodyFormat', r.body_format,
  'outcome', case when r.withdrawn_at is null then r.outcome end, 'durationMinutes', r.duration_minutes,
  'occurredAt', iso(r.occurred_at), 'contact', ${named('c')}, 'author', ${named('u')}, 'rule', ${named('w')},
  'mentions', case when r.withdrawn_at is null then ${peopleJson(raw('r.mention_ids'))} else '[]'::json end,
  'createdAt', iso(r.created_at), 'correctedAt', iso(r.corrected_at), 'withdrawnAt', iso(r.withdrawn_at),
  'version', r.version)`;

/** What `activityJson` needs; a contact is named to those who may see them. */
export const activityJoins = (contacts: RecordScope): Sql => sql`
  left join app_user u on u.id = r.author_id
  left join automation_rule w on w.id = r.rule_id
  left join contact c on c.id = r.contact_id and c.deleted_at is null and ${scopeSql(contacts, 'c')}`;

/** The activities of a record, newest first. */
export async function listActivities(
  runner: SqlRunner,
  record: RecordRef,
  contacts: RecordScope,
  query: { limit: number; cursor?: string | undefined },
): Promise<{ items: StoredActivity[]; nextCursor: string | null }> {
  const position = decodeCursor(query.cursor, ORDER, 2);
  const after = position
    ? sql`and (r.occurred_at, r.id) < (${String(position[0])}::timestamptz, ${String(position[1])}::uuid)`
    : raw('');
  const found = await runner.rows<{ activity: StoredActivity; key: string; id: string }>(sql`
    select ${activityJson} as activity, r.occurred_at::text as key, r.id::text as id
    from activity r ${activityJoins(contacts)}
    where r.record_type = ${record.type} and r.record_id = ${record.id}::uuid ${after}
    order by r.occurred_at desc, r.id desc ${limitSql(query.limit + 1)}`);
  const { rows, nextCursor } = cutPage(found, query.limit, (row) => encodeCursor(ORDER, [row.key, row.id]));
  return { items: rows.map(({ activity }) => activity), nextCursor };
}

export async function findActivity(
  runner: SqlRunner,
  record: RecordRef,
  contacts: RecordScope,
  id: string,
): Promise<StoredActivity | undefined> {
  const row = await runner.first<{ activity: StoredActivity }>(sql`
    select ${activityJson} as activity from activity r ${activityJoins(contacts)}
    where r.id = ${id}::uuid and r.record_type = ${record.type} and r.record_id = ${record.id}::uuid`);
  return row?.activity;
}

const writtenJson = sql`json_build_object('type', r.type, 'direction', r.direction, 'subject', r.subject,
  'body', r.body, 'bodyFormat', r.body_format, 'outcome', r.outcome, 'durationMinutes', r.duration_minutes,
  'occurredAt', iso(r.occurred_at), 'contactId', r.contact_id, 'mentionIds', to_json(r.mention_ids))`;

/** The words of an activity, locked for the rest of the transaction. */
export function lockActivity(
  runner: SqlRunner,
  record: RecordRef,
  id: string,
): Promise<{ written: Written; version: number; isWithdrawn: boolean } | undefined> {
  return runner.first(sql`
    select ${writtenJson} as written, r.version, r.withdrawn_at is not null as "isWithdrawn" from activity r
    where r.id = ${id}::uuid and r.record_type = ${record.type} and r.record_id = ${record.id}::uuid for update`);
}

export async function insertActivity(
  runner: SqlRunner,
  record: RecordRef,
  by: { userId: string; ruleId: string | null },
  written: Written,
): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into activity (record_type, record_id, type, direction, subject, body, body_format, outcome,
      duration_minutes, occurred_at, contact_id, mention_ids, author_id, rule_id)
    values (${record.type}, ${record.id}::uuid, ${written.type}, ${written.direction}, ${written.subject},
      ${written.body}, ${written.bodyFormat}, ${written.outcome}, ${written.durationMinutes}::int,
      ${written.occurredAt}::timestamptz, ${written.contactId}::uuid, ${written.mentionIds}::uuid[],
      ${by.userId}::uuid, ${by.ruleId}::uuid)
    returning id::text as id`);
  if (!row) throw new Error('insert of an activity returned no row');
  return row.id;
}

/** Puts new words in the place of the old ones, which stay as a revision. */
export async function correctActivity(
  runner: SqlRunner,
  id: string,
  change: { before: Written; written: Written; isWithdrawn: boolean; editorId: string; at: string },
): Promise<void> {
  const { before, written, isWithdrawn, editorId, at } = change;
  await runner.rows(sql`
    insert into activity_revision (activity_id, version, content, edited_by_id, edited_at)
    select r.id, r.version, ${JSON.stringify(before)}::jsonb, ${editorId}::uuid, ${at}::timestamptz
    from activity r where r.id = ${id}::uuid`);
  await runner.rows(sql`
    update activity set type = ${written.type}, direction = ${written.direction}, subject = ${written.subject},
      body = ${written.body}, body_format = ${written.bodyFormat}, outcome = ${written.outcome},
      duration_minutes = ${written.durationMinutes}::int, occurred_at = ${written.occurredAt}::timestamptz,
      contact_id = ${written.contactId}::uuid, mention_ids = ${written.mentionIds}::uuid[],
      withdrawn_at = case when ${isWithdrawn}::boolean then coalesce(withdrawn_at, ${at}::timestamptz) end,
      corrected_at = ${at}::timestamptz, version = version + 1
    where id = ${id}::uuid`);
}

/** How an activity stood before each correction, the original first. */
export async function listRevisions(runner: SqlRunner, contacts: RecordScope, id: string): Promise<StoredRevision[]> {
  const rows = await runner.rows<{ revision: StoredRevision }>(sql`
    select (v.content - 'contactId' - 'mentionIds' || jsonb_build_object('version', v.version, 'contact', ${named('c')},
      'editedBy', ${named('u')}, 'editedAt', iso(v.edited_at),
      'mentions', ${peopleJson(sql`array(select jsonb_array_elements_text(v.content -> 'mentionIds')::uuid)`)})) as revision
    from activity_revision v
    left join app_user u on u.id = v.edited_by_id
    left join contact c on c.id = (v.content ->> 'contactId')::uuid and c.deleted_at is null and ${scopeSql(contacts, 'c')}
    where v.activity_id = ${id}::uuid order by v.version`);
  return rows.map(({ revision }) => revision);
}
