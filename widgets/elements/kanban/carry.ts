import type { Board, Card } from '../../../backend/contracts/boards.ts';
import type { Stage } from '../../../backend/contracts/pipelines.ts';
import { type CardMove, findCard } from './model/board.ts';
import { placementAt } from './model/drop-target.ts';
import type { Spot } from './model/keyboard.ts';
import type { DragShape } from './model/windowing.ts';

/** A card from another lane, and the stage that it is in. */
export interface Guest {
  readonly card: Card;
  readonly stage: Stage;
}

/** A card that is held, by pointer or keyboard, and the gap it would fall into (null: outside the board). */
export interface Carry {
  readonly by: 'pointer' | 'keyboard';
  readonly cardId: string;
  readonly to: Spot | null;
  readonly guest?: Guest;
}

/** Picks a card up where it is. Null when it isn't on the board or may not be moved. */
export function pickUp(board: Board, cardId: string, by: Carry['by']): Carry | null {
  const place = findCard(board, cardId);
  if (!place?.card.canMove) return null;
  return { by, cardId, to: { column: place.column, row: place.index } };
}

/** The ids of a column's cards without the held one. */
function otherIds(board: Board, carry: Carry, column: number): string[] {
  const cards = board.columns[column]?.cards ?? [];
  return cards.filter((card) => card.id !== carry.cardId).map((card) => card.id);
}

/** How many gaps each column offers to the held card. */
export function gapsOf(board: Board, carry: Carry): number[] {
  const place = findCard(board, carry.cardId);
  return board.columns.map((column, index) => column.cards.length + (index === place?.column ? 0 : 1));
}

/** How the held card changes what column `column` looks like. Outside the board, its gap is where it came from. */
export function shapeIn(board: Board, carry: Carry | null, column: number): DragShape {
  const place = carry && findCard(board, carry.cardId);
  const to = place ? (carry.to ?? { column: place.column, row: place.index }) : carry?.guest && carry.to;
  const lifted = place?.column === column ? place.index : -1;
  const others = (board.columns[column]?.cards.length ?? 0) - (lifted < 0 ? 0 : 1);
  return { lifted, gap: to?.column === column ? Math.min(to.row, others) : -1 };
}

/** The move that letting go now makes; null outside the board. */
export function moveOf(board: Board, carry: Carry): CardMove | null {
  const column = carry.to && board.columns[carry.to.column];
  if (!carry.to || !column) return null;
  const placement = placementAt(otherIds(board, carry, carry.to.column), carry.to.row);
  return { cardId: carry.cardId, stageId: column.stage.id, ...placement };
}
