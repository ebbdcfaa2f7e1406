import type { Pipeline, PipelineEntity } from '../contracts/pipelines.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/**
 * Pipelines with their stages in order; one entity's, one by id, or all. Archived stages, and archived pipelines
 * unless asked for by id, are there only `withArchived`.
 */
export function listPipelines(
  runner: SqlRunner,
  filter: { entity?: PipelineEntity; id?: string; withArchived?: boolean } = {},
): Promise<Pipeline[]> {
  const withArchived = filter.withArchived ?? false;
  return runner.rows<Pipeline>(sql`
    select p.id::text as id, p.entity, p.name, p.is_default as "isDefault", p.asks_lost_reason as "asksLostReason",
      p.position, iso(p.archived_at) as "archivedAt", p.version,
      (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'kind', s.kind,
        'probability', s.probability, 'position', s.position, 'colour', s.colour, 'wipLimit', s.wip_limit,
        'rottingDays', s.rotting_days, 'requiredFields', s.required_fields, 'limitsNext', s.limits_next,
        'nextStageIds', s.next_stage_ids, 'archivedAt', iso(s.archived_at)) order by s.position, s.name), '[]')
       from stage s where s.pipeline_id = p.id and (${withArchived}::bool or s.archived_at is null)) as stages
    from pipeline p
    where (${filter.entity ?? null}::text is null or p.entity = ${filter.entity ?? null}::text)
      and (${filter.id ?? null}::uuid is null or p.id = ${filter.id ?? null}::uuid)
      and (${withArchived}::bool or p.archived_at is null or ${filter.id ?? null}::uuid is not null)
    order by p.entity, p.is_default desc, p.position, p.name`);
}
