import { describe, expect, it } from 'vitest';
import type { BoardCards } from '../../../../../backend/contracts/boards.ts';
import { shiftDay } from '../../../../../widgets/elements/kanban/tools/bar.ts';
import { withNews } from '../../../../../widgets/elements/kanban/tools/news.ts';
import { boardWith, cardOf, shapeOf } from '../model/sample.ts';

const EUR = (amount: string) => ({ amount, currency: 'EUR' });
const newsOf = (cards: [stageId: string, id: string, position: number][]): BoardCards => ({
  cards: cards.map(([stageId, id, position]) => ({ stageId, card: { ...cardOf(id), position } })),
  columns: ['A', 'B'].map((stageId) => ({ stageId, count: 9, value: EUR('9.00'), weighted: EUR('4.50'), rotting: 1 })),
  asOf: '2026-02-01T00:00:00Z',
});
/** Cards a, b, c at the positions 10, 20, 30; x at 10. */
const board = () => {
  const made = boardWith({ A: ['a', 'b', 'c'], B: ['x'] });
  for (const { cards } of made.columns) for (const [index, card] of cards.entries()) card.position = 10 * (index + 1);
  return made;
};

describe('news of a board', () => {
  it('moves a card to its place in the other column, with the totals of all', () => {
    const now = withNews(board(), new Set(['b']), newsOf([['B', 'b', 5]]));
    expect(shapeOf(now)).toEqual({ A: ['a', 'c'], B: ['b', 'x'] });
    expect(now.columns[0]).toMatchObject({ count: 9, value: EUR('9.00'), weighted: EUR('4.50'), rotting: 1 });
    expect(now.asOf).toBe('2026-02-01T00:00:00Z');
  });

  it('adds new cards, replaces changed ones and drops those that left', () => {
    const now = withNews(
      board(),
      new Set(['a', 'c', 'n']),
      newsOf([
        ['A', 'n', 25],
        ['A', 'c', 15],
      ]),
    );
    expect(shapeOf(now)).toEqual({ A: ['c', 'b', 'n'], B: ['x'] });
  });

  it('leaves a card that belongs below what is loaded to its page', () => {
    const cut = board();
    for (const column of cut.columns) column.nextCursor = 'more';
    expect(shapeOf(withNews(cut, new Set(['b', 'n']), newsOf([['A', 'n', 99]])))).toEqual({ A: ['a', 'c'], B: ['x'] });
  });

  it('told twice is told once', () => {
    const news = newsOf([['B', 'b', 50]]);
    const once = withNews(board(), new Set(['b']), news);
    expect(withNews(once, new Set(['b']), news)).toEqual(once);
  });
});

describe('a day earlier or later', () => {
  it('knows months and leap years', () => {
    expect(shiftDay('2028-03-01', -1)).toBe('2028-02-29');
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01');
  });
});
