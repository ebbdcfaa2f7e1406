import { describe, expect, it } from 'vitest';
import type {
  Changes,
  ColumnStore,
  SaleRow,
  StoreQuestion,
} from '../../../../backend/analytics/engines/columnar/store/contract.ts';
import { createStore, storeFromBytes } from '../../../../backend/analytics/engines/columnar/store/store.ts';
import { noMeasures } from '../../../../backend/analytics/measures.ts';
import { emptyModel, expectedTable, inOrder } from './model.ts';

const someId = '0192aaaa-0000-7000-8000-000000000001';
const nothing = { put: [], gone: [] };
const none = { customers: nothing, leads: nothing, opportunities: nothing, spend: nothing };
const salesChange = (joined: SaleRow[], left: SaleRow[]): Changes => ({ ...none, sales: { joined, left } });

const sale = (fields: Partial<SaleRow> = {}): SaleRow => ({
  day: 20_000,
  product: null,
  category: 'Hardware',
  region: 'North',
  team: null,
  owner: null,
  source: null,
  segment: null,
  amount: 1_000_000n,
  cost: null,
  quantity: 10_000n,
  account: null,
  ...fields,
});
const ask = (rest: Partial<StoreQuestion> = {}): StoreQuestion => ({
  period: { from: '1900-01-01', to: '2199-12-31' },
  filters: {},
  scope: { kind: 'all' },
  today: '2026-01-01',
  grain: null,
  by: null,
  measures: ['revenue', 'saleCount', 'units', 'costedRevenue', 'costedCount', 'cost', 'activeCustomers'],
  ...rest,
});

function storeOf(sales: readonly SaleRow[]): ColumnStore {
  const store = createStore();
  for (const row of sales) store.load.sale(row);
  store.load.finish();
  return store;
}
const expectRight = (store: ColumnStore, sales: SaleRow[], question: StoreQuestion): void =>
  expect(inOrder(store.table(question))).toEqual(inOrder(expectedTable({ ...emptyModel(), sales }, question)));

