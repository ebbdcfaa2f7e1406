import type { PipelineEntity } from '../../contracts/pipelines.ts';
import { type SqlRunner, sql } from '../../db/index.ts';

export interface ReportStage {
  id: string;
  name: string;
  kind: 'open' | 'won' | 'lost';
  isArchived: boolean;
  rottingDays: number | null;
}

/** A pipeline with all stages it ever had, in order. */
export interface ReportPipeline {
  id: string;
  name: string;
  entity: PipelineEntity;
  stages: ReportStage[];
}

/** The pipeline by its id, else the default one of the entity. */
export function findReportPipeline(
  runner: SqlRunner,
  { pipeline, entity }: { pipeline?: string | undefined; entity: PipelineEntity },
): Promise<ReportPipeline | undefined> {
  return runner.first<ReportPipeline>(sql`
    select p.id::text as id, p.name, p.entity,
      (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'kind', s.kind,
        'isArchived', s.archived_at is not null, 'rottingDays', s.rotting_days) order by s.position, s.id), '[]')
       from stage s where s.pipeline_id = p.id) as stages
    from pipeline p
    where case when ${pipeline ?? null}::uuid is null then p.entity = ${entity} and p.is_default
               else p.id = ${pipeline ?? null}::uuid end`);
}

/** The stage as answers name it. */
export const stageRef = ({ id, name, kind }: ReportStage): Pick<ReportStage, 'id' | 'name' | 'kind'> => ({
  id,
  name,
  kind,
});
