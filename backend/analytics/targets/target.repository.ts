import type { Principal } from '../../access/index.ts';
import type { Named } from '../../contracts/common.ts';
import type { TargetCreate, TargetGrain, TargetMetric, TargetQuery } from '../../contracts/targets.ts';
import { limitSql, type Sql, type SqlRunner, sql } from '../../db/index.ts';
import type { Period } from '../periods.ts';
import type { PeriodTarget } from './target-periods.ts';
import { managedTargets, type Subject, visibleTargets } from './target-reach.ts';

/** A target as it is kept, with what the person asking may do. `rank`: company, teams, people. */
export interface TargetRow extends Period {
  id: string;
  metric: TargetMetric;
  team: Named | null;
  user: Named | null;
  grain: TargetGrain;
  value: string;
  rank: number;
  /** whose it is, as lists are in order of it */
  nameKey: string;
  isManaged: boolean;
  updatedAt: string;
  version: number;
}

const rank = sql`(case when t.team_id is not null then 2 when t.user_id is not null then 1 else 3 end)`;
const nameKey = sql`lower(coalesce(g.name, u.name, ''))`;
// What belongs to a team or person that is gone is nobody's: never the company's.
const joined = sql`target t left join team g on g.id = t.team_id left join app_user u on u.id = t.user_id`;
const isThere = sql`((t.team_id is null or g.id is not null) and (t.user_id is null or u.id is not null))`;

const columns = (principal: Principal): Sql => sql`t.id::text as id, t.metric, t.grain,
  t.starts_on::text as "from", t.ends_on::text as "to", trim_scale(t.value)::text as value,
  case when g.id is null then null else json_build_object('id', g.id, 'name', g.name) end as team,
  case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end as "user",
  ${rank} as rank, ${nameKey} as "nameKey", ${managedTargets(principal)} as "isManaged", iso(t.updated_at) as "updatedAt", t.version`;

/** Where a target stands in the list. */
export type Place = readonly [
  hasBegun: number,
  from: string,
  rank: number,
  nameKey: string,
  metric: string,
  id: string,
];

/**
 * Newest periods first, those to come last; of one day the company, teams, people, by name. One row more than `limit`
 * tells of another page.
 */
export function listTargets(
  runner: SqlRunner,
  principal: Principal,
  query: Pick<TargetQuery, 'metric' | 'team' | 'user' | 'from' | 'to' | 'limit'>,
  today: string,
  after: Place | null,
): Promise<TargetRow[]> {
  const { metric = null, team = null, user = null, from = null, to = null, limit } = query;
  const isAnybody = team === null && user === null;
  const [begun = null, day = null, place = null, name = null, measure = null, id = null] = after ?? [];
  const hasBegun = sql`(t.starts_on <= ${today}::date)::int`;
  return runner.rows<TargetRow>(sql`
    select ${columns(principal)} from ${joined}
    where ${isThere} and ${visibleTargets(principal)}
      and (${metric}::text[] is null or t.metric = any(${metric}::text[]))
      and (${isAnybody}::bool or t.team_id = any(${team}::uuid[]) or t.user_id = any(${user}::uuid[]))
      and (${from}::date is null or t.ends_on >= ${from}::date)
      and (${to}::date is null or t.starts_on <= ${to}::date)
      and (${id}::uuid is null
        or (${hasBegun}, t.starts_on, ${rank}) < (${begun}::int, ${day}::date, ${place}::int)
        or (${hasBegun}, t.starts_on, ${rank}) = (${begun}::int, ${day}::date, ${place}::int)
          and (${nameKey}, t.metric, t.id) > (${name}::text, ${measure}::text, ${id}::uuid))
    order by ${hasBegun} desc, t.starts_on desc, ${rank} desc, ${nameKey}, t.metric, t.id ${limitSql(limit + 1)}`);
}

export const findTarget = (runner: SqlRunner, principal: Principal, id: string): Promise<TargetRow | undefined> =>
  runner.first<TargetRow>(sql`
    select ${columns(principal)} from ${joined}
    where t.id = ${id}::uuid and ${isThere} and ${visibleTargets(principal)}`);

export async function lockTarget(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`select 1 as locked from target where id = ${id}::uuid for update`);
}

/** The person's team; undefined where there is no such person. */
export const findTeamOf = (
  runner: SqlRunner,
  userId: string,
): Promise<{ name: string; teamId: string | null } | undefined> =>
  runner.first<{ name: string; teamId: string | null }>(sql`
    select name, team_id::text as "teamId" from app_user where id = ${userId}::uuid`);

export const findTeamName = async (runner: SqlRunner, teamId: string): Promise<string | undefined> =>
  (await runner.first<{ name: string }>(sql`select name from team where id = ${teamId}::uuid`))?.name;

const isFor = (subject: Subject): Sql => {
  switch (subject.kind) {
    case 'company':
      return sql`t.team_id is null and t.user_id is null`;
    case 'team':
      return sql`t.team_id = ${subject.id}::uuid`;
    case 'user':
      return sql`t.user_id = ${subject.id}::uuid`;
    default:
      return subject satisfies never;
  }
};

/** First days of those of the periods for which the subject has such a target already, in order. */
export async function findTaken(
  runner: SqlRunner,
  subject: Subject,
  { metric, grain }: Pick<TargetCreate, 'metric' | 'grain'>,
  periods: readonly Period[],
): Promise<string[]> {
  const rows = await runner.rows<{ from: string }>(sql`
    select t.starts_on::text as "from" from target t
    where t.metric = ${metric} and t.grain = ${grain} and ${isFor(subject)}
      and t.starts_on = any(${periods.map(({ from }) => from)}::date[]) order by t.starts_on`);
  return rows.map(({ from }) => from);
}

/** Adds one target a period; answers their ids in the order of the periods. */
export async function insertTargets(
  runner: SqlRunner,
  { metric, teamId, userId, grain, value }: TargetCreate,
  periods: readonly Period[],
): Promise<string[]> {
  const rows = await runner.rows<{ id: string }>(sql`
    insert into target (metric, team_id, user_id, grain, starts_on, ends_on, value)
    select ${metric}, ${teamId}::uuid, ${userId}::uuid, ${grain}, p.from::date, p.to::date, ${value}::numeric
    from jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) as p("from" text, "to" text) order by p.from
    returning id::text as id`);
  return rows.map(({ id }) => id);
}

export async function writeTarget(runner: SqlRunner, id: string, value: string): Promise<void> {
  await runner.rows(sql`
    update target set value = ${value}::numeric, version = version + 1, updated_at = now() where id = ${id}::uuid`);
}

export async function eraseTarget(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`delete from target where id = ${id}::uuid`);
}

/** A subject's targets within a run of whole months, as far as the person sees them. */
export const findPeriodTargets = (
  runner: SqlRunner,
  principal: Principal,
  subject: Subject,
  metrics: readonly string[],
  { from, to }: Period,
): Promise<(PeriodTarget & { metric: TargetMetric })[]> =>
  runner.rows<PeriodTarget & { metric: TargetMetric }>(sql`
    select t.metric, t.grain, t.starts_on::text as "from", trim_scale(t.value)::text as value
    from target t left join app_user u on u.id = t.user_id
    where ${isFor(subject)} and ${visibleTargets(principal)} and t.metric = any(${metrics}::text[])
      and t.starts_on >= ${from}::date and t.ends_on <= ${to}::date`);