describe('a column store', () => {
  it('has no cells when it is empty', () => {
    expect(createStore().table(ask())).toEqual([]);
    expect(storeOf([]).table(ask({ by: 'region', grain: 'month' }))).toEqual([]);
  });

  it('writes sums with four decimals, and the sum of no costs as zero', () => {
    const [row] = storeOf([sale()]).table(ask());
    expect(row).toEqual({
      bucket: null,
      key: null,
      measures: { ...noMeasures, revenue: '100.0000', saleCount: '1', units: '1.0000' },
    });
  });

  it('holds more values than fit one byte, and more than fit two', () => {
    const sales = Array.from({ length: 66_000 }, (_, index) =>
      sale({ product: `product ${index}`, owner: `owner ${index % 300}`, amount: BigInt(index) * 100n }),
    );
    const store = storeOf(sales);
    for (const index of [0, 254, 255, 256, 65_534, 65_535, 65_999]) {
      const filters = { product: [`product ${index}`], owner: [`owner ${index % 300}`] };
      expect(store.table(ask({ filters, measures: ['saleCount'] }))).toMatchObject([{ measures: { saleCount: '1' } }]);
    }
    expectRight(store, sales, ask({ by: 'owner' }));
    expect(store.table(ask({ by: 'product' }))).toHaveLength(66_000);
  });

  it('adds up the largest amounts to the last digit', () => {
    const largest = 10n ** 18n - 1n;
    const sales = Array.from({ length: 5_000 }, (_, index) =>
      sale({ amount: largest - BigInt(index), cost: -largest + BigInt(index), region: `${index % 3}` }),
    );
    const store = storeOf(sales);
    expectRight(store, sales, ask());
    expectRight(store, sales, ask({ by: 'region' }));
  });

  it('adds up amounts beyond 2 ** 53 that stand in the column itself', () => {
    const sales = Array.from({ length: 40_001 }, (_, index) =>
      sale({ amount: 2n ** 40n - 3n * BigInt(index), region: `${index % 2}` }),
    );
    const store = storeOf(sales);
    expectRight(store, sales, ask());
    expectRight(store, sales, ask({ by: 'region' }));
  });

  it('refuses to let a sale go that was never there, and is as before', () => {
    const known = sale({ amount: 5n });
    const store = storeOf([known, known]);
    const before = store.table(ask());
    const customers = { put: [{ ...sale(), id: someId }], gone: [] };
    expect(() => store.apply({ ...salesChange([sale()], [sale({ amount: 6n })]), customers })).toThrow('never there');
    expect(() => store.apply(salesChange([], [known, known, known]))).toThrow('never there');
    expect(store.table(ask())).toEqual(before);
    expect(store.size().rows).toBe(2);
    store.apply(salesChange([], [known]));
    store.apply(salesChange([], [known]));
    expect(() => store.apply(salesChange([], [known]))).toThrow('never there');
    expect(store.table(ask())).toEqual([]);
  });

  it('is as before when a record of a change cannot be read', () => {
    const store = storeOf([sale()]);
    const { amount: _, cost: __, quantity: ___, ...values } = sale();
    const broken = { ...values, id: someId, state: 'open' as const, amount: 1n, weighted: 'much', cycleDays: null };
    const change = { ...salesChange([sale()], []), opportunities: { put: [broken], gone: [] } };
    expect(() => store.apply(change)).toThrow(SyntaxError);
    const lead = { ...values, id: 'seven', isConverted: false };
    expect(() => store.apply({ ...salesChange([sale()], []), leads: { put: [lead], gone: [] } })).toThrow('no uuid');
    expect(store.size().rows).toBe(1);
  });

  it('takes any equal sale out, wherever it stands', () => {
    const rows = [sale(), sale(), sale({ amount: 10n ** 17n + 3n }), sale({ cost: 1n }), sale({ day: 20_001 })];
    const store = storeOf(rows);
    store.apply(
      salesChange([sale(), sale({ amount: 3n })], [sale({ amount: 10n ** 17n + 3n }), sale(), sale({ cost: 1n })]),
    );
    const left = [sale(), sale(), sale({ day: 20_001 }), sale({ amount: 3n })];
    expectRight(store, left, ask({ grain: 'day' }));
    store.compact();
    expectRight(store, left, ask({ grain: 'day' }));
  });

  it('takes out the sale of the account that is named, of two that are alike but for that', () => {
    const [one, other] = [sale({ account: someId }), sale({ account: someId.replace(/1$/, '2') })];
    const store = storeOf([one, other, sale()]);
    expectRight(store, [one, other, sale()], ask());
    store.apply(salesChange([], [other]));
    expectRight(store, [one, sale()], ask());
    expect(() => store.apply(salesChange([], [other]))).toThrow('never there');
    store.compact();
    expectRight(store, [one, sale()], ask());
    store.apply(salesChange([other], [one]));
    expectRight(store, [other, sale()], ask({ by: 'region' }));
  });

  it('counts an account once in each cell, and no longer than it has a sale there', () => {
    const accounts = Array.from({ length: 9_000 }, (_, index) => someId.slice(0, -4) + String(1_000 + index));
    const sales = accounts.flatMap((account, index) => [
      sale({ account, region: 'East' }),
      sale({ account, region: `${index % 3}`, day: 20_000 + (index % 60) }),
      sale({ account: null }),
    ]);
    const store = storeOf(sales);
    const [half, rest] = [sales.filter((_, index) => index % 5 === 0), sales.filter((_, index) => index % 5 > 0)];
    const steps: [left: SaleRow[], present: SaleRow[]][] = [
      [[], sales],
      [half, rest],
    ];
    for (const [left, present] of steps) {
      store.apply(salesChange([], left));
      for (const grain of [null, 'month', 'day'] as const) {
        expectRight(store, present, ask({ measures: ['activeCustomers'], grain }));
        expectRight(store, present, ask({ measures: ['activeCustomers'], grain, by: 'region' }));
      }
    }
    expectRight(store, rest, ask({ measures: ['activeCustomers'], filters: { region: ['East', '1'] } }));
  });

  it('counts who is left of a month of a single day, of which a sale has left', () => {
    const other = sale({ account: someId.replace(/1$/, '2') });
    const many = Array.from({ length: 60_000 }, () => sale({ account: someId }));
    const store = storeOf([...many, other]);
    const measures = ['activeCustomers'] as const;
    expect(store.table(ask({ measures }))).toMatchObject([{ measures: { activeCustomers: '2' } }]);
    store.apply(salesChange([], [other]));
    expect(store.table(ask({ measures }))).toMatchObject([{ measures: { activeCustomers: '1' } }]);
  });

  it('has ids in capital letters for the same', () => {
    const store = storeOf([sale({ owner: '5e1f0000-0000-4000-8000-00000000000a' })]);
    const filters = { owner: ['5E1F0000-0000-4000-8000-00000000000A'] };
    expect(store.table(ask({ filters }))).toHaveLength(1);
  });

  it('refuses to tell a past pipeline', () => {
    const store = storeOf([]);
    const measures = ['openCount'] as const;
    expect(() => store.table(ask({ measures, today: '2200-01-01' }))).toThrow('only as it is now');
    expect(() => store.table(ask({ measures, grain: 'month' }))).toThrow('only as it is now');
  });

  it('refuses more cells than anybody can use', () => {
    const sales = Array.from({ length: 201_000 }, (_, index) => sale({ product: `${index}` }));
    expect(() => storeOf(sales).table(ask({ by: 'product' }))).toThrow('more than 200000 cells');
  });

  it('needs at most 24 bytes a sale', () => {
    const sales = Array.from({ length: 50_000 }, (_, index) =>
      sale({ product: `${index % 2_000}`, owner: `${index % 400}`, day: 20_000 + (index % 500), cost: 70_000n }),
    );
    const dictionaries = 120 * 3_000;
    expect((storeOf(sales).size().bytes - dictionaries) / sales.length).toBeLessThan(24);
  });
});

