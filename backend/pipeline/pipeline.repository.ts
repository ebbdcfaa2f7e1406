import type { Pipeline, PipelineEntity } from '../contracts/pipelines.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/** Pipelines with their stages in order; one entity's, one by id, or all. */
export function listPipelines(
  runner: SqlRunner,
  filter: { entity?: PipelineEntity; id?: string } = {},
): Promise<Pipeline[]> {
  return runner.rows<Pipeline>(sql`
    select p.id::text as id, p.entity, p.name, p.is_default as "isDefault",
      (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'kind', s.kind,
        'probability', s.probability, 'position', s.position) order by s.position), '[]')
       from stage s where s.pipeline_id = p.id) as stages
    from pipeline p
    where (${filter.entity ?? null}::text is null or p.entity = ${filter.entity ?? null}::text)
      and (${filter.id ?? null}::uuid is null or p.id = ${filter.id ?? null}::uuid)
    order by p.entity, p.is_default desc, p.position, p.name`);
}
