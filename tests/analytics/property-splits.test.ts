import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AnalyticsCell,
  type AnalyticsTable,
  type Dimension,
  dimensionSchema,
  grainSchema,
  type KpiResponse,
} from '../../backend/contracts/analytics.ts';
import { join, raw, sql } from '../../backend/db/index.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { fc } from '../support/fast-check.ts';
import { addSales, type SaleFact } from './facts.ts';
import {
  asQuery,
  cents,
  type Pool,
  passes,
  type RandomFilters,
  sees,
  someFilters,
  somePeriod,
  somePool,
  someSales,
  sum,
  type ViewerKey,
  viewers,
} from './random-facts.ts';

const RUNS = 25;
const TIER = 'custom.account.tier';
let crm: Crm;
let pool: Pool;
/** tier and team of each account, by its id */
let accounts: Map<string, { tier: string; isNorth: boolean }>;

beforeAll(async () => {
  crm = await startCrm();
  crm.clock.now = new Date('2027-01-15T12:00:00Z');
  const { users } = crm.company;
  pool = await somePool(crm.database, crm.company);
  const field = { entity: 'account', key: 'tier', label: 'Tier', type: 'text', isDimension: true };
  expect((await (await crm.as('admin')).post('/fields', field)).status).toBe(201);
  accounts = new Map();
  for (const [tier, isNorth] of [
    ['Gold', true],
    ['Gold', false],
    ['Silver', false],
    ['', true],
  ] as const) {
    const ownerId = isNorth ? users.rep : users.stranger;
    const { id } = await crm.addAccount('admin', { name: `${tier} ${isNorth}`, ownerId, custom: tier ? { tier } : {} });
    accounts.set(id, { tier, isNorth });
  }
});
afterAll(() => crm?.close());

