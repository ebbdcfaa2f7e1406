import { type Sql, type SqlRunner, sql } from '../../db/index.ts';
import type { Period } from '../periods.ts';
import { daysFrom, reachable, within } from './conditions.ts';
import type { PipelineView } from './view.ts';

/**
 * The stays in the pipeline's open stages that ended in the period: the record, the stage, how long, and where it went:
 * on, back, won, lost, or left (to another pipeline).
 */
export function visits(view: PipelineView, period: Period): Sql {
  const { kind, pipeline } = view;
  return sql`
    select r.id, f.id as stage_id, ${daysFrom(sql`entered.at`, sql`e.at`)} as days,
      case when e.pipeline_id <> ${pipeline.id}::uuid then 'left'
           when t.kind <> 'open' then t.kind
           when (t.position, t.id) > (f.position, f.id) then 'on' else 'back' end as outcome
    from stage_event e
    join stage f on f.id = e.from_stage_id and f.pipeline_id = ${pipeline.id}::uuid and f.kind = 'open'
    join stage t on t.id = e.to_stage_id and t.id <> f.id
    join ${kind.table} r on r.id = e.record_id
    cross join lateral (
      select b.at from stage_event b
      where b.record_type = ${kind.entity} and b.record_id = e.record_id and b.kind = 'entered' and b.to_stage_id = f.id
        and b.at <= e.at
      order by b.at desc limit 1
    ) entered
    where e.record_type = ${kind.entity} and e.kind = 'entered'
      and e.pipeline_id in (select p.id from pipeline p where p.entity = ${kind.entity})
      and ${within(sql`e.at`, period, view)} and ${reachable(view)}`;
}

export interface StageTimeRow {
  stageId: string;
  visits: number;
  median: number;
  p90: number;
  on: number;
  back: number;
  won: number;
  lost: number;
  left: number;
}

/** Time in stage: median and ninetieth percentile of the stays that ended in the period. */
export function readStageTimes(runner: SqlRunner, view: PipelineView, period: Period): Promise<StageTimeRow[]> {
  return runner.rows<StageTimeRow>(sql`
    select v.stage_id::text as "stageId", count(*)::int as visits,
      percentile_cont(0.5) within group (order by v.days) as median,
      percentile_cont(0.9) within group (order by v.days) as p90,
      count(*) filter (where v.outcome = 'on')::int as "on",
      count(*) filter (where v.outcome = 'back')::int as back,
      count(*) filter (where v.outcome = 'won')::int as won,
      count(*) filter (where v.outcome = 'lost')::int as lost,
      count(*) filter (where v.outcome = 'left')::int as "left"
    from (${visits(view, period)}) v
    group by v.stage_id`);
}
