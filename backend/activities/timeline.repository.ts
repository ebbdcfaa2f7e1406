import { isAllowed, type Principal, scopeOf, scopeSql } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { TimelineKind } from '../contracts/timeline.ts';
import { join, limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';
import { activityJoins, activityJson, type RecordRef } from './activity.repository.ts';
import { attachmentJson } from './attachment.repository.ts';

const ORDER = '-at';

/** An entry as the database answers it; `data` is by kind. */
export interface TimelineRow {
  kind: TimelineKind;
  id: string;
  at: string;
  actor: { id: string; name: string } | null;
  rule: { id: string; name: string } | null;
  /** whose entry it is, where that is not the record whose timeline is read */
  record: { type: RecordType; id: string; name: string } | null;
  data: unknown;
}

/** The records of one kind whose entries are told. */
interface Place {
  type: RecordType;
  /** They were merged away: that they were removed is told as the merge. */
  isMerged?: boolean;
  /** that a column, uuid or text, names one of them */
  holds(column: Sql, cast?: Sql): Sql;
}

/** One kind of entry: columns at, id, actor_id, rule_id, data, record_id. */
type Branch = (place: Place, principal: Principal) => Sql;

/** Parts of a record that say nothing by changing, or that other entries tell of. */
const SILENT = ['version', 'updatedAt', 'position', 'stage', 'stageSince', 'score', 'converted', 'pipelineId'];

const activities: Branch = ({ type, holds }, principal) => sql`
  select r.occurred_at as at, r.id::text as id, r.author_id as actor_id, r.rule_id, ${activityJson} as data, r.record_id
  from activity r ${activityJoins(scopeOf(principal, 'contact.read'))}
  where r.record_type = ${type} and ${holds(raw('r.record_id'))}`;

const stageJson = (alias: string): Sql =>
  raw(
    `case when ${alias}.id is null then null else json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'kind', ${alias}.kind) end`,
  );

const stages: Branch = ({ type, holds, isMerged }) => sql`
  select e.at, e.id::text as id, e.actor_id, e.rule_id,
    json_build_object('event', e.kind, 'from', ${stageJson('f')}, 'to', ${stageJson('s')}) as data, e.record_id
  from stage_event e join stage s on s.id = e.to_stage_id left join stage f on f.id = e.from_stage_id
  where e.record_type = ${type} and ${holds(raw('e.record_id'))} and e.kind = any(${isMerged ? ['entered'] : ['entered', 'removed', 'restored']}::text[])`;

/** Changes of fields come from the audit log; leads and opportunities tell of their birth and end as stages. */
const changes: Branch = ({ type, holds }) => {
  const told = type === 'lead' || type === 'opportunity' ? ['updated'] : ['created', 'updated', 'deleted', 'restored'];
  return sql`
    select e.at, e.id::text as id, e.actor_id, e.rule_id,
      json_build_object('event', split_part(e.action, '.', 2), 'before', e.before, 'after', e.after) as data,
      e.entity_id::uuid as record_id
    from audit_entry e
    where e.entity = ${type} and ${holds(raw('e.entity_id'), raw('::text'))} and e.action = any(${told.map((event) => `${type}.${event}`)}::text[])
      and (e.action <> ${`${type}.updated`} or (e.before - ${SILENT}::text[]) is distinct from (e.after - ${SILENT}::text[]))`;
};

const tasks: Branch = ({ type, holds }) => sql`
  select x.at, k.id || ':' || x.event as id, x.actor_id, k.rule_id,
    json_build_object('event', x.event, 'task', json_build_object('id', k.id, 'title', k.title, 'type', k.type)) as data,
    k.record_id
  from task k cross join lateral (values
    ('created', k.created_at, k.created_by_id),
    ('completed', k.completed_at, null::uuid)) x (event, at, actor_id)
  where k.record_type = ${type} and ${holds(raw('k.record_id'))} and k.deleted_at is null and x.at is not null
    and (x.event <> 'completed' or k.status = 'done')`;

const files: Branch = ({ type, holds }) => sql`
  select f.created_at as at, f.id::text as id, f.uploaded_by_id as actor_id, null::uuid as rule_id, ${attachmentJson} as data,
    f.record_id
  from attachment f left join app_user u on u.id = f.uploaded_by_id
  where f.record_type = ${type} and ${holds(raw('f.record_id'))} and f.deleted_at is null`;

/** What was merged keeps its name for those who could see it. */
const merges: Branch = ({ type, holds }, principal) => sql`
  select x.at, m.id || ':' || x.event as id, x.actor_id, null::uuid as rule_id,
    json_build_object('event', x.event, 'absorbed', coalesce((
      select json_agg(json_build_object('id', a.id, 'name', case
        when ${scopeSql(scopeOf(principal, `${type}.read`), 'a')} then a.name else '' end) order by a.name) from ${raw(type)} a
      where a.id = any(m.absorbed_ids)), '[]'::json)) as data, m.survivor_id as record_id
  from merge m cross join lateral (values
    ('merged', m.merged_at, m.merged_by_id),
    ('undone', m.undone_at, m.undone_by_id)) x (event, at, actor_id)
  where m.record_type = ${type} and ${holds(raw('m.survivor_id'))} and x.at is not null`;

const conversionColumns: Readonly<Record<RecordType, string>> = {
  lead: 'lead_id',
  account: 'account_id',
  contact: 'contact_id',
  opportunity: 'opportunity_id',
};

/** The records of a conversion other than this one that the principal may see. */
function converted(own: RecordType, principal: Principal): Sql {
  const others = (Object.keys(conversionColumns) as RecordType[]).filter((type) => type !== own);
  const parts = others.map(
    (type) => sql`
      select ${type} as type, o.id, o.name from ${raw(type)} o
      where o.id = ${raw(`v.${conversionColumns[type]}`)} and o.deleted_at is null and ${scopeSql(scopeOf(principal, `${type}.read`), 'o')}`,
  );
  return sql`(select coalesce(json_agg(json_build_object('type', o.type, 'id', o.id, 'name', o.name) order by o.type), '[]'::json)
    from (${join(parts, ' union all ')}) o)`;
}

const conversions: Branch = ({ type, holds }, principal) => sql`
  select x.at, v.id || ':' || x.event as id, x.actor_id, null::uuid as rule_id,
    json_build_object('event', x.event, 'records', ${converted(type, principal)}) as data,
    ${raw(`v.${conversionColumns[type]}`)} as record_id
  from conversion v cross join lateral (values
    ('converted', v.converted_at, v.converted_by_id),
    ('undone', v.undone_at, v.undone_by_id)) x (event, at, actor_id)
  where ${holds(raw(`v.${conversionColumns[type]}`))} and x.at is not null`;

const rules: Branch = ({ type, holds }) => sql`
  select s.done_at as at, s.run_id || ':' || s.index as id, null::uuid as actor_id, n.rule_id,
    json_build_object('text', coalesce(s.result ->> 'text', ''), 'field', s.result ->> 'field') as data, n.record_id
  from automation_run n join automation_step s on s.run_id = n.id
  where n.record_type = ${type} and ${holds(raw('n.record_id'))}`;

const branches: Readonly<Record<TimelineKind, Branch>> = {
  activity: activities,
  stage: stages,
  change: changes,
  task: tasks,
  file: files,
  merge: merges,
  conversion: conversions,
  rule: rules,
};

const itself = ({ type, id }: RecordRef): Place => ({
  type,
  holds: (column, cast = raw('::uuid')) => sql`${column} = ${id}${cast}`,
});

/** The opportunities or contacts of an account, as far as the principal may see them. */
const ofAccount = (type: 'opportunity' | 'contact', account: string, principal: Principal): Place => ({
  type,
  holds: (column, cast = raw('::uuid')) => sql`${column} in (
    select o.id${cast} from ${raw(type)} o
    where o.account_id = ${account}::uuid and o.deleted_at is null and ${scopeSql(scopeOf(principal, `${type}.read`), 'o')})`,
});

/** The records that were merged into this one, and into those. */
const mergedInto = ({ type, id }: RecordRef): Place => ({
  type,
  isMerged: true,
  holds: (column, cast = raw('::uuid')) => sql`${column} in (
    with recursive gone (id) as (
      select a from merge m, unnest(m.absorbed_ids) a
      where m.record_type = ${type} and m.survivor_id = ${id}::uuid and m.undone_at is null
      union
      select a from gone g join merge m on m.record_type = ${type} and m.survivor_id = g.id and m.undone_at is null,
        unnest(m.absorbed_ids) a)
    select g.id${cast} from gone g)`,
});

/** What stays with a record that was merged away; all else moves to the one that stayed. */
const LEFT_BEHIND: readonly TimelineKind[] = ['stage', 'change', 'merge', 'rule'];

/** A conversion or a merge is told once, by the record whose timeline is read. */
const TOLD_BY_OTHERS: readonly TimelineKind[] = ['activity', 'stage', 'change', 'task', 'file', 'rule'];

/**
 * Everything that happened to a record and to those that were merged into it, newest first, each branch cut before they
 * are put together. An account's also tells what happened to its opportunities and contacts.
 */
export async function listTimeline(
  runner: SqlRunner,
  record: RecordRef,
  principal: Principal,
  query: { kinds: readonly TimelineKind[]; limit: number; cursor?: string | undefined },
): Promise<{ rows: TimelineRow[]; nextCursor: string | null }> {
  const position = decodeCursor(query.cursor, ORDER, 3);
  const [at, kind, id] = (position ?? []).map(String);
  const after = position
    ? (own: TimelineKind) => sql`where (b.at, ${own}::text, b.id) < (${at}::timestamptz, ${kind}::text, ${id}::text)`
    : () => raw('');
  const limit = limitSql(query.limit + 1);
  const kinds = query.kinds.filter((each) => each !== 'task' || isAllowed(principal, 'task.read'));
  const part = (each: TimelineKind, place: Place, via: string | null) => sql`(
    select ${each}::text as kind, ${via}::text as via, b.* from (${branches[each](place, principal)}) b ${after(each)}
    order by b.at desc, b.id desc ${limit})`;
  const others = record.type === 'account' ? (['opportunity', 'contact'] as const) : [];
  const parts = [
    ...kinds.map((each) => part(each, itself(record), null)),
    ...kinds.filter((each) => LEFT_BEHIND.includes(each)).map((each) => part(each, mergedInto(record), record.type)),
    ...others
      .filter((type) => isAllowed(principal, `${type}.read`))
      .flatMap((type) =>
        kinds
          .filter((each) => TOLD_BY_OTHERS.includes(each))
          .map((each) => part(each, ofAccount(type, record.id, principal), type)),
      ),
  ];
  if (parts.length === 0) return { rows: [], nextCursor: null };
  const found = await runner.rows<TimelineRow & { key: string }>(sql`
    select t.kind, t.id, iso(t.at) as at, t.at::text as key, t.data,
      case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end as actor,
      case when w.id is null then null else json_build_object('id', w.id, 'name', w.name) end as rule,
      case when t.via is null then null
        else json_build_object('type', t.via, 'id', t.record_id, 'name', coalesce(merged.name, o.name, c.name, '')) end as record
    from (${join(parts, ' union all ')}) t
    left join app_user u on u.id = t.actor_id
    left join automation_rule w on w.id = t.rule_id
    left join ${raw(record.type)} merged on t.via = ${record.type}::text and merged.id = t.record_id
      and ${scopeSql(scopeOf(principal, `${record.type}.read`), 'merged')}
    left join opportunity o on ${record.type}::text = 'account' and t.via = 'opportunity' and o.id = t.record_id
    left join contact c on ${record.type}::text = 'account' and t.via = 'contact' and c.id = t.record_id
    order by t.at desc, t.kind desc, t.id desc ${limit}`);
  return cutPage(found, query.limit, (row) => encodeCursor(ORDER, [row.key, row.kind, row.id]));
}
