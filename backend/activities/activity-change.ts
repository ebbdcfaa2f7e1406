import type { Actor } from '../access/index.ts';
import { raw, type SqlRunner, sql } from '../db/index.ts';
import { madeBy, type RecordChange, type RecordChangeKind, type RecordPlace } from '../notify/index.ts';
import type { RecordRef } from './activity.repository.ts';

/** The change of a record on which something was written down; the record itself stays as it is. */
export async function changeOf(
  runner: SqlRunner,
  actor: Actor,
  { type, id }: RecordRef,
  kind: RecordChangeKind,
): Promise<RecordChange> {
  const hasStage = type === 'lead' || type === 'opportunity';
  const place = await runner.first<RecordPlace>(sql`
    select ${raw(hasStage ? 'r.pipeline_id::text' : 'null')} as "pipelineId",
      ${raw(hasStage ? 'r.stage_id::text' : 'null')} as "stageId",
      r.owner_id::text as "ownerId", r.team_id::text as "teamId"
    from ${raw(type)} r where r.id = ${id}::uuid`);
  const stands = place ?? null;
  return { entity: type, id, kind, fields: [], before: stands, after: stands, ...madeBy(actor) };
}
