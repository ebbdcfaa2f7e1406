import { type SqlRunner, sql } from '../../db/index.ts';
import type { ReferenceBook } from './reference-book.ts';
import { findStage, type StageRow } from './stage-names.ts';

export type StageTarget = StageRow;

/** A stage that a file invents is half way, until an administrator says otherwise. */
const NEW_STAGE_PROBABILITY = 0.5;

/** The stages of the entity's default pipeline, in their order. */
export function defaultStages(runner: SqlRunner, entity: 'lead' | 'opportunity'): Promise<StageRow[]> {
  return runner.rows<StageRow>(sql`
    select s.id::text as id, s.pipeline_id::text as "pipelineId", s.name, s.kind, s.position
    from stage s join pipeline p on p.id = s.pipeline_id
    where p.id = (select id from pipeline where entity = ${entity} order by is_default desc, position, name limit 1) and s.archived_at is null
    order by s.position, s.name`);
}

/**
 * Finds stages of the default pipeline by name and by what they are called elsewhere. A name that means
 * none of them becomes an open stage of its own, behind the last open one; an archived one of that name is taken into
 * use again.
 */
export async function resolveStages(
  runner: SqlRunner,
  book: ReferenceBook<StageTarget>,
  entity: 'lead' | 'opportunity',
): Promise<void> {
  const wanted = book.takeWanted();
  if (wanted.size === 0) return;
  const stages = await defaultStages(runner, entity);
  for (const name of wanted.keys()) {
    const found = findStage(stages, entity, name);
    if (found) book.matched(name, found);
    else {
      const made = await insertOpenStage(runner, stages, name);
      stages.push(made);
      book.created(name, made);
    }
  }
}

async function insertOpenStage(runner: SqlRunner, stages: readonly StageRow[], name: string): Promise<StageRow> {
  const pipelineId = stages[0]?.pipelineId;
  if (pipelineId === undefined) throw new Error('The default pipeline has no stages: bootstrap has not run.');
  const position = Math.max(-1, ...stages.filter(({ kind }) => kind === 'open').map((stage) => stage.position)) + 1;
  await runner.rows(sql`
    update stage set position = position + 1 where pipeline_id = ${pipelineId}::uuid and position >= ${position}::int`);
  const made = await runner.first<StageRow>(sql`
    insert into stage (pipeline_id, name, kind, probability, position)
    values (${pipelineId}::uuid, ${name}, 'open', ${NEW_STAGE_PROBABILITY}::float8, ${position}::int)
    on conflict (pipeline_id, name) do update set archived_at = null, position = excluded.position
    returning id::text as id, pipeline_id::text as "pipelineId", name, kind, position`);
  if (!made) throw new Error(`The stage ${name} was not stored.`);
  for (const stage of stages) if (stage.position >= position) stage.position++;
  return made;
}
