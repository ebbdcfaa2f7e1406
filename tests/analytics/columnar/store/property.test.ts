import { describe, expect, it } from 'vitest';
import type { Changes, ColumnStore, SaleRow } from '../../../../backend/analytics/engines/columnar/store/contract.ts';
import { createStore, storeFromBytes } from '../../../../backend/analytics/engines/columnar/store/store.ts';
import { fc } from '../../../support/fast-check.ts';
import { applyToModel, expectedTable, inOrder, type Model } from './model.ts';
import { someChanges, someFacts, someQuestion } from './random.ts';

function loaded(model: Model): ColumnStore {
  const store = createStore();
  for (const row of model.sales) store.load.sale(row);
  for (const row of model.customers) store.load.customer(row);
  for (const row of model.leads) store.load.lead(row);
  for (const row of model.opportunities) store.load.opportunity(row);
  for (const row of model.spend) store.load.spend(row);
  store.load.finish();
  return store;
}

/** Sales that are there or come with the same change, each once. */
function leavingOf(sales: readonly SaleRow[], places: readonly number[]): SaleRow[] {
  const chosen = new Set(places.map((place) => place % Math.max(1, sales.length)));
  return sales.filter((_, index) => chosen.has(index));
}

describe('a column store', () => {
  it('answers like a plain list of the facts, after changes, compacting and from a file', () => {
    const step = fc.record({
      changes: someChanges,
      after: fc.constantFrom('nothing', 'compact', 'file'),
      questions: fc.array(someQuestion, { minLength: 3, maxLength: 6 }),
    });
    fc.assert(
      fc.property(someFacts, fc.array(someQuestion, { minLength: 3 }), fc.array(step), (facts, questions, steps) => {
        const model = { ...facts, sales: [...facts.sales] };
        let store = loaded(model);
        for (const question of questions) {
          expect(inOrder(store.table(question))).toEqual(inOrder(expectedTable(model, question)));
        }
        for (const { changes, after, questions: more } of steps) {
          const { joined, leaving, ...others } = changes;
          const left = leavingOf([...model.sales, ...joined], leaving);
          const all: Changes = { ...others, sales: { joined, left } };
          store.apply(all);
          applyToModel(model, all);
          if (after === 'compact') store.compact();
          if (after === 'file') store = storeFromBytes(store.toBytes().map((part) => part.slice()));
          for (const question of more) {
            expect(inOrder(store.table(question))).toEqual(inOrder(expectedTable(model, question)));
          }
          const { sales, customers, leads, opportunities, spend } = model;
          const rows = [sales, customers, leads, opportunities, spend].reduce((total, list) => total + list.length, 0);
          expect(store.size().rows).toBe(rows);
        }
      }),
      { numRuns: 150 },
    );
  });
});
