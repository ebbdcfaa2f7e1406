import { type SqlRunner, sql } from '../db/index.ts';

interface StageDefault {
  name: string;
  kind: 'open' | 'won' | 'lost';
  /** 0..1 */
  probability: number;
}

/** The pipeline of each entity that an installation starts with; administrators may rename and extend it. */
export const defaultPipelines: readonly { entity: string; name: string; stages: readonly StageDefault[] }[] = [
  {
    entity: 'lead',
    name: 'Leads',
    stages: [
      { name: 'New', kind: 'open', probability: 0.1 },
      { name: 'Qualified', kind: 'open', probability: 0.4 },
      { name: 'Converted', kind: 'won', probability: 1 },
      { name: 'Lost', kind: 'lost', probability: 0 },
    ],
  },
  {
    entity: 'opportunity',
    name: 'Sales',
    stages: [
      { name: 'Discovery', kind: 'open', probability: 0.2 },
      { name: 'Proposal', kind: 'open', probability: 0.5 },
      { name: 'Negotiation', kind: 'open', probability: 0.75 },
      { name: 'Won', kind: 'won', probability: 1 },
      { name: 'Lost', kind: 'lost', probability: 0 },
    ],
  },
];

/** Why records are lost, to begin with. */
const defaultLostReasons: Readonly<Record<string, readonly string[]>> = {
  lead: ['Not interested', 'No budget', 'Could not be reached', 'Not a fit', 'Duplicate or spam'],
  opportunity: ['Price', 'Chose a competitor', 'No budget', 'No decision', 'Bad timing', 'Missing feature'],
};

/** Gives each entity that has no pipeline its default one, with reasons for losing. The caller keeps two processes from doing so at once. */
export async function insertDefaultPipelines(runner: SqlRunner): Promise<void> {
  for (const { entity, name, stages } of defaultPipelines) {
    const pipeline = await runner.first<{ id: string }>(sql`
      insert into pipeline (entity, name, is_default)
      select ${entity}, ${name}, true where not exists (select 1 from pipeline where entity = ${entity})
      returning id::text as id`);
    if (!pipeline) continue;
    for (const [position, label] of (defaultLostReasons[entity] ?? []).entries()) {
      await runner.rows(sql`
        insert into lost_reason (entity, label, position) values (${entity}, ${label}, ${position}::int)
        on conflict (entity, label) do nothing`);
    }
    for (const [position, stage] of stages.entries()) {
      await runner.rows(sql`
        insert into stage (pipeline_id, name, kind, probability, position)
        values (${pipeline.id}::uuid, ${stage.name}, ${stage.kind}, ${stage.probability}::float8, ${position}::int)`);
    }
  }
}
