import { describe, expect, it } from 'vitest';
import { createStore } from '../../../../backend/analytics/engines/columnar/store/store.ts';
import { fc } from '../../../support/fast-check.ts';
import { emptyModel, expectedTable, inOrder } from './model.ts';
import { someFacts, someQuestion } from './random.ts';

/** Above what makes a segment keep totals of its months. */
const ROWS = 60_000;
const DAYS = 400;

describe('a column store of many sales', () => {
  it('answers from totals of months as from the rows themselves', () => {
    const few = someFacts.filter(({ sales }) => sales.length > 5);
    const filtered = fc
      .tuple(someQuestion, fc.constantFrom('region', 'team', 'product', null))
      .map(([question, only]) => ({
        ...question,
        measures: ['revenue', 'saleCount', 'units', 'costedRevenue', 'costedCount', 'cost'] as const,
        // One filter at most, mostly by what it is split by: that is what totals answer.
        filters: only === null ? {} : { [only]: question.filters[only] ?? [`${only} 1`, null] },
        by: question.by === null || only === null ? question.by : only,
        grain: question.grain === 'day' || question.grain === 'week' ? ('month' as const) : question.grain,
      }));
    fc.assert(
      fc.property(few, fc.array(filtered, { minLength: 5, maxLength: 8 }), ({ sales }, questions) => {
        const store = createStore();
        const model = emptyModel();
        for (let row = 0; row < ROWS; row++) {
          const like = sales[row % sales.length];
          if (!like) throw new Error('there are no sales');
          const sale = { ...like, day: like.day + (row % DAYS) };
          model.sales.push(sale);
          store.load.sale(sale);
        }
        store.load.finish();
        for (const question of questions) {
          expect(inOrder(store.table(question))).toEqual(inOrder(expectedTable(model, question)));
        }
      }),
      { numRuns: 4 },
    );
  });
});
