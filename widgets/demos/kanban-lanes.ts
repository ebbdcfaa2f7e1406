import type { Board, BoardLanes, Card } from '../../backend/contracts/boards.ts';
import { withTotals } from './kanban-sample.ts';

const bandOf = ({ score }: Card): string =>
  score === null ? 'none' : score >= 70 ? 'hot' : score >= 40 ? 'warm' : 'cold';
const ownerOf = ({ owner }: Card): string => owner?.id ?? 'nobody';
const keyOf = (card: Card, by: string): string => (by === 'owner' ? ownerOf(card) : by === 'score' ? bandOf(card) : '');

/** The board within the filters that the sample knows; of a past day, nothing can be moved. */
export function narrowed(board: Board, query: URLSearchParams): Board {
  const [owner, score, q, asOf] = ['owner', 'score', 'q', 'asOf'].map((name) => query.get(name));
  const isHot = query.getAll('quick').includes('hot');
  if (!owner && !score && !q && !asOf && !isHot) return board;
  const fits = (card: Card) =>
    (!owner || ownerOf(card) === owner) &&
    (!score || bandOf(card) === score) &&
    (!isHot || bandOf(card) === 'hot') &&
    (!q || card.title.toLowerCase().includes(q.toLowerCase()));
  const columns = board.columns.map(({ stage, cards }) => {
    const shown = cards.filter(fits).map((card) => (asOf ? { ...card, canMove: false } : card));
    return withTotals({ stage, cards: shown });
  });
  return { ...board, columns };
}

/** The lanes of the board. */
export function sampleLanes(board: Board, by: string): BoardLanes['items'] {
  const cards = board.columns.flatMap((column) => column.cards);
  const keys = [...new Set(cards.map((card) => keyOf(card, by)))].sort();
  return keys.map((key) => {
    const columns = board.columns.map(({ stage, cards: all }) =>
      withTotals({ stage, cards: all.filter((card) => keyOf(card, by) === key) }),
    );
    const sum = (of: 'value' | 'weighted') =>
      columns.reduce((total, column) => total + Number(column[of].amount), 0).toFixed(2);
    const named = cards.find((card) => ownerOf(card) === key)?.owner?.name;
    return {
      key,
      name: by === 'owner' ? (named ?? null) : key === 'none' || key === '' ? null : key,
      count: columns.reduce((total, { count }) => total + count, 0),
      value: { amount: sum('value'), currency: 'EUR' },
      weighted: { amount: sum('weighted'), currency: 'EUR' },
    };
  });
}
