import type { Board } from '../../../backend/contracts/boards.ts';
import { type Carry, gapsOf, pickUp } from './carry.ts';
import { findCard } from './model/board.ts';
import { isStepKey, type Spot, step } from './model/keyboard.ts';

/** What a key press on a card asks for. */
export type KeyIntent =
  | { kind: 'focus'; cardId: string }
  | { kind: 'pick'; carry: Carry }
  | { kind: 'refuse' }
  | { kind: 'carry'; carry: Carry }
  /** it is over another lane now, or (`to`: where) again over its own; `text` is read out */
  | { kind: 'beyond'; to: Spot | null; text: string }
  | { kind: 'drop' }
  | { kind: 'cancel' }
  | { kind: 'menu' }
  | { kind: 'undo' };

/**
 * What pressing a key on card `cardId` means; null when it means nothing here. `page` is the rows of a
 * screenful. While a card is carried, its keys move it instead of the focus.
 */
export function intentOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  state: { board: Board; cardId: string; carry: Carry | null; page: number },
): KeyIntent | null {
  const { key } = event;
  const { board, cardId, carry, page } = state;
  if ((event.ctrlKey || event.metaKey) && !event.altKey)
    return key.toLowerCase() === 'z' && !event.shiftKey && !carry ? { kind: 'undo' } : null;
  if (event.altKey) return null;
  if (carry?.by === 'keyboard') return carryIntent(key, board, carry, page);
  if (carry) return null;
  if (key === 'ContextMenu' || key === 'm' || key === 'M' || (key === 'F10' && event.shiftKey)) return { kind: 'menu' };
  if (key === ' ') {
    const picked = pickUp(board, cardId, 'keyboard');
    return picked ? { kind: 'pick', carry: picked } : { kind: 'refuse' };
  }
  const place = findCard(board, cardId);
  if (!isStepKey(key) || !place) return null;
  const rows = board.columns.map((column) => column.cards.length);
  const to = step(key, { column: place.column, row: place.index }, rows, page);
  const next = board.columns[to.column]?.cards[to.row];
  return next ? { kind: 'focus', cardId: next.id } : null;
}

function carryIntent(key: string, board: Board, carry: Carry, page: number): KeyIntent | null {
  if (key === 'Escape') return { kind: 'cancel' };
  if (key === ' ' || key === 'Enter') return { kind: 'drop' };
  if (!isStepKey(key) || !carry.to) return null;
  return { kind: 'carry', carry: { ...carry, to: step(key, carry.to, gapsOf(board, carry), page) } };
}
