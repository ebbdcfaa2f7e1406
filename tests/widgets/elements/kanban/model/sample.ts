import type { Board, BoardColumn, Card } from '../../../../../backend/contracts/boards.ts';

/** A card worth `value` euros (null: no value). */
export const cardOf = (id: string, value: string | null = '100.00', currency = 'EUR'): Card => ({
  id,
  title: `Card ${id}`,
  subtitle: null,
  value: value === null ? null : { amount: value, currency },
  owner: null,
  score: null,
  position: 0,
  stageSince: '2026-01-01T00:00:00Z',
  dueOn: null,
  version: 1,
  canMove: true,
});

/** A column named `id` with the given cards and the totals they make (euros). */
export const columnOf = (id: string, cards: Card[]): BoardColumn => ({
  stage: {
    id,
    name: id,
    kind: 'open',
    probability: 0.5,
    position: 0,
    colour: 'grey',
    wipLimit: null,
    rottingDays: null,
    requiredFields: [],
    limitsNext: false,
    nextStageIds: [],
    archivedAt: null,
  },
  count: cards.length,
  value: {
    amount: cards.reduce((sum, card) => sum + Number(card.value?.amount ?? 0), 0).toFixed(2),
    currency: 'EUR',
  },
  weighted: { amount: '0.00', currency: 'EUR' },
  rotting: 0,
  cards,
  nextCursor: null,
});

/** A board from stage names and their card ids. */
export const boardWith = (stages: Record<string, string[]>): Board => ({
  pipeline: { id: 'p', entity: 'opportunity', name: 'Sales' },
  columns: Object.entries(stages).map(([stage, ids]) =>
    columnOf(
      stage,
      ids.map((id) => cardOf(id)),
    ),
  ),
  asOf: '2026-01-31T10:00:00Z',
});

/** Stage names and card ids of a board, to compare with. */
export const shapeOf = (board: Board): Record<string, string[]> =>
  Object.fromEntries(board.columns.map((column) => [column.stage.id, column.cards.map((card) => card.id)]));
