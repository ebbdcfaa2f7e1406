import { describe, expect, it } from 'vitest';
import {
  appendPage,
  applyMove,
  type CardMove,
  findCard,
  isNoMove,
  needsServerTotals,
  returnMove,
} from '../../../../../widgets/elements/kanban/model/board.ts';
import { addMoney, sumMoney } from '../../../../../widgets/elements/kanban/model/totals.ts';
import { fc } from '../../../../support/fast-check.ts';
import { boardWith, cardOf, columnOf, shapeOf } from './sample.ts';

const board = boardWith({ new: ['a', 'b', 'c'], won: ['x'], lost: [] });

describe('applyMove', () => {
  it('puts the card after its neighbour and moves count and value with it', () => {
    const moved = applyMove(board, { cardId: 'b', stageId: 'won', after: 'x' }, { version: 2 });
    expect(shapeOf(moved)).toEqual({ new: ['a', 'c'], won: ['x', 'b'], lost: [] });
    expect(moved.columns.map((column) => [column.count, column.value.amount])).toEqual([
      [2, '200.00'],
      [2, '200.00'],
      [0, '0.00'],
    ]);
    expect(findCard(moved, 'b')?.card.version).toBe(2);
  });

  it('moves within a column without touching its totals', () => {
    const moved = applyMove(board, { cardId: 'a', stageId: 'new', after: 'c' });
    expect(shapeOf(moved).new).toEqual(['b', 'c', 'a']);
    expect(moved.columns[0]?.count).toBe(3);
    expect(moved.columns[0]?.value.amount).toBe('300.00');
  });

  it('puts the card on top when its neighbour is gone', () => {
    expect(shapeOf(applyMove(board, { cardId: 'a', stageId: 'won', after: 'gone' })).won).toEqual(['a', 'x']);
  });

  it('leaves the board alone when card or stage is unknown', () => {
    expect(applyMove(board, { cardId: 'nobody', stageId: 'won' })).toBe(board);
    expect(applyMove(board, { cardId: 'a', stageId: 'nowhere' })).toBe(board);
  });

  it('loses no card, counts right, is idempotent, and is undone by returnMove', () => {
    const ids = ['a', 'b', 'c', 'x'];
    const move = fc.record({
      cardId: fc.constantFrom(...ids),
      stageId: fc.constantFrom('new', 'won', 'lost'),
      after: fc.constantFrom(...ids),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), move, (moves, last) => {
        const start = moves.reduce((state, each) => applyMove(state, each as CardMove), board);
        const moved = applyMove(start, last);
        expect(Object.values(shapeOf(moved)).flat().sort()).toEqual(ids);
        for (const column of moved.columns) {
          expect(column.count).toBe(column.cards.length);
          expect(column.value.amount).toBe((column.cards.length * 100).toFixed(2));
        }
        const back = returnMove(start, last.cardId);
        expect(back && applyMove(moved, back)).toEqual(start);
        if (last.after !== last.cardId) expect(applyMove(moved, last)).toEqual(moved);
      }),
    );
  });
});

describe('isNoMove', () => {
  it('knows the place where the card already is', () => {
    expect(isNoMove(board, { cardId: 'b', stageId: 'new', after: 'a' })).toBe(true);
    expect(isNoMove(board, { cardId: 'a', stageId: 'new' })).toBe(true);
    expect(isNoMove(board, { cardId: 'b', stageId: 'new' })).toBe(false);
    expect(isNoMove(board, { cardId: 'b', stageId: 'won', after: 'x' })).toBe(false);
  });
});

describe('appendPage', () => {
  it('adds new cards once and takes the new cursor', () => {
    const page = { ...columnOf('new', [cardOf('c'), cardOf('d'), cardOf('x')]), count: 9, nextCursor: 'next' };
    const longer = appendPage(board, page);
    expect(shapeOf(longer)).toEqual({ new: ['a', 'b', 'c', 'd'], won: ['x'], lost: [] });
    expect(longer.columns[0]).toMatchObject({ count: 9, nextCursor: 'next' });
  });
});

describe('money', () => {
  it('adds decimal strings exactly, of any size and sign', () => {
    const euros = (amount: string) => ({ amount, currency: 'EUR' });
    expect(addMoney(euros('0.1'), euros('0.2'), 1)).toEqual(euros('0.3'));
    expect(addMoney(euros('99999999999999.9999'), euros('0.0001'), 1)).toEqual(euros('100000000000000.0000'));
    expect(addMoney(euros('1.00'), euros('3'), -1)).toEqual(euros('-2.00'));
    expect(addMoney(euros('-0.50'), euros('0.25'), 1)).toEqual(euros('-0.25'));
    expect(sumMoney([euros('1.10'), euros('2.20'), euros('3')])).toEqual(euros('6.30'));
    expect(sumMoney([])).toBeNull();
  });

  it('refuses to add two currencies', () => {
    expect(addMoney({ amount: '1', currency: 'EUR' }, { amount: '1', currency: 'USD' }, 1)).toBeNull();
    expect(needsServerTotals(board, cardOf('z', '5.00', 'USD'))).toBe(true);
    expect(needsServerTotals(board, cardOf('z', '5.00'))).toBe(false);
    expect(needsServerTotals(board, cardOf('z', null))).toBe(false);
  });
});
