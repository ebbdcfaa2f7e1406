import type { NotificationPage } from '../contracts/notifications.ts';
import { limitSql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';
import type { NewNotification } from './new-notification.ts';

const ORDER = '-createdAt';

/** Stores what a person is told; undefined when the same key was told before. */
export const insertNotification = (runner: SqlRunner, told: NewNotification): Promise<{ id: string } | undefined> =>
  runner.first<{ id: string }>(sql`
    insert into notification (user_id, kind, title, body, record_type, record_id, task_id, dedupe_key)
    values (${told.userId}::uuid, ${told.kind}, ${told.title}, ${told.body ?? null}, ${told.record?.type ?? null},
      ${told.record?.id ?? null}::uuid, ${told.taskId ?? null}::uuid, ${told.dedupeKey ?? null})
    on conflict (dedupe_key) do nothing
    returning id::text as id`);

/** How many a person has not read. */
export async function countUnread(runner: SqlRunner, userId: string): Promise<number> {
  const row = await runner.first<{ count: number }>(sql`
    select count(*)::int as count from notification n where n.user_id = ${userId}::uuid and n.read_at is null`);
  return row?.count ?? 0;
}

type Item = NotificationPage['items'][number];

/** What a person was told, the latest first. */
export async function listNotifications(
  runner: SqlRunner,
  userId: string,
  query: { unread?: boolean | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const position = decodeCursor(query.cursor, ORDER, 2);
  const after = position
    ? sql`and (n.created_at, n.id) < (${String(position[0])}::timestamptz, ${String(position[1])}::uuid)`
    : sql``;
  const unread = query.unread ? sql`and n.read_at is null` : sql``;
  const found = await runner.rows<{ item: Item; key: string }>(sql`
    select n.created_at::text as key, json_build_object('id', n.id, 'kind', n.kind, 'title', n.title, 'body', n.body,
      'record', case when n.record_id is null then null
        else json_build_object('type', n.record_type, 'id', n.record_id) end,
      'taskId', n.task_id, 'createdAt', iso(n.created_at), 'readAt', iso(n.read_at)) as item
    from notification n where n.user_id = ${userId}::uuid ${unread} ${after}
    order by n.created_at desc, n.id desc ${limitSql(query.limit + 1)}`);
  const { rows, nextCursor } = cutPage(found, query.limit, ({ key, item }) => encodeCursor(ORDER, [key, item.id]));
  return { items: rows.map(({ item }) => item), nextCursor };
}

/** Marks a person's own notifications as read, these or all. */
export async function markRead(
  runner: SqlRunner,
  userId: string,
  ids: readonly string[] | undefined,
  now: Date,
): Promise<void> {
  const chosen = ids === undefined ? sql`true` : sql`n.id = any(${ids}::uuid[])`;
  await runner.rows(sql`
    update notification n set read_at = ${now.toISOString()}::timestamptz
    where n.user_id = ${userId}::uuid and n.read_at is null and ${chosen}`);
}
