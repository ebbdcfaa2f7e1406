import type { AuditEntry } from '../contracts/administration.ts';
import type { Named } from '../contracts/common.ts';
import { join, limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';

export interface AuditFilters {
  /** first and last day, in the company's time zone */
  from?: string | undefined;
  to?: string | undefined;
  actor?: string | undefined;
  entity?: string | undefined;
  entityId?: string | undefined;
  /** exact, or a beginning that ends in a dot */
  action?: string | undefined;
}

/** The last row shown. */
export interface AuditPosition {
  at: string;
  id: string;
}

/** Only what is asked for stands in the statement, so that each question finds its index. */
function conditions(filters: AuditFilters, timeZone: string, after: AuditPosition | null): Sql {
  const { from, to, actor, entity, entityId, action } = filters;
  const parts = [
    sql`true`,
    ...(from === undefined ? [] : [sql`a.at >= (${from}::date::timestamp at time zone ${timeZone}::text)`]),
    ...(to === undefined ? [] : [sql`a.at < ((${to}::date + 1)::timestamp at time zone ${timeZone}::text)`]),
    ...(actor === undefined ? [] : [sql`a.actor_id = ${actor}::uuid`]),
    ...(entity === undefined ? [] : [sql`a.entity = ${entity}`]),
    ...(entityId === undefined ? [] : [sql`a.entity_id = ${entityId}`]),
    ...(action === undefined
      ? []
      : [action.endsWith('.') ? sql`starts_with(a.action, ${action})` : sql`a.action = ${action}`]),
    ...(after === null ? [] : [sql`(a.at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  return join(parts, ' and ');
}

/** Where people of today find the name of what an entry is about. */
const NAMES: Readonly<Record<string, string>> = {
  user: 'name from app_user',
  role: 'name from role',
  team: 'name from team',
  lead: 'name from lead',
  opportunity: 'name from opportunity',
  account: 'name from account',
  contact: 'name from contact',
  task: 'title from task',
  import: 'file_name from import_run',
  'api-key': 'name from api_key',
  'embed-client': 'name from embed_client',
  'identity-provider': 'name from identity_provider',
};
const currentName = raw(
  `case e.entity ${Object.entries(NAMES)
    .map(([entity, name]) => `when '${entity}' then (select ${name} n where n.id = e.record_id)`)
    .join(' ')} end`,
);

/** Entries that pass the filters, newest first, after `after`. What is gone has the name it had last. */
export const listEntries = (
  runner: SqlRunner,
  filters: AuditFilters,
  timeZone: string,
  after: AuditPosition | null,
  limit: number,
): Promise<AuditEntry[]> =>
  runner.rows<AuditEntry>(sql`
    select e.id::text as id, iso(e.at) as at,
      case when p.id is null then null else json_build_object('id', p.id, 'name', p.name) end as actor,
      e.actor_kind as "actorKind", e.action, e.entity, e.entity_id as "entityId",
      coalesce(${currentName}, e.after ->> 'name', e.before ->> 'name') as "entityName",
      e.before, e.after, e.request_id as "requestId"
    from (
      select a.*, case when a.entity_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then a.entity_id::uuid end as record_id
      from audit_entry a where ${conditions(filters, timeZone, after)} order by a.at desc, a.id desc ${limitSql(limit)}) e
    left join app_user p on p.id = e.actor_id
    order by e.at desc, e.id desc`);

/** Every value of an indexed column once, by hops along the index instead of reading all rows. */
const distinct = (column: 'entity' | 'actor_id'): Sql =>
  raw(`
  with recursive found (value) as (
    (select ${column} from audit_entry where ${column} is not null order by ${column} limit 1)
    union all
    select (select a.${column} from audit_entry a where a.${column} > found.value order by a.${column} limit 1)
    from found where found.value is not null)`);

/** The kinds of records that the log is about. */
export async function listEntities(runner: SqlRunner): Promise<string[]> {
  const rows = await runner.rows<{ entity: string }>(sql`
    ${distinct('entity')} select value as entity from found where value is not null order by value`);
  return rows.map(({ entity }) => entity);
}

/** The people who did anything, by name. */
export const listActors = (runner: SqlRunner): Promise<Named[]> =>
  runner.rows<Named>(sql`
    ${distinct('actor_id')} select u.id::text as id, u.name from found join app_user u on u.id = found.value
    order by lower(u.name), u.id`);

/** The actions of entries since a moment (null: ever), and the moment of the newest one. */
export async function listActionsSince(
  runner: SqlRunner,
  since: string | null,
): Promise<{ actions: string[]; newest: string | null }> {
  const row = await runner.first<{ actions: string[]; newest: string | null }>(sql`
    select coalesce(json_agg(action), '[]'::json) as actions, iso(max(newest)) as newest
    from (select a.action, max(a.at) as newest from audit_entry a
          where ${since === null ? sql`true` : sql`a.at >= ${since}::timestamptz`} group by a.action) found`);
  return row ?? { actions: [], newest: null };
}
