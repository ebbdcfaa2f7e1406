import type { StageCreate } from '../../contracts/pipeline-settings.ts';
import type { PipelineEntity } from '../../contracts/pipelines.ts';
import { join, raw, type Sql, type SqlRunner, sql } from '../../db/index.ts';
import type { ColumnValue } from '../record-write.repository.ts';

export interface LockedPipeline {
  entity: PipelineEntity;
  version: number;
  isDefault: boolean;
  isArchived: boolean;
}

/** Locks a pipeline, and with it the list of its stages, for the rest of the transaction. */
export function lockPipeline(runner: SqlRunner, id: string): Promise<LockedPipeline | undefined> {
  return runner.first<LockedPipeline>(sql`
    select entity, version, is_default as "isDefault", archived_at is not null as "isArchived"
    from pipeline where id = ${id}::uuid for update`);
}

/** A new pipeline behind the others of its entity. Returns its id. */
export async function insertPipeline(
  runner: SqlRunner,
  pipeline: { entity: PipelineEntity; name: string; asksLostReason: boolean },
): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into pipeline (entity, name, asks_lost_reason, position)
    select ${pipeline.entity}, ${pipeline.name}, ${pipeline.asksLostReason}::bool,
      coalesce(max(position) + 1, 0) from pipeline where entity = ${pipeline.entity}
    returning id::text as id`);
  if (!row) throw new Error('insert of a pipeline returned no row');
  return row.id;
}

/** Changes columns of a locked pipeline. */
export async function updatePipeline(runner: SqlRunner, id: string, columns: readonly ColumnValue[]): Promise<void> {
  if (columns.length === 0) return;
  const changes = columns.map(([name, value]) => sql`${raw(name)} = ${value}`);
  await runner.rows(sql`update pipeline set ${join(changes)} where id = ${id}::uuid`);
}

/** Takes the mark of the default from the other pipelines of the entity. */
export async function dethroneOthers(runner: SqlRunner, entity: PipelineEntity, id: string): Promise<void> {
  await runner.rows(sql`
    update pipeline set is_default = false, version = version + 1
    where entity = ${entity} and is_default and id <> ${id}::uuid`);
}

const won = (stage: Pick<StageCreate, 'kind' | 'probability'>): number =>
  stage.kind === 'open' ? stage.probability : stage.kind === 'won' ? 1 : 0;

/** The columns of a stage's input. */
export function stageColumns(stage: Partial<StageCreate>): ColumnValue[] {
  const columns: ColumnValue[] = [];
  if (stage.name !== undefined) columns.push(['name', sql`${stage.name}`]);
  if (stage.kind !== undefined) columns.push(['kind', sql`${stage.kind}`]);
  if (stage.kind !== undefined && stage.probability !== undefined) {
    columns.push(['probability', sql`${won({ kind: stage.kind, probability: stage.probability })}::float8`]);
  }
  if (stage.colour !== undefined) columns.push(['colour', sql`${stage.colour}`]);
  if (stage.wipLimit !== undefined) columns.push(['wip_limit', sql`${stage.wipLimit}::int`]);
  if (stage.rottingDays !== undefined) columns.push(['rotting_days', sql`${stage.rottingDays}::int`]);
  if (stage.requiredFields !== undefined) columns.push(['required_fields', sql`${stage.requiredFields}::text[]`]);
  if (stage.limitsNext !== undefined) columns.push(['limits_next', sql`${stage.limitsNext}::bool`]);
  if (stage.nextStageIds !== undefined) columns.push(['next_stage_ids', sql`${stage.nextStageIds}::uuid[]`]);
  return columns;
}

/** A new stage of a locked pipeline at `position`. */
export async function insertStage(
  runner: SqlRunner,
  pipelineId: string,
  position: number,
  columns: readonly ColumnValue[],
): Promise<string> {
  const names = columns.map(([name]) => raw(name));
  const row = await runner.first<{ id: string }>(sql`
    insert into stage (pipeline_id, position, ${join(names)})
    values (${pipelineId}::uuid, ${position}::int, ${join(columns.map(([, value]) => value))})
    returning id::text as id`);
  if (!row) throw new Error('insert of a stage returned no row');
  return row.id;
}

export async function updateStage(runner: SqlRunner, id: string, columns: readonly ColumnValue[]): Promise<void> {
  if (columns.length === 0) return;
  const changes: Sql[] = columns.map(([name, value]) => sql`${raw(name)} = ${value}`);
  await runner.rows(sql`update stage set ${join(changes)} where id = ${id}::uuid`);
}

/** Numbers stages in the order of `ids`. */
export async function orderStages(runner: SqlRunner, ids: readonly string[]): Promise<void> {
  await runner.rows(sql`
    update stage s set position = wanted.place - 1
    from unnest(${ids}::uuid[]) with ordinality wanted (id, place) where s.id = wanted.id`);
}

/** Forgets a stage as a way out of others. */
export async function forgetNext(runner: SqlRunner, stageId: string): Promise<void> {
  await runner.rows(sql`
    update stage set next_stage_ids = array_remove(next_stage_ids, ${stageId}::uuid)
    where ${stageId}::uuid = any(next_stage_ids)`);
}
