import type { Named } from '../contracts/common.ts';
import { join, limitSql, raw, type SqlRunner, sql } from '../db/index.ts';
import type { RecordRef } from './activity.repository.ts';

const MOST = 20;

/**
 * People of ours who may see the record, by name: whoever is named in an activity is told of it, so it must not be
 * somebody whom the record is kept from. `q` is a part of the name; `ids` asks about just these people.
 */
export function listMentionable(
  runner: SqlRunner,
  { type, id }: RecordRef,
  wanted: { q?: string | undefined; ids?: readonly string[] },
): Promise<Named[]> {
  const conditions = [
    sql`u.status = 'active'`,
    sql`(x.reach = 'all' or (x.reach in ('own', 'team') and u.id = r.owner_id)
      or (x.reach = 'team' and u.team_id in (select up.id from up)))`,
  ];
  if (wanted.ids) conditions.push(sql`u.id = any(${wanted.ids}::uuid[])`);
  if (wanted.q) conditions.push(sql`u.name ilike ${`%${wanted.q.replace(/[\\%_]/g, '\\$&')}%`}`);
  return runner.rows(sql`
    with recursive r as (select owner_id, team_id from ${raw(type)} where id = ${id}::uuid),
    up as (
      select t.id, t.parent_id from team t join r on t.id = r.team_id
      union select t.id, t.parent_id from team t join up on t.id = up.parent_id)
    select u.id::text as id, u.name from app_user u
    join role on role.id = u.role_id
    cross join lateral (select role.permissions ->> ${`${type}.read`} as reach) x
    cross join r
    where ${join(conditions, ' and ')} order by lower(u.name), u.id ${limitSql(wanted.ids ? 200 : MOST)}`);
}
