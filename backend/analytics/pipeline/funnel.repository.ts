import type { Dimension } from '../../contracts/analytics.ts';
import { type Sql, type SqlRunner, sql } from '../../db/index.ts';
import type { Period } from '../periods.ts';
import { dimensionKey, reachable, within, worth } from './conditions.ts';
import type { PipelineView } from './view.ts';

/** How it stands with a record of the cohort: in the pipeline open, won or lost, or gone to another one. */
export type FunnelOutcome = 'open' | 'won' | 'lost' | 'left';

/**
 * The records that entered the pipeline in the period, each with the furthest open stage it came to (`furthest`; the
 * pipeline's first where it went straight to a closed one) and how it stands with it now.
 */
export function funnelCohort(view: PipelineView, period: Period, by?: Dimension): Sql {
  const { kind, pipeline } = view;
  const first = pipeline.stages.find((stage) => stage.kind === 'open')?.id ?? null;
  return sql`
    select r.id, ${dimensionKey(by, view)} as key, coalesce(${worth(view)}, 0) as amount,
      case when r.pipeline_id = ${pipeline.id}::uuid then st.kind else 'left' end as outcome,
      coalesce(way.furthest, ${first}::uuid) as furthest
    from (
      select distinct e.record_id from stage_event e left join stage f on f.id = e.from_stage_id
      where e.pipeline_id = ${pipeline.id}::uuid and e.kind = 'entered' and ${within(sql`e.at`, period, view)}
        and f.pipeline_id is distinct from e.pipeline_id
    ) entry
    join ${kind.table} r on r.id = entry.record_id
    join stage st on st.id = r.stage_id
    left join lateral (
      select s.id as furthest from stage_event e join stage s on s.id = e.to_stage_id
      where e.record_type = ${kind.entity} and e.record_id = r.id and e.pipeline_id = ${pipeline.id}::uuid and s.kind = 'open'
      order by s.position desc, s.id desc limit 1
    ) way on true
    where ${reachable(view)}`;
}

export interface FunnelCell {
  key: string | null;
  stageId: string | null;
  outcome: FunnelOutcome;
  count: number;
  value: string;
}

/** The cohort counted by where it stopped. */
export function readFunnel(
  runner: SqlRunner,
  view: PipelineView,
  period: Period,
  by?: Dimension,
): Promise<FunnelCell[]> {
  return runner.rows<FunnelCell>(sql`
    select c.key, c.furthest::text as "stageId", c.outcome, count(*)::int as count, sum(c.amount)::text as value
    from (${funnelCohort(view, period, by)}) c
    group by c.key, c.furthest, c.outcome`);
}
