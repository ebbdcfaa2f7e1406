import { expect } from 'vitest';
import type { Pipeline, PipelineEntity, Stage } from '../../../backend/contracts/pipelines.ts';
import type { CheckedClient } from '../../support/checked-client.ts';
import { type Crm, startCrm } from '../../support/crm.ts';

/** The server under test, as somebody who may do everything. */
export interface World {
  crm: Crm;
  admin: CheckedClient;
  pipelines: readonly Pipeline[];
  reasons: Record<PipelineEntity, string>;
}

export const paths = { lead: 'leads', opportunity: 'opportunities' } as const;

/** Two pipelines of each kind; the second one asks why records are lost. */
export async function startWorld(): Promise<World> {
  const crm = await startCrm();
  const admin = await crm.as('admin');
  const reasons = { lead: '', opportunity: '' };
  for (const entity of ['lead', 'opportunity'] as const) {
    const made = await admin.post('/pipelines', { entity, name: `Second of ${entity}`, asksLostReason: true });
    expect(made.status).toBe(201);
    const { items } = (await admin.get<{ items: { id: string }[] }>(`/lost-reasons?entity=${entity}`)).body;
    reasons[entity] = items[0]?.id ?? '';
  }
  const { items: pipelines } = (await admin.get<{ items: Pipeline[] }>('/pipelines')).body;
  return { crm, admin, pipelines, reasons };
}

/** A stage with what its pipeline asks for. */
export interface Place extends Stage {
  pipelineId: string;
  asksLostReason: boolean;
}

export const placesOf = ({ pipelines }: World, entity: PipelineEntity): Place[] =>
  pipelines
    .filter((pipeline) => pipeline.entity === entity)
    .flatMap(({ id, asksLostReason, stages }) =>
      stages.map((stage) => ({ ...stage, pipelineId: id, asksLostReason: asksLostReason && stage.kind === 'lost' })),
    );

export function placeOf(world: World, entity: PipelineEntity, stageId: string): Place {
  const place = placesOf(world, entity).find(({ id }) => id === stageId);
  if (!place) throw new Error(`no stage ${stageId} of ${entity}`);
  return place;
}

/** All that commands change. */
const CHANGED = [
  ...['lead', 'opportunity', 'account', 'contact', 'sale', 'stage_event', 'conversion', 'merge', 'task', 'activity'],
  ...['attachment', 'attachment_chunk', 'tag', 'audit_entry', 'outbox'],
];

export const emptyStore = ({ crm }: World): Promise<unknown> =>
  crm.database.execScript(CHANGED.map((table) => `delete from ${table}`).join('; '));

/** One text that differs when any row of the records and what hangs on them does. */
export async function fingerprint({ crm }: World): Promise<string> {
  const parts = CHANGED.map(
    (table) =>
      `select '${table} ' || count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as part from ${table} t`,
  );
  const { rows } = await crm.database.executeSql(parts.join(' union all '));
  return (rows as { part: string }[]).map(({ part }) => part).join('\n');
}
