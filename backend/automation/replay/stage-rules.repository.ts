import { type SqlRunner, sql } from '../../db/index.ts';

/** What a stage asks of whoever enters or leaves it. */
export interface StageRule {
  id: string;
  name: string;
  pipelineId: string;
  requiredFields: string[];
  limitsNext: boolean;
  nextStageIds: string[];
}

export async function stageRules(runner: SqlRunner): Promise<Map<string, StageRule>> {
  const rows = await runner.rows<StageRule>(sql`
    select id::text as id, name, pipeline_id::text as "pipelineId", to_json(required_fields) as "requiredFields",
      limits_next as "limitsNext", to_json(next_stage_ids) as "nextStageIds" from stage`);
  return new Map(rows.map((row) => [row.id, row]));
}
