import { describe, expect, it } from 'vitest';
import type { SaleRow } from '../../../../backend/analytics/engines/columnar/store/contract.ts';
import { createStore } from '../../../../backend/analytics/engines/columnar/store/store.ts';
import { fc } from '../../../support/fast-check.ts';
import { emptyModel, expectedTable, inOrder } from './model.ts';
import { someFacts, someQuestion } from './random.ts';

const nothing = { put: [], gone: [] };
const nothingElse = { customers: nothing, leads: nothing, opportunities: nothing, spend: nothing };
const sums = ['revenue', 'saleCount', 'units', 'costedRevenue', 'costedCount', 'cost'] as const;
/** Above what makes a segment keep totals of its months. */
const ROWS = 60_000;
const DAYS = 400;

const accountAt = (number: number): string => `00000000-0000-7000-9000-${String(number).padStart(12, '0')}`;

describe('a column store of many sales', () => {
  it.each([
    { accounts: null, runs: 4, what: 'months' },
    { accounts: 6_000, runs: 2, what: 'months, with accounts of quarters' },
    { accounts: 20_000, runs: 2, what: 'months, with accounts of years' },
    { accounts: 200_000, runs: 1, what: 'months, without accounts' },
  ])('answers from totals of $what as from the rows themselves', ({ accounts, runs }) => {
    const few = someFacts.filter(({ sales }) => sales.length > 5);
    const filtered = fc
      .tuple(someQuestion, fc.constantFrom('region', 'team', 'product', null))
      .map(([question, only]) => ({
        ...question,
        measures: [...sums, 'activeCustomers'] as const,
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
          if (accounts !== null && sale.account !== null) sale.account = accountAt((row * 7) % accounts);
          model.sales.push(sale);
          store.load.sale(sale);
        }
        store.load.finish();
        const expectRight = () => {
          for (const question of questions) {
            expect(inOrder(store.table(question))).toEqual(inOrder(expectedTable(model, question)));
          }
        };
        expectRight();
        // Of two days some leave, and of a third one all.
        const [early, late, all] = [DAYS / 4, DAYS / 2, (DAYS * 3) / 4].map((day) => (sales[0]?.day ?? 0) + day);
        const isLeft = ({ day }: SaleRow, row: number) =>
          day === all || ((day === early || day === late) && row % 3 > 0);
        const left = model.sales.filter(isLeft);
        model.sales = model.sales.filter((sale, row) => !isLeft(sale, row));
        store.apply({ ...nothingElse, sales: { joined: [], left } });
        expectRight();
      }),
      // To make an example smaller takes minutes.
      { numRuns: runs, endOnFailure: true },
    );
  });
});
