import { type Actor, anyRecord, type Reach, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { StageMove } from '../contracts/moves.ts';
import type { Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { stale } from '../http/index.ts';
import { findObstacle, respaceStage } from './move.repository.ts';
import { placeCard } from './place-card.ts';
import type { RecordJson } from './record.repository.ts';
import type { RecordService } from './record.service.ts';
import type { RecordKind } from './record-kind.ts';
import { type FieldWriter, openGate } from './stage-gate.ts';

export interface MoveRequest {
  id: string;
  move: StageMove;
  /** the version the caller read; null: any */
  version: number | null;
}

/**
 * What entering or leaving a won stage means for a kind of record, inside the transaction of the move: the record is
 * locked and has what the stage asks for.
 */
export interface WonTransitions {
  enterWon(tx: Tx, actor: Actor, request: MoveRequest): Promise<RecordJson>;
  leaveWon(tx: Tx, actor: Actor, request: MoveRequest): Promise<RecordJson>;
}

/** Moves records between stages by the rules of their pipelines. */
export interface MoveService {
  /** @throws ProblemError 403, 404, 409, 412, 422; `stage_requirements` names everything that the stage asks for */
  move(actor: Actor, request: MoveRequest): Promise<RecordJson>;
  /** The same inside a transaction of the caller's. */
  moveIn(tx: Tx, actor: Actor, request: MoveRequest): Promise<RecordJson>;
}

const saysMore = ({ fields, lostReasonId, lostNote }: StageMove): boolean =>
  fields !== undefined || lostReasonId !== undefined || lostNote !== undefined;

export function createMoveService(
  kind: RecordKind,
  deps: Dependencies,
  records: FieldWriter & Pick<RecordService<never, never>, 'lock'>,
  transitions: WonTransitions,
): MoveService {
  const { database, clock, config } = deps;

  const place = (
    tx: Pick<Tx, 'sql' | 'afterCommit'>,
    reach: Reach,
    actor: Actor,
    request: MoveRequest,
    isCleared: boolean,
  ) =>
    placeCard(tx, deps.changes, kind, reach, actor, {
      ...request,
      today: businessDay(clock(), config.timeZone),
      isCleared,
    });
  const writable = ({ principal }: Actor): Reach => scopeOf(principal, kind.write);

  async function gatedMove(tx: Tx, actor: Actor, request: MoveRequest): Promise<RecordJson> {
    const { id, move, version } = request;
    await records.lock(tx, actor, id, version);
    const { from, to } = await openGate(tx, kind, records, actor, { id, move });
    const cleared = { ...request, version: null };
    if (to === 'won' && from !== 'won') return transitions.enterWon(tx, actor, cleared);
    if (to !== 'won' && from === 'won') return transitions.leaveWon(tx, actor, cleared);
    // What was sent along may have given it to somebody out of the mover's reach.
    const moved = await place(tx, anyRecord(actor.principal), actor, cleared, true);
    if (!moved) throw stale(kind.entity);
    return moved;
  }

  return {
    async move(actor, request) {
      if (!saysMore(request.move)) {
        const free = await place(
          { sql: database.sql, afterCommit: (work) => work() },
          writable(actor),
          actor,
          request,
          false,
        );
        if (free) return free;
      }
      await makeRoom(actor, request);
      return database.transaction((tx) => gatedMove(tx, actor, request));
    },
    async moveIn(tx, actor, request) {
      const free = saysMore(request.move) ? undefined : await place(tx, writable(actor), actor, request, false);
      return free ?? gatedMove(tx, actor, request);
    },
  };

  /** Outside of any transaction: whoever holds one card while waiting for a whole column waits for others who do. */
  async function makeRoom(actor: Actor, request: MoveRequest): Promise<void> {
    const { before, after, stageId } = request.move;
    if (!(before ?? after)) return;
    const obstacle = await findObstacle(database.sql, kind, writable(actor), actor.principal, request);
    if (obstacle?.isCramped) await respaceStage(database.sql, kind, stageId);
  }
}