describe('the bytes of a store', () => {
  const store = storeOf([sale(), sale({ amount: 10n ** 17n + 1n, cost: 12_345n, product: 'p' })]);
  const parts = (): Uint8Array[] => store.toBytes().map((part) => part.slice());

  it('give the same store, wherever they lie in memory', () => {
    const shifted = parts().map((part) => {
      const room = new Uint8Array(part.length + 1);
      room.set(part, 1);
      return room.subarray(1);
    });
    expect(storeFromBytes(shifted).table(ask({ by: 'product' }))).toEqual(store.table(ask({ by: 'product' })));
    expect(storeFromBytes(shifted).size()).toEqual(storeFromBytes(parts()).size());
  });

  it('are refused when any part is cut short or missing', () => {
    for (const index of parts().keys()) {
      const cut = parts();
      if (cut[index]?.length === 0) continue;
      cut[index] = cut[index]?.subarray(0, -1) ?? new Uint8Array();
      expect(() => storeFromBytes(cut)).toThrow(Error);
      expect(() => storeFromBytes(parts().filter((_, at) => at !== index))).toThrow(Error);
    }
  });

  it('are refused when they are something else', () => {
    expect(() => storeFromBytes([])).toThrow('no saved store');
    expect(() => storeFromBytes([new TextEncoder().encode('{}')])).toThrow('no saved store');
    expect(() => storeFromBytes([new TextEncoder().encode('null')])).toThrow('no saved store');
    expect(() => storeFromBytes([Uint8Array.of(0xff, 0, 1)])).toThrow('no saved store');
  });
});
