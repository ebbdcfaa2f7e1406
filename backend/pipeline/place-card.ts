import type { Actor, Reach } from '../access/index.ts';
import type { SqlRunner } from '../db/index.ts';
import { type ChangeListener, madeBy } from '../notify/index.ts';
import { type MoveInput, moveCard } from './move.repository.ts';
import type { RecordJson } from './record.repository.ts';
import type { RecordKind } from './record-kind.ts';

/** A transaction, or a runner whose statement commits by itself. */
interface Place {
  sql: SqlRunner;
  afterCommit(work: () => void): void;
}

/**
 * Moves a card (see `moveCard`, which also notes it for rules) and tells open pages once that is committed. Undefined
 * when anything stood in the way.
 */
export async function placeCard(
  { sql, afterCommit }: Place,
  listener: ChangeListener | undefined,
  kind: RecordKind,
  reach: Reach,
  actor: Actor,
  input: MoveInput,
): Promise<RecordJson | undefined> {
  const moved = await moveCard(sql, kind, reach, actor, input);
  if (!moved) return undefined;
  const { json, version, fromPipelineId, fromStageId, pipelineId, stageId, ownerId, teamId } = moved;
  afterCommit(() =>
    listener?.announce({
      entity: kind.entity,
      id: input.id,
      kind: 'moved',
      fields: fromStageId === stageId ? ['position'] : ['stage'],
      before: { pipelineId: fromPipelineId, stageId: fromStageId, ownerId, teamId },
      after: { pipelineId, stageId, ownerId, teamId },
      ...madeBy(actor),
    }),
  );
  return { json, version };
}
