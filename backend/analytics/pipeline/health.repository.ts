import type { Dimension } from '../../contracts/analytics.ts';
import { type Sql, type SqlRunner, sql } from '../../db/index.ts';
import type { Period } from '../periods.ts';
import { daysFrom, dimensionKey, nowSql, openNow, worth } from './conditions.ts';
import { closedIn } from './velocity.repository.ts';
import type { PipelineView } from './view.ts';

/** After how many days in a stage a record is stuck. */
export interface StuckAfter {
  stageId: string;
  days: number;
}

/**
 * What is open now with what the checks say of it: stuck (longer in its stage than `limits` says), no next step (none is
 * written down and no task is open), past its close date.
 */
export function checkedRecords(view: PipelineView, limits: readonly StuckAfter[], by?: Dimension): Sql {
  const { kind, today } = view;
  const given = JSON.stringify(limits);
  return sql`
    select r.id, r.stage_id, ${dimensionKey(by, view)} as key, coalesce(${worth(view)}, 0) as amount,
      ${kind.dueOn} as due_on, (${kind.probability})::numeric as probability, age.days,
      coalesce(age.days > l.days, false) as stuck,
      coalesce(${kind.nextStep} !~ '\\S', true) and not exists (
        select 1 from task t where t.record_type = ${kind.entity} and t.record_id = r.id and t.completed_at is null
          and t.status not in ('done', 'cancelled') and t.deleted_at is null) as no_next_step,
      coalesce(${kind.dueOn} < ${today}::date, false) as past_close
    from ${kind.table} r join stage st on st.id = r.stage_id
    cross join lateral (select ${daysFrom(sql`r.stage_since`, nowSql(view))} as days) age
    left join jsonb_to_recordset(${given}::jsonb) as l("stageId" uuid, days float8) on l."stageId" = r.stage_id
    where ${openNow(view)}`;
}

/** Open records expected to close in the period. */
export const dueIn = ({ from, to }: Period): Sql => sql`due_on between ${from}::date and ${to}::date`;

export interface HealthRow {
  key: string | null;
  stageId: string;
  open: number;
  openValue: string;
  healthy: number;
  healthyValue: string;
  stuck: number;
  stuckValue: string;
  noNextStep: number;
  noNextStepValue: string;
  pastClose: number;
  pastCloseValue: string;
  due: number;
  dueValue: string;
  weighted: string;
}

/** The checks counted by stage and value of the dimension. */
export function readHealth(
  runner: SqlRunner,
  view: PipelineView,
  period: Period,
  limits: readonly StuckAfter[],
  by?: Dimension,
): Promise<HealthRow[]> {
  const worthOf = (condition: Sql) => sql`coalesce(sum(amount) filter (where ${condition}), 0)::text`;
  const countOf = (condition: Sql) => sql`(count(*) filter (where ${condition}))::int`;
  const healthy = sql`not (stuck or no_next_step or past_close)`;
  const due = dueIn(period);
  return runner.rows<HealthRow>(sql`
    select key, stage_id::text as "stageId", count(*)::int as open, sum(amount)::text as "openValue",
      ${countOf(healthy)} as healthy, ${worthOf(healthy)} as "healthyValue",
      ${countOf(sql`stuck`)} as stuck, ${worthOf(sql`stuck`)} as "stuckValue",
      ${countOf(sql`no_next_step`)} as "noNextStep", ${worthOf(sql`no_next_step`)} as "noNextStepValue",
      ${countOf(sql`past_close`)} as "pastClose", ${worthOf(sql`past_close`)} as "pastCloseValue",
      ${countOf(due)} as due, ${worthOf(due)} as "dueValue",
      coalesce(sum(amount * probability) filter (where ${due}), 0)::text as weighted
    from (${checkedRecords(view, limits, by)}) r
    group by key, stage_id`);
}

/** What was won in the period. */
export async function readWon(
  runner: SqlRunner,
  view: PipelineView,
  period: Period,
): Promise<{ count: number; value: string }> {
  const row = await runner.first<{ count: number; value: string }>(sql`
    select count(*)::int as count, coalesce(sum(amount), 0)::text as value
    from (${closedIn(view, period)}) r where outcome = 'won'`);
  return row ?? { count: 0, value: '0' };
}
