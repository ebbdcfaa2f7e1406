import type {
  Changes,
  CustomerRow,
  Keyed,
  LeadRow,
  OpportunityRow,
  SaleRow,
  SpendRow,
  StoreQuestion,
} from '../../../../backend/analytics/engines/columnar/store/contract.ts';
import { type FactId, type MeasureId, measureFacts } from '../../../../backend/analytics/measures.ts';
import { type Dimension, dimensionSchema, grainSchema } from '../../../../backend/contracts/analytics.ts';
import { fc } from '../../../support/fast-check.ts';
import { dayOfNumber, decimal, hasDimensions, type Model } from './model.ts';

/** Around a turn of the year, with some far away. */
const FIRST = 20_400;
const day = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: FIRST, max: FIRST + 500 }) },
  { weight: 1, arbitrary: fc.constantFrom(-20_000, 60_000) },
);
const LARGEST = 10n ** 18n - 1n;
const amount = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1_000_000, max: 10_000_000 }).map((cents) => BigInt(cents) * 100n) },
  { weight: 1, arbitrary: fc.bigInt({ min: -LARGEST, max: LARGEST }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -99_999n, max: 99_999n }) },
  { weight: 1, arbitrary: fc.constantFrom(0n, LARGEST, -LARGEST, -(2n ** 31n) * 100n, 2n ** 53n + 1n, -1n) },
);
const value = (name: string) => fc.constantFrom(null, `${name} 1`, `${name} 2`, `${name} 3`);
const values = {
  product: value('product'),
  category: value('category'),
  region: value('region'),
  team: value('team'),
  owner: value('owner'),
  source: value('source'),
  segment: value('segment'),
};
const { product: _, ...withoutProduct } = values;
const id = fc
  .integer({ min: 1, max: 30 })
  .map((number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`);

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const sale: fc.Arbitrary<SaleRow> = fc.record({
  ...values,
  day,
  amount,
  cost: orNull(amount),
  quantity: amount,
  account: orNull(id),
});
const customer: fc.Arbitrary<CustomerRow> = fc.record({ ...values, id, day });
const lead: fc.Arbitrary<LeadRow> = fc.record({ ...withoutProduct, id, day, isConverted: fc.boolean() });
const opportunity: fc.Arbitrary<OpportunityRow> = fc
  .record({
    ...values,
    id,
    day,
    state: fc.constantFrom('open', 'won', 'lost'),
    amount: orNull(amount),
    cycleDays: orNull(fc.integer({ min: 0, max: 400 })),
    chance: fc.constantFrom('0', '0.5', '0.25', '1', '0.333'),
  })
  .map(({ chance, ...row }) => ({
    ...row,
    day: row.state === 'open' ? null : row.day,
    cycleDays: row.state === 'won' ? row.cycleDays : null,
    weighted: row.state !== 'open' || row.amount === null ? null : product(decimal(row.amount), chance),
  }));
const spend: fc.Arbitrary<SpendRow> = fc.record({
  id,
  day,
  amount,
  region: values.region,
  team: values.team,
  source: values.source,
});

/** As PostgreSQL multiplies: with the decimals of both. */
function product(a: string, b: string): string {
  const [decimalsOfA, decimalsOfB] = [a, b].map((text) => text.split('.')[1]?.length ?? 0) as [number, number];
  const units = BigInt(a.replace('.', '')) * BigInt(b.replace('.', ''));
  const scale = decimalsOfA + decimalsOfB;
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const rows = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 25 });
const oneOfEachId = <T extends { id: string }>(arbitrary: fc.Arbitrary<T>) =>
  fc.uniqueArray(arbitrary, { maxLength: 20, selector: (row) => row.id });

export const someFacts: fc.Arbitrary<Model> = fc.record({
  sales: fc.array(sale, { maxLength: 60 }),
  customers: oneOfEachId(customer),
  leads: oneOfEachId(lead),
  opportunities: oneOfEachId(opportunity),
  spend: oneOfEachId(spend),
});

const keyed = <T extends { id: string }>(row: fc.Arbitrary<T>): fc.Arbitrary<Keyed<T>> =>
  fc.record({ put: oneOfEachId(row), gone: fc.array(id, { maxLength: 5 }) });

/** Changes; `leaving` says which of the sales there are then leave. */
export const someChanges: fc.Arbitrary<Omit<Changes, 'sales'> & { joined: SaleRow[]; leaving: number[] }> = fc.record({
  joined: rows(sale),
  leaving: fc.array(fc.nat(1_000), { maxLength: 20 }),
  customers: keyed(customer),
  leads: keyed(lead),
  opportunities: keyed(opportunity),
  spend: keyed(spend),
});

const scope: fc.Arbitrary<StoreQuestion['scope']> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'all' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'none' as const }) },
  { weight: 2, arbitrary: fc.constantFrom('owner 1', 'owner 2').map((userId) => ({ kind: 'own' as const, userId })) },
  {
    weight: 3,
    arbitrary: fc
      .subarray(['team 1', 'team 2', 'team of nothing'])
      .map((teamIds) => ({ kind: 'team' as const, userId: 'owner 3', teamIds })),
  },
);

const measureIds = Object.keys(measureFacts) as MeasureId[];

/** A question that the facts can answer. */
export const someQuestion: fc.Arbitrary<StoreQuestion> = fc
  .record({
    days: fc.tuple(day, day),
    filters: fc.record(
      Object.fromEntries(
        dimensionSchema.options.map((name) => [name, fc.subarray([null, `${name} 1`, `${name} 2`, `${name} unknown`])]),
      ) as Record<Dimension, fc.Arbitrary<(string | null)[]>>,
      { requiredKeys: [] },
    ),
    filtered: fc.subarray([...dimensionSchema.options], { maxLength: 2 }),
    scope,
    grain: orNull(fc.constantFrom(...grainSchema.options.filter((grain) => grain !== 'day'))),
    by: orNull(fc.constantFrom(...dimensionSchema.options)),
    measures: fc.subarray(measureIds, { minLength: 1 }),
  })
  .map(({ days, filters, filtered, scope: reach, grain, by, measures }) => {
    const kept = filtered.filter((name) => filters[name]);
    const canAnswer = (fact: FactId) =>
      hasDimensions(fact, by === null ? kept : [...kept, by]) && (fact !== 'pipeline' || grain === null);
    return {
      period: { from: dayOfNumber(Math.min(...days)), to: dayOfNumber(Math.max(...days)) },
      filters: Object.fromEntries(kept.map((name) => [name, filters[name] ?? []])),
      scope: reach,
      today: '1900-01-01',
      grain,
      by,
      measures: measures.filter((measure) => canAnswer(measureFacts[measure])),
    };
  });
