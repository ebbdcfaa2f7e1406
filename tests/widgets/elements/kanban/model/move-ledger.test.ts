import { describe, expect, it } from 'vitest';
import { findCard } from '../../../../../widgets/elements/kanban/model/board.ts';
import {
  boardOf,
  confirmMove,
  markSending,
  nextToSend,
  openLedger,
  refuseMove,
  requestMove,
} from '../../../../../widgets/elements/kanban/model/move-ledger.ts';
import { fc } from '../../../../support/fast-check.ts';
import { boardWith, shapeOf } from './sample.ts';

const board = boardWith({ new: ['a', 'b', 'c'], open: ['x'], won: [] });
const start = openLedger(board);

describe('a move', () => {
  it('shows at once and stays once confirmed, with the new version', () => {
    const requested = requestMove(start, 'k1', { cardId: 'a', stageId: 'won' }, {});
    expect(shapeOf(boardOf(requested)).won).toEqual(['a']);
    expect(shapeOf(requested.base).won).toEqual([]);
    const confirmed = confirmMove(markSending(requested, 'k1'), 'k1', { version: 7 });
    expect(confirmed.entries).toEqual([]);
    expect(shapeOf(confirmed.base).won).toEqual(['a']);
    expect(findCard(confirmed.base, 'a')?.card.version).toBe(7);
  });

  it('rolls back to the exact board before it when refused', () => {
    const requested = markSending(requestMove(start, 'k1', { cardId: 'b', stageId: 'won' }, {}), 'k1');
    expect(boardOf(refuseMove(requested, 'k1'))).toEqual(board);
  });

  it('rolls back alone: moves of other cards stay', () => {
    let ledger = requestMove(start, 'k1', { cardId: 'a', stageId: 'won' }, {});
    ledger = requestMove(ledger, 'k2', { cardId: 'b', stageId: 'open', after: 'x' }, {});
    ledger = refuseMove(ledger, 'k1');
    expect(shapeOf(boardOf(ledger))).toEqual({ new: ['a', 'c'], open: ['x', 'b'], won: [] });
  });

  it('takes later moves of the same card with it when refused', () => {
    let ledger = requestMove(start, 'k1', { cardId: 'a', stageId: 'open' }, {});
    ledger = requestMove(ledger, 'k2', { cardId: 'a', stageId: 'won' }, {});
    expect(boardOf(refuseMove(markSending(ledger, 'k1'), 'k1'))).toEqual(board);
  });

  it('stays refused when the answer comes twice', () => {
    const ledger = refuseMove(requestMove(start, 'k1', { cardId: 'a', stageId: 'open' }, {}), 'k1');
    expect(refuseMove(ledger, 'k1')).toBe(ledger);
  });
});

describe('sending', () => {
  it('sends moves of one card one after the other, each with the version the last one made', () => {
    let ledger = requestMove(start, 'k1', { cardId: 'a', stageId: 'open' }, {});
    ledger = requestMove(ledger, 'k2', { cardId: 'a', stageId: 'won' }, {});
    expect(nextToSend(ledger)).toMatchObject({ entry: { key: 'k1' }, version: 1 });
    ledger = markSending(ledger, 'k1');
    expect(nextToSend(ledger)).toBeNull();
    ledger = confirmMove(ledger, 'k1', { version: 2 });
    expect(nextToSend(ledger)).toMatchObject({ entry: { key: 'k2' }, version: 2 });
  });

  it('sends moves of different cards into different stages side by side', () => {
    let ledger = markSending(requestMove(start, 'k1', { cardId: 'a', stageId: 'open' }, {}), 'k1');
    ledger = requestMove(ledger, 'k2', { cardId: 'b', stageId: 'won' }, {});
    expect(nextToSend(ledger)).toMatchObject({ entry: { key: 'k2' }, version: 1 });
  });

  it('holds a move back until the card it goes after is there', () => {
    let ledger = markSending(requestMove(start, 'k1', { cardId: 'a', stageId: 'open' }, {}), 'k1');
    ledger = requestMove(ledger, 'k2', { cardId: 'b', stageId: 'open', after: 'a' }, {});
    expect(nextToSend(ledger)).toBeNull();
    expect(nextToSend(confirmMove(ledger, 'k1', {}))).toMatchObject({ entry: { key: 'k2' } });
  });

  it('keeps the order on screen when answers come out of order', () => {
    let ledger = markSending(requestMove(start, 'k1', { cardId: 'a', stageId: 'won' }, {}), 'k1');
    ledger = markSending(requestMove(ledger, 'k2', { cardId: 'b', stageId: 'open', after: 'x' }, {}), 'k2');
    const onScreen = shapeOf(boardOf(ledger));
    ledger = confirmMove(ledger, 'k2', { version: 5 });
    expect(shapeOf(boardOf(ledger))).toEqual(onScreen);
    ledger = confirmMove(ledger, 'k1', { version: 5 });
    expect(shapeOf(ledger.base)).toEqual(onScreen);
    expect(ledger.entries).toEqual([]);
  });

  it('keeps every card and ends on the base, whatever is confirmed or refused in whatever order', () => {
    const ids = ['a', 'b', 'c', 'x'];
    const action = fc.record({
      cardId: fc.constantFrom(...ids),
      stageId: fc.constantFrom('new', 'open', 'won'),
      succeeds: fc.boolean(),
      answersFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 15 }), (actions) => {
        let ledger = start;
        const onTheWay: { key: string; succeeds: boolean }[] = [];
        const outcome = new Map(actions.map((each, index) => [`k${index}`, each.succeeds]));
        const pump = () => {
          for (let next = nextToSend(ledger); next; next = nextToSend(ledger)) {
            ledger = markSending(ledger, next.entry.key);
            onTheWay.push({ key: next.entry.key, succeeds: outcome.get(next.entry.key) ?? false });
          }
        };
        const answer = () => {
          const sent = onTheWay.pop();
          if (!sent) return;
          ledger = sent.succeeds ? confirmMove(ledger, sent.key, { version: 2 }) : refuseMove(ledger, sent.key);
        };
        for (const [index, { cardId, stageId, answersFirst }] of actions.entries()) {
          if (answersFirst) answer();
          ledger = requestMove(ledger, `k${index}`, { cardId, stageId }, {});
          pump();
          expect(
            Object.values(shapeOf(boardOf(ledger)))
              .flat()
              .sort(),
          ).toEqual(ids);
        }
        while (onTheWay.length > 0) {
          answer();
          pump();
        }
        expect(ledger.entries).toEqual([]);
        expect(boardOf(ledger)).toBe(ledger.base);
      }),
    );
  });
});