const get = async <Body>(person: ViewerKey, path: string): Promise<Body> => {
  const answer = await (await crm.as(person)).get<Body>(`/analytics/${path}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

/** The account's tier as this person sees it: nothing where the account is another team's. */
function tierOf(person: ViewerKey, { accountId }: SaleFact): string {
  const account = accountId ? accounts.get(accountId) : undefined;
  const isSeen = account && (person === 'admin' || person === 'viewer' || account.isNorth);
  return isSeen ? account.tier : '';
}

const columns: Record<Dimension, keyof SaleFact & string> = {
  product: 'productId',
  owner: 'ownerId',
  team: 'teamId',
  category: 'category',
  region: 'region',
  source: 'source',
  segment: 'segment',
};
const dimensionValue = (person: ViewerKey, fact: SaleFact, by: string): string | null =>
  by === TIER ? tierOf(person, fact) || null : ((fact[columns[by as Dimension]] as string | null) ?? null);

const revenueOf = (facts: readonly SaleFact[]) => sum(facts.map(({ amount }) => cents(amount)));
const inCents = (cell: AnalyticsCell | undefined): bigint => (typeof cell === 'string' ? cents(cell) : 0n);

/** The same question asked of the database without the engine; `''` among the values is "not set". */
async function bySql(person: ViewerKey, filters: RandomFilters, { from, to }: { from: string; to: string }) {
  const { users, teams } = crm.company;
  const names: Record<Dimension, string> = {
    ...{ product: 'product_id', owner: 'owner_id', team: 'team_id', category: 'product_category' },
    ...{ region: 'region', source: 'source', segment: 'segment' },
  };
  const reach = {
    ...{ admin: sql`true`, viewer: sql`true`, rep: sql`owner_id = ${users.rep}::uuid` },
    manager: sql`(team_id = ${teams.North}::uuid or owner_id = ${users.manager}::uuid)`,
  }[person];
  const conditions = Object.entries(filters).map(
    ([name, values]) => sql`coalesce(${raw(names[name as Dimension])}::text, '') = any(${values}::text[])`,
  );
  const row = await crm.database.sql.first<{ revenue: string; sales: string }>(sql`
    select round(coalesce(sum(amount_base), 0), 2)::text as revenue, count(*)::text as sales from sale
    where deleted_at is null and sold_on >= ${from}::date and sold_on <= ${to}::date
      and ${join([reach, ...conditions], ' and ')}`);
  return [row?.revenue, row?.sales];
}

const customersOf = (sales: readonly SaleFact[]): number =>
  new Set(sales.map(({ accountId }) => accountId ?? null).filter((id) => id !== null)).size;

describe('for random sales, filters and splits', () => {
  const someFacts = () =>
    someSales(pool).chain((sales) =>
      fc
        .array(fc.constantFrom(null, ...accounts.keys()), { minLength: sales.length, maxLength: sales.length })
        .map((ids) => sales.map((sale, index): SaleFact => ({ ...sale, accountId: ids[index] ?? null }))),
    );
  const someTiers = fc.option(fc.subarray(['Gold', 'Silver', ''], { minLength: 1 }), { freq: 2 });

  it('the parts, others and shares of every split add up to what the database says, for each reach', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constant(null).chain(someFacts),
        fc.record({ filters: someFilters(pool), tiers: someTiers, period: somePeriod }),
        fc.constantFrom(...viewers),
        fc.constantFrom(...grainSchema.options),
        fc.constantFrom<string>(...dimensionSchema.options, TIER),
        fc.integer({ min: 1, max: 4 }),
        async (sales, { filters, tiers, period }, person, grain, by, limit) => {
          await crm.database.sql.rows(sql`delete from sale`);
          await addSales(crm.database, sales);
          const inPeriod = sales.filter(({ soldOn }) => soldOn >= period.from && soldOn <= period.to);
          const reached = inPeriod.filter((sale) => sees(person, sale, crm.company) && passes(sale, filters));
          const counted = reached.filter((sale) => tiers === null || tiers.includes(tierOf(person, sale)));
          const total = revenueOf(counted);
          const tierQuery = (tiers ?? []).map((tier) => `&${TIER}=${tier}`).join('');
          const plain = `from=${period.from}&to=${period.to}${asQuery(filters)}`;
          const question = `${plain}${tierQuery}`;
          const asked = `${question}&metrics=revenue&limit=${limit}&others=true&by=${by}`;

          const unsplit = await get<KpiResponse>(person, `kpis?${plain}&metrics=revenue&metrics=salesVolume`);
          expect(unsplit.items.map(({ value }) => value)).toEqual(await bySql(person, filters, period));
          const { items } = await get<KpiResponse>(person, `kpis?${question}&metrics=revenue`);
          expect(inCents(items[0]?.value)).toBe(total);

          const split = await get<AnalyticsTable>(person, `breakdown?${asked}&metrics=activeCustomers`);
          const shown = split.rows.map(([cell]) => cell as { id: string | null; isOthers?: true });
          for (const [index, { id, isOthers }] of shown.entries()) {
            const single = new Set(shown.filter((one) => !one.isOthers).map((one) => one.id));
            const own = counted.filter((sale) => {
              const value = dimensionValue(person, sale, by);
              return isOthers ? !single.has(value) : value === id;
            });
            expect(inCents(split.rows[index]?.[1])).toBe(revenueOf(own));
            // What is no sum is asked for, but of a field's values.
            if (isOthers && by === TIER) continue;
            expect(split.rows[index]?.[2]).toBe(String(customersOf(own)));
          }
          const every = new Set(counted.map((sale) => dimensionValue(person, sale, by)));
          expect(split.omitted).toBe(Math.max(0, every.size - limit));
          expect(sum(split.rows.map((row) => inCents(row[1])))).toBe(total);

          const over = await get<AnalyticsTable>(person, `series?${asked}&grain=${grain}`);
          const series = await get<AnalyticsTable>(person, `series?${question}&metrics=revenue&grain=${grain}`);
          for (const [index, row] of over.rows.entries()) {
            expect(sum(row.slice(1).map(inCents))).toBe(inCents(series.rows[index]?.[1]));
          }
          expect(over.columns.slice(1).map(({ member }) => member)).toEqual(split.rows.map(([cell]) => cell));
          const wholes = over.columns.slice(1).map((_, at) => sum(over.rows.map((row) => inCents(row[at + 1]))));
          expect(wholes).toEqual(split.rows.map((row) => inCents(row[1])));

          const totals = await get<AnalyticsTable>(
            person,
            `series?${question}&metrics=revenue&grain=${grain}&transform=runningTotal`,
          );
          expect(inCents(totals.rows.at(-1)?.[1])).toBe(total);
          const shares = await get<AnalyticsTable>(person, `breakdown?${asked}&transform=share`);
          const shared = shares.rows.map((row) => row[1]);
          if (total === 0n) expect(shared.every((share) => share === null)).toBe(true);
          else expect(Math.abs(shared.reduce((all, share) => all + Number(share), 0) - 1)).toBeLessThan(1e-5);
        },
      ),
      { numRuns: RUNS },
    );
  }, 120_000);
});
