import { DateTime } from 'luxon';
import { type Reach, scopeSql } from '../../access/index.ts';
import type { RuleTrigger } from '../../contracts/automation.ts';
import type { PipelineEntity } from '../../contracts/pipelines.ts';
import { limitSql, raw, type Sql, type SqlRunner, sql } from '../../db/index.ts';
import { kinds } from '../facts.repository.ts';

/** A moment of the past at which a trigger happened to a record. */
export interface PastOccasion {
  recordId: string;
  at: string;
}

export interface Window {
  from: Date;
  to: Date;
  timeZone: string;
}

/** More than these are not replayed; the latest ones are. */
export const MAX_OCCASIONS = 20_000;

/**
 * When the trigger happened within the window to records that still exist within `reach`, the latest first, at most
 * one more than MAX_OCCASIONS. Scores of the past are not kept: of these there are none.
 */
export async function pastOccasions(
  runner: SqlRunner,
  entity: PipelineEntity,
  reach: Reach,
  trigger: RuleTrigger,
  window: Window,
): Promise<PastOccasion[]> {
  const events = eventsSql(entity, trigger, window);
  if (!events) return [];
  return runner.rows<PastOccasion>(sql`
    select o.record_id::text as "recordId", iso(o.at) as at from (${events}) o
    join ${kinds[entity].table} r on r.id = o.record_id
    where r.deleted_at is null and ${scopeSql(reach, 'r')}
    order by o.at desc, o.record_id ${limitSql(MAX_OCCASIONS + 1)}`);
}

/** Rows of record_id and at. */
function eventsSql(entity: PipelineEntity, trigger: RuleTrigger, window: Window): Sql | null {
  const { table } = kinds[entity];
  const from = sql`${window.from.toISOString()}::timestamptz`;
  const to = sql`${window.to.toISOString()}::timestamptz`;
  switch (trigger.on) {
    case 'created':
      return sql`select x.id as record_id, x.created_at as at from ${table} x where x.created_at between ${from} and ${to}`;
    case 'field-changed':
      return trigger.field === 'stage'
        ? enteredSql(entity, null, from, to)
        : changedSql(entity, trigger.field, from, to);
    case 'stage-entered':
      return enteredSql(entity, trigger.stageId, from, to);
    case 'activity-logged':
      return sql`select x.record_id, x.created_at as at from activity x
        where x.record_type = ${entity} and x.created_at between ${from} and ${to} and x.withdrawn_at is null
          and x.type <> 'system' and (${trigger.type}::text is null or x.type = ${trigger.type}::text)`;
    case 'task-overdue': {
      const due = sql`coalesce(x.due_at, (x.due_on + 1)::timestamp at time zone ${window.timeZone})`;
      return sql`select x.record_id, ${due} as at from task x
        where x.record_type = ${entity} and x.deleted_at is null and x.status <> 'cancelled' and ${due} between ${from} and ${to}
          and (x.completed_at is null or x.completed_at > ${due})
          and (${trigger.type}::text is null or x.type = ${trigger.type}::text)`;
    }
    case 'no-activity':
      return quietSql(entity, trigger.days, from, to);
    case 'score-crosses':
      return null;
    case 'time-of-day': {
      const moments = hoursWithin(trigger, window).map((moment) => moment.toISOString());
      return sql`select x.id as record_id, m.at from unnest(${moments}::timestamptz[]) m(at) join ${table} x on x.created_at <= m.at`;
    }
    default:
      return trigger satisfies never;
  }
}

const enteredSql = (entity: PipelineEntity, stageId: string | null, from: Sql, to: Sql): Sql => sql`
  select x.record_id, x.at from stage_event x
  where x.record_type = ${entity} and x.kind = 'entered' and x.at between ${from} and ${to}
    and x.from_stage_id is distinct from x.to_stage_id
    and (${stageId}::uuid is null or x.to_stage_id = ${stageId}::uuid)`;

/** Changes as the audit log has them: rows that hold the record before and after. */
function changedSql(entity: PipelineEntity, field: string, from: Sql, to: Sql): Sql {
  const part = (side: 'before' | 'after') =>
    field.startsWith('custom.') ? sql`x.${raw(side)}->'custom'->${field.slice(7)}` : sql`x.${raw(side)}->${field}`;
  return sql`
    select x.entity_id::uuid as record_id, x.at from audit_entry x
    where x.entity = ${entity} and x.at between ${from} and ${to} and jsonb_exists(x.before, 'stageSince')
      and jsonb_exists(x.after, 'stageSince')
      and coalesce(${part('before')}, 'null') <> coalesce(${part('after')}, 'null')`;
}

/** The ends of silences: a record's creation or activity that nothing followed for so many days. */
const quietSql = (entity: PipelineEntity, days: number, from: Sql, to: Sql): Sql => sql`
  select q.record_id, q.at + make_interval(days => ${days}::int) as at from (
    select e.record_id, e.at, lead(e.at) over (partition by e.record_id order by e.at) as next from (
      select x.id as record_id, x.created_at as at from ${kinds[entity].table} x
      union all
      select a.record_id, a.occurred_at from activity a where a.record_type = ${entity} and a.withdrawn_at is null
        and a.occurred_at >= ${from} - make_interval(days => ${days}::int)
    ) e
  ) q
  where q.at + make_interval(days => ${days}::int) between ${from} and ${to}
    and (q.next is null or q.next > q.at + make_interval(days => ${days}::int))`;

/** Every moment of the window that a trigger of the hour names, the latest first. */
function hoursWithin(
  { at, weekdays }: Extract<RuleTrigger, { on: 'time-of-day' }>,
  { from, to, timeZone }: Window,
): Date[] {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const end = DateTime.fromJSDate(to, { zone: timeZone });
  const moments: Date[] = [];
  for (let back = 0; ; back += 1) {
    const moment = end.minus({ days: back }).set({ hour, minute, second: 0, millisecond: 0 });
    if (moment.toJSDate() < from) return moments;
    if (moment <= end && weekdays.includes(moment.weekday)) moments.push(moment.toJSDate());
  }
}
