import type { Dimension } from '../../contracts/analytics.ts';
import { type Sql, type SqlRunner, sql } from '../../db/index.ts';
import { startOf } from '../engines/sql/conditions.ts';
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
  const open = pipeline.stages.filter((stage) => stage.kind === 'open').map(({ id }) => id);
  const here = sql`e.pipeline_id = ${pipeline.id}::uuid`;
  const entered = sql`e.kind = 'entered' and ${within(sql`e.at`, period, view)} and f.pipeline_id is distinct from e.pipeline_id`;
  const furthest = sql`max(array_position(${open}::uuid[], e.to_stage_id))`;
  const begin = startOf(period.from, view.timeZone);
  // What happened since the period began is read in one walk; only who came from another pipeline may have been here before.
  return sql`
    select r.id, ${dimensionKey(by, view)} as key, coalesce(${worth(view)}, 0) as amount,
      case when r.pipeline_id = ${pipeline.id}::uuid then st.kind else 'left' end as outcome,
      (${open}::uuid[])[coalesce(greatest(entry.furthest, case when entry.came_over then (
        select ${furthest} from stage_event e
        where e.record_type = ${kind.entity} and e.record_id = r.id and ${here} and e.at < ${begin}
      ) end), 1)] as furthest
    from (
      select e.record_id, ${furthest} as furthest, bool_or(${entered} and f.id is not null) as came_over
      from stage_event e left join stage f on f.id = e.from_stage_id
      where ${here} and e.at >= ${begin}
      group by e.record_id having bool_or(${entered})
    ) entry
    join ${kind.table} r on r.id = entry.record_id
    join stage st on st.id = r.stage_id
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
