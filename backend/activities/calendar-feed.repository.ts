import type { Principal } from '../access/index.ts';
import type { CalendarFeed } from '../contracts/tasks.ts';
import { limitSql, raw, type SqlRunner, sql } from '../db/index.ts';
import type { CalendarTask } from './calendar-text.ts';
import { recordName } from './task.repository.ts';

const feed = raw(`f.id::text as id, f.name, iso(f.created_at) as "createdAt", iso(f.last_read_at) as "lastReadAt"`);

/** A person's addresses that work, the oldest first. */
export const listFeeds = (runner: SqlRunner, userId: string): Promise<CalendarFeed[]> =>
  runner.rows<CalendarFeed>(sql`
    select ${feed} from calendar_feed f where f.user_id = ${userId}::uuid and f.revoked_at is null order by f.id`);

/** Adds an address unless the person has `most` already. */
export const insertFeed = (
  runner: SqlRunner,
  { userId, name, tokenHash, most }: { userId: string; name: string; tokenHash: Buffer; most: number },
): Promise<CalendarFeed | undefined> =>
  runner.first<CalendarFeed>(sql`
    with f as (
      insert into calendar_feed (user_id, name, token_hash)
      select ${userId}::uuid, ${name}, decode(${tokenHash.toString('hex')}, 'hex')
      where (select count(*) from calendar_feed c where c.user_id = ${userId}::uuid and c.revoked_at is null) < ${most}::int
      returning *)
    select ${feed} from f`);

/** Ends a person's address; its name, or undefined when there is none that works. */
export const revokeFeed = (
  runner: SqlRunner,
  userId: string,
  id: string,
  now: Date,
): Promise<{ name: string } | undefined> =>
  runner.first<{ name: string }>(sql`
    update calendar_feed f set revoked_at = ${now.toISOString()}::timestamptz
    where f.id = ${id}::uuid and f.user_id = ${userId}::uuid and f.revoked_at is null returning f.name`);

/** Whose address this is, while it works. */
export const findFeedOwner = (
  runner: SqlRunner,
  tokenHash: Buffer,
): Promise<{ id: string; userId: string } | undefined> =>
  runner.first<{ id: string; userId: string }>(sql`
    select f.id::text as id, f.user_id::text as "userId" from calendar_feed f
    where f.token_hash = decode(${tokenHash.toString('hex')}, 'hex') and f.revoked_at is null`);

/** Remembers that the address was read, to the next ten minutes: calendar programs come often. */
export async function noteRead(runner: SqlRunner, id: string, now: Date): Promise<void> {
  const moment = now.toISOString();
  await runner.rows(sql`
    update calendar_feed set last_read_at = ${moment}::timestamptz
    where id = ${id}::uuid and coalesce(last_read_at, '-infinity') < ${moment}::timestamptz - interval '10 minutes'`);
}

/** A person's tasks with a due day: those to be done, and those done since `doneSince`. */
export const calendarTasks = (
  runner: SqlRunner,
  person: Principal,
  doneSince: Date,
  limit: number,
): Promise<CalendarTask[]> =>
  runner.rows<CalendarTask>(sql`
    select r.id::text as id, r.title, r.notes, r.type, r.priority, r.status, r.due_on::text as "dueOn",
      r.due_time as "dueTime", r.time_zone as "timeZone", r.repeat, r.series_id::text as "seriesId", r.occurrence,
      r.version, r.created_at as "createdAt", r.updated_at as "updatedAt", r.record_type as "recordType",
      ${recordName(person)} as "recordName"
    from task r
    where r.assignee_id = ${person.userId}::uuid and r.deleted_at is null and r.due_on is not null and r.time_zone is not null
      and (r.status in ('open', 'in-progress', 'waiting')
        or (r.status = 'done' and r.completed_at >= ${doneSince.toISOString()}::timestamptz))
    order by r.due_on desc, r.id ${limitSql(limit)}`);
