import { type Actor, EVERYTHING } from '../access/index.ts';
import type { StageEntry, StageMove } from '../contracts/moves.ts';
import { type SqlRunner, sql, type Tx } from '../db/index.ts';
import { type FieldProblem, invalid, notFound, ProblemError, problemsBelow } from '../http/index.ts';
import { findObstacle, type MoveObstacle } from './move.repository.ts';
import { findRecord } from './record.repository.ts';
import type { RecordKind } from './record-kind.ts';
import { type MissingField, missingFields } from './requirable-fields.ts';

/** A stage as far as what it asks for. */
interface AskingStage {
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
async function passGate(
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
const askingStage = (obstacle: MoveObstacle): AskingStage & { lostReasonId: string | null } => ({
  name: obstacle.targetName ?? '',
  kind: obstacle.targetKind ?? '',
  // Within its stage a card has been let in already.
  requiredFields: obstacle.isSameStage ? [] : obstacle.requiredFields,
  asksLostReason: obstacle.asksLostReason && !obstacle.isSameStage,
  lostReasonId: obstacle.lostReasonId,
});

/** @throws ProblemError saying what is wrong with where the card is to go */
function refuse(kind: RecordKind, obstacle: MoveObstacle, id: string, move: StageMove): void {
  const side = move.before ? '/before' : '/after';
  if ((move.before ?? move.after) === id) throw invalid(side, 'must be another card');
  if (obstacle.targetKind === null) throw invalid('/stageId', `is not a stage that a ${kind.entity} can be in`);
  if (obstacle.onlyTo) throw notAllowed(obstacle, obstacle.onlyTo);
  if (obstacle.anchorFound === false) {
    throw new ProblemError(
      'conflict',
      'The card you dropped it next to has moved to another column. Look at the board again and repeat the move.',
      {
        errors: [{ pointer: side, message: 'is not in this stage any more' }],
      },
    );
  }
}

function notAllowed({ stageName, targetName }: MoveObstacle, onlyTo: readonly string[]): ProblemError {
  const way = onlyTo.length === 0 ? 'cards stay there' : `cards go only to: ${onlyTo.join(', ')}`;
  return new ProblemError('transition_not_allowed', `From ${stageName} ${way}.`, {
    errors: [{ pointer: '/stageId', message: `${targetName} can't be reached from ${stageName}` }],
  });
}

/**
 * Whether a record that the caller has locked may go where it is sent; sets the fields that are sent along. Answers the
 * kinds of its stage and of the one it goes to.
 *
 * @throws ProblemError 409, 422; `stage_requirements` names everything that is still missing
 */
export async function openGate(
  tx: Tx,
  kind: RecordKind,
  writer: FieldWriter,
  actor: Actor,
  { id, move }: { id: string; move: StageMove },
): Promise<{ from: string; to: string }> {
  const obstacle = await findObstacle(tx.sql, kind, EVERYTHING, actor.principal, { id, move });
  if (!obstacle) throw notFound(kind.entity);
  refuse(kind, obstacle, id, move);
  await passGate(tx, kind, writer, actor, id, askingStage(obstacle), move);
  return { from: obstacle.stageKind, to: obstacle.targetKind ?? obstacle.stageKind };
}
