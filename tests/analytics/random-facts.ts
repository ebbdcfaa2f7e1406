import { addDays } from '../../backend/calendar/index.ts';
import { type Dimension, dimensionSchema } from '../../backend/contracts/analytics.ts';
import type { Database } from '../../backend/db/index.ts';
import { fc } from '../support/fast-check.ts';
import type { Company, PersonKey } from '../support/people.ts';
import { addProduct, type SaleFact } from './facts.ts';

/** Where random facts get their people, teams and products from. */
export interface Pool {
  owners: readonly string[];
  teams: readonly string[];
  products: readonly string[];
}

/** Everybody who sells in the test company, and two products. */
export async function somePool(database: Database, { users, teams }: Company): Promise<Pool> {
  return {
    owners: [users.rep, users.colleague, users.stranger],
    teams: [teams.North, teams.South],
    products: [await addProduct(database, 'Laptop', 'Hardware'), await addProduct(database, 'Licence', 'Software')],
  };
}

export const FIRST_DAY = '2025-11-20';
const DAYS = 130;
/** Who buys. */
export const accounts = [1, 2, 3, 4].map((digit) => `00000000-0000-7000-8000-00000000000${digit}`);
const REGIONS = ['East', 'West', 'Süd "1"'];

export const someDay = fc.nat(DAYS).map((days) => addDays(FIRST_DAY, days));
export const somePeriod = fc.tuple(someDay, someDay).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));

const orNull = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 4 });
/** Hundredths as a decimal string. */
const money = (min: number, max: number) => fc.integer({ min, max }).map((cents) => (cents / 100).toFixed(2));

export const attributes = (pool: Pool) => ({
  productId: orNull(pool.products),
  category: orNull(['Hardware', 'Software']),
  region: orNull(REGIONS),
  source: orNull(['Web', 'Fair']),
  segment: orNull(['SMB', 'Enterprise']),
  ownerId: orNull(pool.owners),
  teamId: orNull(pool.teams),
});

export const someSales = (pool: Pool): fc.Arbitrary<SaleFact[]> =>
  fc.array(
    fc.record({
      ...attributes(pool),
      soldOn: someDay,
      accountId: orNull(accounts),
      amount: money(-500_000, 99_999_999),
      cost: fc.option(money(0, 5_000_000), { freq: 3 }),
      quantity: fc.integer({ min: 1, max: 5000 }).map((tenths) => (tenths / 10).toFixed(1)),
    }),
    { minLength: 10, maxLength: 40 },
  );

/** Filters as the API takes them; '' stands for "not set". */
export type RandomFilters = Partial<Record<Dimension, string[]>>;
export const someFilters = (pool: Pool): fc.Arbitrary<RandomFilters> => {
  const some = (values: readonly string[]) =>
    fc.uniqueArray(fc.constantFrom(...values, ''), { minLength: 1, maxLength: 3 });
  const every: fc.Arbitrary<Required<RandomFilters>> = fc.record({
    product: some(pool.products),
    category: some(['Hardware', 'Software', 'Unheard of']),
    region: some(REGIONS),
    source: some(['Web', 'Fair']),
    segment: some(['SMB']),
    owner: some(pool.owners),
    team: some(pool.teams),
  });
  // More than two at once would leave nothing to count.
  const few = fc.subarray(dimensionSchema.options, { maxLength: 2 });
  return fc
    .tuple(every, few)
    .map(([filters, dimensions]) => Object.fromEntries(dimensions.map((name) => [name, filters[name]])));
};

const factKeys = { product: 'productId', owner: 'ownerId', team: 'teamId' } as const;
type FactKey = 'productId' | 'ownerId' | 'teamId' | 'category' | 'region' | 'source' | 'segment';

/** Does a fact pass the filters? Written without looking at how the engine does it. */
export function passes(fact: Partial<Record<FactKey, string | null>>, filters: RandomFilters): boolean {
  return Object.entries(filters).every(([dimension, values]) => {
    const key = factKeys[dimension as keyof typeof factKeys] ?? (dimension as FactKey);
    return values.includes(fact[key] ?? '');
  });
}

/** One of each reach. */
export const viewers = ['admin', 'manager', 'rep', 'viewer'] as const satisfies PersonKey[];
export type ViewerKey = (typeof viewers)[number];

/** Who sees a fact, by the rules as the documentation states them. */
export function sees(
  person: ViewerKey,
  fact: { ownerId?: string | null; teamId?: string | null },
  { users, teams }: Company,
): boolean {
  if (person === 'rep') return fact.ownerId === users.rep;
  if (person === 'manager') return fact.teamId === teams.North || fact.ownerId === users.manager;
  return true;
}

/** The filters as a query string. */
export const asQuery = (filters: RandomFilters): string =>
  Object.entries(filters)
    .flatMap(([name, values]) => values.map((value) => `&${name}=${encodeURIComponent(value)}`))
    .join('');

export const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
/** A decimal string of at most two decimals in hundredths. */
export const cents = (value: string): bigint => BigInt(Math.round(Number(value) * 100));
