import type { Board, BoardColumn, Card } from '../../../../backend/contracts/boards.ts';
import type { StageEntry } from '../../../../backend/contracts/moves.ts';
import type { Placement } from './drop-target.ts';
import { addMoney } from './totals.ts';

/** On the way into another lane of the board: its key, and the fields that put a card there. */
export interface Crossing {
  readonly lane: string;
  readonly fields: object;
  /** it takes an earlier crossing back */
  readonly isBack?: boolean;
}

/**
 * A card's move: into a stage, after a card of it or on top; with what was said because the stage asks for it. Each
 * lane has a board of its own: a crossing takes the card off one, and brings it, as `arriving`, to the other.
 */
export type CardMove = {
  cardId: string;
  stageId: string;
  entry?: StageEntry;
  crossing?: Crossing;
  arriving?: Card;
} & Placement;

/** Where a card is: its column's and its own index. */
export interface CardPlace {
  column: number;
  index: number;
  card: Card;
  stageId: string;
}

/** Finds a card among those loaded. */
export function findCard(board: Board, cardId: string): CardPlace | null {
  for (const [column, { cards, stage }] of board.columns.entries()) {
    const index = cards.findIndex((card) => card.id === cardId);
    const card = cards[index];
    if (card) return { column, index, card, stageId: stage.id };
  }
  return null;
}

/** The move that would bring a card back to where it is now. Null for a card that isn't loaded. */
export function returnMove(board: Board, cardId: string): CardMove | null {
  const place = findCard(board, cardId);
  if (!place) return null;
  const above = board.columns[place.column]?.cards[place.index - 1];
  return { cardId, stageId: place.stageId, ...(above ? { after: above.id } : {}) };
}

/** Whether `move` leaves the card where it is. */
export function isNoMove(board: Board, move: CardMove): boolean {
  const now = returnMove(board, move.cardId);
  return !move.crossing && now !== null && now.stageId === move.stageId && now.after === move.after;
}

const withTotals = (column: BoardColumn, card: Card, sign: 1 | -1): BoardColumn => ({
  ...column,
  count: Math.max(0, column.count + sign),
  value: (card.value && addMoney(column.value, card.value, sign)) ?? column.value,
});

/**
 * The board after `move`, counts and totals included; `patch` changes fields of the moved card. The same
 * object when card or stage is unknown. Applying it twice is applying it once. A neighbour that is gone
 * puts the card on top.
 */
export function applyMove(board: Board, move: CardMove, patch: Partial<Card> = {}): Board {
  const place = findCard(board, move.cardId);
  const held = place?.card ?? move.arriving;
  const target = board.columns.findIndex((column) => column.stage.id === move.stageId);
  if (!held || target < 0) return board;
  const leaves = move.crossing !== undefined && !move.arriving;
  const staysInColumn = target === place?.column && !leaves;
  const columns = board.columns.slice();
  if (place) {
    const from = columns[place.column] as BoardColumn;
    const remaining = { ...from, cards: from.cards.toSpliced(place.index, 1) };
    columns[place.column] = staysInColumn ? remaining : withTotals(remaining, place.card, -1);
  }
  if (!leaves) {
    const card = { ...held, ...patch };
    const to = columns[target] as BoardColumn;
    const above = move.after === undefined ? -1 : to.cards.findIndex((other) => other.id === move.after);
    const filled = { ...to, cards: to.cards.toSpliced(above + 1, 0, card) };
    columns[target] = staysInColumn ? filled : withTotals(filled, card, 1);
  }
  return { ...board, columns };
}

/** The board with a further page of a column. Cards that the board already shows keep their place. */
export function appendPage(board: Board, page: BoardColumn): Board {
  const known = new Set(board.columns.flatMap((column) => column.cards.map((card) => card.id)));
  return {
    ...board,
    columns: board.columns.map((column) =>
      column.stage.id === page.stage.id
        ? {
            ...column,
            count: page.count,
            value: page.value,
            cards: [...column.cards, ...page.cards.filter((card) => !known.has(card.id))],
            nextCursor: page.nextCursor,
          }
        : column,
    ),
  };
}

/** The board with the count and total value of a column as the server says. */
export function withServerTotals(board: Board, page: BoardColumn): Board {
  return {
    ...board,
    columns: board.columns.map((column) =>
      column.stage.id === page.stage.id ? { ...column, count: page.count, value: page.value } : column,
    ),
  };
}

/** Whether the totals after moving this card can only be known by asking the server (foreign currency). */
export function needsServerTotals(board: Board, card: Card): boolean {
  return card.value !== null && board.columns.some((column) => column.value.currency !== card.value?.currency);
}
