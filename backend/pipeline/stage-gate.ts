import { type Actor, EVERYTHING } from '../access/index.ts';
import type { StageEntry } from '../contracts/moves.ts';
import { type SqlRunner, sql, type Tx } from '../db/index.ts';
import { type FieldProblem, invalid, notFound, ProblemError, problemsBelow } from '../http/index.ts';
import type { MoveObstacle } from './move.repository.ts';
import { findRecord } from './record.repository.ts';
import type { RecordKind } from './record-kind.ts';
import { type MissingField, missingFields } from './requirable-fields.ts';

/** A stage as far as what it asks for. */
export interface AskingStage {
  name: string;
  kind: string;
  requiredFields: readonly string[];
  asksLostReason: boolean;
}

/** Writes what is sent along with a move. */
export interface FieldWriter {
  updateIn(tx: Tx, actor: Actor, id: string, input: never, version: number | null): Promise<unknown>;
}

const stageRequirements = (stage: AskingStage, errors: readonly (FieldProblem & { label: string })[]): ProblemError =>
  new ProblemError('stage_requirements', `${stage.name} asks for: ${errors.map(({ label }) => label).join(', ')}.`, {
    errors: errors.map(({ pointer, message }) => ({ pointer, message })),
  });

/** @throws ProblemError `stage_requirements` naming every field that a record must have on entry and has not */
export async function refuseIncomplete(
  runner: SqlRunner,
  { principal }: Actor,
  kind: RecordKind,
  stage: AskingStage,
  recordJson: string,
): Promise<void> {
  const missing = await missingFields(runner, principal, kind.entity, recordJson, stage.requiredFields);
  if (missing.length > 0) throw stageRequirements(stage, missing.map(asked(stage, '')));
}

const asked =
  (stage: AskingStage, below: string) =>
  ({ pointer, label }: MissingField) => ({
    pointer: below + pointer,
    label,
    message: `is asked for by ${stage.name}`,
  });

/**
 * Lets a locked record into a stage: sets the fields that are sent along, then refuses, with everything that is still
 * missing, when the stage asks for more. `lostReasonId`: the reason the record has already.
 */
export async function passGate(
  tx: Tx,
  kind: RecordKind,
  writer: FieldWriter,
  actor: Actor,
  id: string,
  stage: AskingStage & { lostReasonId: string | null },
  entry: StageEntry,
): Promise<void> {
  const { fields } = entry;
  if (fields && Object.keys(fields).length > 0) {
    await problemsBelow('/fields', writer.updateIn(tx, actor, id, fields as never, null));
  }
  await checkLostReason(tx.sql, kind, stage, entry);
  const record = await findRecord(tx.sql, kind, EVERYTHING, id);
  if (!record) throw notFound(kind.entity);
  const missing = await missingFields(tx.sql, actor.principal, kind.entity, record.json, stage.requiredFields);
  const errors = missing.map(asked(stage, '/fields'));
  const isUnexplained = stage.kind === 'lost' && stage.asksLostReason && !(entry.lostReasonId ?? stage.lostReasonId);
  if (isUnexplained) errors.push({ pointer: '/lostReasonId', label: 'the reason', message: 'say why it is lost' });
  if (errors.length > 0) throw stageRequirements(stage, errors);
}

async function checkLostReason(
  runner: SqlRunner,
  kind: RecordKind,
  stage: AskingStage,
  { lostReasonId, lostNote }: StageEntry,
): Promise<void> {
  if (stage.kind !== 'lost') {
    if (lostReasonId !== undefined) throw invalid('/lostReasonId', 'is only for a lost stage');
    if (lostNote !== undefined) throw invalid('/lostNote', 'is only for a lost stage');
  } else if (lostReasonId !== undefined) {
    const reason = await runner.first(sql`
      select 1 from lost_reason where id = ${lostReasonId}::uuid and entity = ${kind.entity} and archived_at is null`);
    if (!reason) throw invalid('/lostReasonId', 'is no reason to choose');
  }
}

/** The stage a move leads into, as its gate reads it. */
export const askingStage = (obstacle: MoveObstacle): AskingStage & { lostReasonId: string | null } => ({
  name: obstacle.targetName ?? '',
  kind: obstacle.targetKind ?? '',
  // Within its stage a card has been let in already.
  requiredFields: obstacle.isSameStage ? [] : obstacle.requiredFields,
  asksLostReason: obstacle.asksLostReason && !obstacle.isSameStage,
  lostReasonId: obstacle.lostReasonId,
});
