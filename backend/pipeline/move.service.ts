import { type Actor, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { StageMove } from '../contracts/pipelines.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError, stale } from '../http/index.ts';
import { findObstacle, type MoveObstacle, moveCard, respaceStage } from './move.repository.ts';
import { findRecord, type RecordJson } from './record.repository.ts';
import type { RecordKind } from './record-kind.ts';

export interface MoveRequest {
  id: string;
  move: StageMove;
  version: number | null;
}

/** What entering or leaving a won stage means for a kind of record; each runs its own transaction. */
export interface WonTransitions {
  enterWon(actor: Actor, request: MoveRequest): Promise<RecordJson>;
  leaveWon(actor: Actor, request: MoveRequest): Promise<RecordJson>;
}

/** Moves records between stages by the rules of their pipeline. */
export interface MoveService {
  move(actor: Actor, request: MoveRequest): Promise<RecordJson>;
}

export function createMoveService(kind: RecordKind, deps: Dependencies, transitions: WonTransitions): MoveService {
  const { database, clock, config } = deps;

  async function attempt(actor: Actor, request: MoveRequest, isRetry: boolean): Promise<RecordJson> {
    const scope = scopeOf(actor.principal, kind.write);
    const today = businessDay(clock(), config.timeZone);
    const moved = await moveCard(database.sql, kind, scope, actor, { ...request, today });
    if (moved) return moved;
    const obstacle = await findObstacle(database.sql, kind, scope, actor.principal, request);
    if (!obstacle) throw await refusalFor(actor, request.id);
    refuse(obstacle, request);
    if (obstacle.isCramped) {
      if (isRetry) throw stale(kind.entity);
      await respaceStage(database.sql, kind, request.move.stageId);
      return attempt(actor, request, true);
    }
    if (obstacle.targetKind === 'won' && obstacle.stageKind !== 'won') return transitions.enterWon(actor, request);
    if (obstacle.targetKind !== 'won' && obstacle.stageKind === 'won') return transitions.leaveWon(actor, request);
    const reordered = await moveCard(database.sql, kind, scope, actor, {
      ...request,
      today,
      allowWon: obstacle.targetKind === 'won',
    });
    if (!reordered) throw stale(kind.entity);
    return reordered;
  }

  async function refusalFor(actor: Actor, id: string): Promise<ProblemError> {
    const visible = await findRecord(database.sql, kind, scopeOf(actor.principal, kind.read), id);
    return visible ? forbidden(`move this ${kind.entity}`) : notFound(kind.entity);
  }

  function refuse(obstacle: MoveObstacle, { id, move, version }: MoveRequest): void {
    const side = move.before ? '/before' : '/after';
    if ((move.before ?? move.after) === id) throw invalid(side, 'must be another card');
    if (version !== null && version !== obstacle.version) throw stale(kind.entity);
    if (obstacle.targetKind === null) throw invalid('/stageId', `is not a stage of this ${kind.entity}'s pipeline`);
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

  return { move: (actor, request) => attempt(actor, request, false) };
}
