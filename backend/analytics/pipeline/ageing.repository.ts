import type { AgeingQuery } from '../../contracts/pipeline-reports.ts';
import { type Sql, type SqlRunner, sql } from '../../db/index.ts';
import { daysFrom, nowSql, openNow, worth } from './conditions.ts';
import type { PipelineView } from './view.ts';

/** First days of the age groups; the last one has no end. */
export const AGE_STEPS = [0, 7, 14, 30, 60, 90] as const;

/** What is open now with its age in days: in its stage, or since it was created. */
export function aged(view: PipelineView, basis: AgeingQuery['basis']): Sql {
  const since = basis === 'stage' ? sql`r.stage_since` : sql`r.created_at`;
  return sql`
    select r.id, r.stage_id, coalesce(${worth(view)}, 0) as amount,
      greatest(${daysFrom(since, nowSql(view))}, 0) as days
    from ${view.kind.table} r join stage st on st.id = r.stage_id where ${openNow(view)}`;
}

export interface AgeingRow {
  stageId: string;
  /** index of the age group; null: all of the stage */
  step: number | null;
  count: number;
  value: string;
  median: number;
  p90: number;
  oldest: number;
}

/** What is open by stage, and by stage and age group. */
export function readAgeing(runner: SqlRunner, view: PipelineView, basis: AgeingQuery['basis']): Promise<AgeingRow[]> {
  return runner.rows<AgeingRow>(sql`
    select stage_id::text as "stageId", step, count(*)::int as count, sum(amount)::text as value,
      percentile_cont(0.5) within group (order by days) as median,
      percentile_cont(0.9) within group (order by days) as p90, max(days) as oldest
    from (select a.*, width_bucket(a.days, ${[...AGE_STEPS].map(String)}::text[]::float8[]) - 1 as step from (${aged(view, basis)}) a) r
    group by grouping sets ((stage_id), (stage_id, step))`);
}
