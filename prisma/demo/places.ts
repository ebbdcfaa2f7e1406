import { type SqlRunner, sql } from '../../backend/db/index.ts';

/** A default pipeline as the installation has it: its id, and its stages' ids by name. */
export interface PipelinePlace {
  id: string;
  stage(name: string): string;
}

/** What the installation brought with it and the demo company is put into. */
export interface Places {
  roleId(key: string): string;
  lead: PipelinePlace;
  opportunity: PipelinePlace;
}

/** @throws Error where a built-in role or a default pipeline's stage is missing. */
export async function findPlaces(runner: SqlRunner): Promise<Places> {
  const roles = await runner.rows<{ key: string; id: string }>(sql`select key, id::text from role`);
  const stages = await runner.rows<{ entity: string; pipeline: string; name: string; id: string }>(sql`
    select p.entity, p.id::text as pipeline, s.name, s.id::text
    from pipeline p join stage s on s.pipeline_id = p.id where p.is_default`);
  const pipeline = (entity: string): PipelinePlace => {
    const own = stages.filter((stage) => stage.entity === entity);
    const ids = new Map(own.map((stage) => [stage.name, stage.id]));
    return {
      id: own[0]?.pipeline ?? missing(`default ${entity} pipeline`),
      stage: (name) => ids.get(name) ?? missing(`stage ${name} of the default ${entity} pipeline`),
    };
  };
  const roleIds = new Map(roles.map((role) => [role.key, role.id]));
  return {
    roleId: (key) => roleIds.get(key) ?? missing(`role ${key}`),
    lead: pipeline('lead'),
    opportunity: pipeline('opportunity'),
  };
}

function missing(what: string): never {
  throw new Error(`The database has no ${what}. Load the demo company into a freshly set up database.`);
}
