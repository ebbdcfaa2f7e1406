import type { Actor } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import { raw, type SqlRunner, sql } from '../db/index.ts';
import { type ChangeListener, madeBy, noteChange, type RecordPlace } from '../notify/index.ts';

/** Something happened around a record: rules and open pages hear of it, as of a change of the record itself. */
export async function noteAround(
  tx: { sql: SqlRunner; afterCommit?(work: () => void): void },
  listener: ChangeListener | undefined,
  actor: Actor,
  kind: 'activity' | 'task',
  record: { type: RecordType; id: string },
): Promise<void> {
  const place = await placeOf(tx.sql, record);
  await noteChange(tx, listener, {
    entity: record.type,
    id: record.id,
    kind,
    fields: [],
    before: place,
    after: place,
    ...madeBy(actor),
  });
}

async function placeOf(runner: SqlRunner, { type, id }: { type: RecordType; id: string }): Promise<RecordPlace | null> {
  const isInPipeline = type === 'lead' || type === 'opportunity';
  const stage = isInPipeline
    ? sql`r.pipeline_id::text as "pipelineId", r.stage_id::text as "stageId"`
    : sql`null as "pipelineId", null as "stageId"`;
  const place = await runner.first<RecordPlace>(sql`
    select ${stage}, r.owner_id::text as "ownerId", r.team_id::text as "teamId"
    from ${raw(type)} r where r.id = ${id}::uuid`);
  return place ?? null;
}
