import type { Board, Card } from '../../../../backend/contracts/boards.ts';
import { applyMove, type CardMove, findCard } from './board.ts';

/**
 * The moves that the viewer made and the board they stand on. What is on screen is always
 * `base` with the entries applied in order, so rolling one back is forgetting it, whatever else is under way.
 */
export interface MoveLedger {
  /** What the server last confirmed. */
  readonly base: Board;
  readonly entries: readonly LedgerEntry[];
}

/** One move: waiting for an earlier move of the same card, on its way, or confirmed but not yet folded in. */
export interface LedgerEntry {
  /** Identifies the move; sent as its Idempotency-Key. */
  readonly key: string;
  readonly move: CardMove;
  readonly state: 'waiting' | 'sending' | 'confirmed';
  /** Fields of the card as they are once moved. */
  readonly patch: Partial<Card>;
}

/** A ledger without moves. */
export const openLedger = (base: Board): MoveLedger => ({ base, entries: [] });

/** The board to show. */
export function boardOf(ledger: MoveLedger): Board {
  return ledger.entries.reduce((board, entry) => applyMove(board, entry.move, entry.patch), ledger.base);
}

/** The move shows at once; `patch` is what is known to change with it. */
export function requestMove(ledger: MoveLedger, key: string, move: CardMove, patch: Partial<Card>): MoveLedger {
  return { ...ledger, entries: [...ledger.entries, { key, move, patch, state: 'waiting' }] };
}

/**
 * The first move that may go out, with the version to send. Moves of one card go one after the other, as
 * each needs the version that the one before it made; so do moves into one stage, as a card may be put after
 * one that the server doesn't have there yet. All others go side by side.
 */
export function nextToSend(ledger: MoveLedger): { entry: LedgerEntry; version: number } | null {
  const busy = new Set<string>();
  for (const [index, entry] of ledger.entries.entries()) {
    const { cardId, stageId } = entry.move;
    if (entry.state === 'waiting' && !busy.has(cardId) && !busy.has(stageId)) {
      const before = boardOf({ base: ledger.base, entries: ledger.entries.slice(0, index) });
      const place = findCard(before, cardId);
      if (place) return { entry, version: place.card.version };
    }
    if (entry.state !== 'confirmed') busy.add(cardId).add(stageId);
  }
  return null;
}

/** The move is on its way. */
export function markSending(ledger: MoveLedger, key: string): MoveLedger {
  return {
    ...ledger,
    entries: ledger.entries.map((entry) => (entry.key === key ? { ...entry, state: 'sending' } : entry)),
  };
}

/** The server took the move; `patch` is what its answer says of the card. */
export function confirmMove(ledger: MoveLedger, key: string, patch: Partial<Card>): MoveLedger {
  const entries = ledger.entries.map((entry) =>
    entry.key === key ? { ...entry, state: 'confirmed' as const, patch: { ...entry.patch, ...patch } } : entry,
  );
  return fold({ ...ledger, entries });
}

/** The server refused the move: it is forgotten, and later moves of the same card, which built on it, too. */
export function refuseMove(ledger: MoveLedger, key: string): MoveLedger {
  const at = ledger.entries.findIndex((entry) => entry.key === key);
  const cardId = ledger.entries[at]?.move.cardId;
  const entries = ledger.entries.filter((entry, index) => index < at || entry.move.cardId !== cardId);
  return at < 0 ? ledger : fold({ ...ledger, entries });
}

/** The ledger on a newer base, such as a further page. */
export const rebase = (ledger: MoveLedger, change: (base: Board) => Board): MoveLedger => ({
  ...ledger,
  base: change(ledger.base),
});

// Confirmed moves enter the base in the order in which they were made: one may stand "after" a card
// that an earlier move, still on its way, brought there.
function fold(ledger: MoveLedger): MoveLedger {
  const open = ledger.entries.findIndex((entry) => entry.state !== 'confirmed');
  const end = open < 0 ? ledger.entries.length : open;
  return {
    base: boardOf({ base: ledger.base, entries: ledger.entries.slice(0, end) }),
    entries: ledger.entries.slice(end),
  };
}
