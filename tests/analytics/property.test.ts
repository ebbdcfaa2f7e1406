import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketEnd, bucketOf, bucketsOf, earlier } from '../../backend/analytics/periods.ts';
import {
  type AnalyticsTable,
  dimensionSchema,
  grainSchema,
  type KpiResponse,
} from '../../backend/contracts/analytics.ts';
import { sql } from '../../backend/db/index.ts';
import { fc } from '../support/fast-check.ts';
import type { PersonKey } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addOpportunities, addSales, type OpportunityFact, type SaleFact } from './facts.ts';
import {
  asQuery,
  attributes,
  cents,
  FIRST_DAY,
  type Pool,
  passes,
  sees,
  someDay,
  someFilters,
  somePeriod,
  somePool,
  someSales,
  sum,
  viewers,
} from './random-facts.ts';

const RUNS = 25;
let server: TestServer;
let pool: Pool;

beforeAll(async () => {
  server = await startTestServer({ COMPANY_TIME_ZONE: 'Asia/Tokyo' });
  server.clock.now = new Date('2027-01-15T12:00:00Z');
  pool = await somePool(server.database, server.company);
});
afterAll(() => server?.close());

const get = async <Body>(person: PersonKey, path: string): Promise<Body> => {
  const answer = await (await server.as(person)).get<Body>(`/analytics/${path}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

const column = (table: AnalyticsTable, id: string): string[] => {
  const index = table.columns.findIndex((entry) => entry.id === id);
  return table.rows.map((row) => row[index]).filter((cell) => typeof cell === 'string');
};

/** How many different accounts bought. */
const buyersOf = (sales: readonly SaleFact[]): string =>
  String(new Set(sales.flatMap(({ accountId }) => accountId ?? [])).size);

describe('for random sales and filters', () => {
  it('totals equal an independent addition to the cent, and the parts of every split add up to them', async () => {
    await fc.assert(
      fc.asyncProperty(
        someSales(pool),
        someFilters(pool),
        somePeriod,
        fc.constantFrom(...viewers),
        fc.constantFrom(...grainSchema.options),
        fc.constantFrom(...dimensionSchema.options),
        async (sales, filters, { from, to }, person, grain, by) => {
          await server.database.sql.rows(sql`delete from sale`);
          await addSales(server.database, sales);
          const counted = sales.filter(
            (sale) =>
              sale.soldOn >= from && sale.soldOn <= to && passes(sale, filters) && sees(person, sale, server.company),
          );
          const costed = counted.filter((sale): sale is SaleFact & { cost: string } => typeof sale.cost === 'string');
          const revenue = sum(counted.map(({ amount }) => cents(amount)));
          const profit = sum(costed.map(({ amount, cost }) => cents(amount) - cents(cost)));
          const seesCost = person !== 'rep';
          const known = ['revenue', 'salesVolume', 'units', 'activeCustomers', ...(seesCost ? ['grossProfit'] : [])];
          const metrics = known.map((metric) => `&metrics=${metric}`).join('');
          const query = `from=${from}&to=${to}${metrics}${asQuery(filters)}`;

          const { items } = await get<KpiResponse>(person, `kpis?${query}`);
          const value = (id: string) => items.find(({ metric }) => metric === id)?.value ?? null;
          expect(cents(value('revenue') ?? '')).toBe(revenue);
          expect(value('salesVolume')).toBe(String(counted.length));
          expect(cents(value('units') ?? '')).toBe(sum(counted.map(({ quantity }) => cents(quantity ?? '1'))));
          expect(value('activeCustomers')).toBe(buyersOf(counted));
          if (seesCost) {
            const isUnknown = counted.length > 0 && costed.length === 0;
            expect(value('grossProfit') === null).toBe(isUnknown);
            if (!isUnknown) expect(cents(value('grossProfit') ?? '')).toBe(profit);
          }

          const series = await get<AnalyticsTable>(person, `series?${query}&grain=${grain}`);
          const split = await get<AnalyticsTable>(person, `breakdown?${query}&by=${by}&limit=200`);
          for (const table of [series, split]) {
            expect(sum(column(table, 'revenue').map(cents))).toBe(revenue);
            expect(sum(column(table, 'salesVolume').map(BigInt))).toBe(BigInt(counted.length));
            if (seesCost) expect(sum(column(table, 'grossProfit').map(cents))).toBe(profit);
          }
          const inBuckets = series.rows.map(([bucket]) =>
            counted.filter((sale) => bucketOf(sale.soldOn, grain) === bucket),
          );
          expect(column(series, 'activeCustomers')).toEqual(inBuckets.map(buyersOf));
          const ofValues = split.rows.map(([cell]) => {
            const { id } = cell as { id: string | null };
            return counted.filter((sale) => passes(sale, { [by]: [id ?? ''] }));
          });
          expect(column(split, 'activeCustomers')).toEqual(ofValues.map(buyersOf));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('for random opportunities', () => {
  /** Moves through open stages, perhaps won or lost, each a day or more after the one before (noon in Tokyo). */
  const someOpportunities = () =>
    fc.array(
      fc
        .record({
          ...attributes(pool),
          amount: fc.integer({ min: 1, max: 9_999_999 }).map((value) => (value / 100).toFixed(2)),
          days: fc.uniqueArray(someDay, { minLength: 1, maxLength: 4 }),
          end: fc.constantFrom('Won' as const, 'Lost' as const, null),
        })
        .map(({ days, end, ...fact }): OpportunityFact => {
          const open = ['Discovery', 'Proposal', 'Negotiation', 'Discovery'] as const;
          const moments = days.sort().map((day) => `${day}T03:00:00Z`);
          const stages = moments.map((at, index): OpportunityFact['stages'][number] => [
            end !== null && index > 0 && index === moments.length - 1 ? end : (open[index] ?? 'Discovery'),
            at,
          ]);
          return { ...fact, stages, createdAt: moments[0] ?? `${FIRST_DAY}T03:00:00Z` };
        }),
      { maxLength: 12 },
    );

  /** What was open when the day was over, by walking through each opportunity's stages. */
  function openAt(opportunities: readonly OpportunityFact[], day: string): bigint {
    return sum(
      opportunities.map(({ stages, amount }) => {
        const [stage] = stages.filter(([, at]) => at.slice(0, 10) <= day).pop() ?? [];
        return stage === undefined || stage === 'Won' || stage === 'Lost' ? 0n : cents(amount ?? '0');
      }),
    );
  }

  it('the pipeline of every bucket is what was open at its end, in series, key figures and splits alike', async () => {
    await fc.assert(
      fc.asyncProperty(
        someOpportunities(),
        someFilters(pool),
        somePeriod,
        fc.constantFrom(...viewers),
        fc.constantFrom(...grainSchema.options),
        fc.constantFrom(...dimensionSchema.options),
        async (opportunities, filters, { from, to }, person, grain, by) => {
          await server.database.sql.rows(sql`delete from stage_event`);
          await server.database.sql.rows(sql`delete from opportunity`);
          await addOpportunities(server.database, opportunities);
          const counted = opportunities.filter((fact) => passes(fact, filters) && sees(person, fact, server.company));
          const query = `from=${from}&to=${to}&metrics=pipelineValue${asQuery(filters)}`;
          const series = await get<AnalyticsTable>(person, `series?${query}&grain=${grain}`);
          const ends = bucketsOf({ from, to }, grain).map((bucket) => earlier(bucketEnd(bucket, grain), to));
          expect(column(series, 'pipelineValue').map(cents)).toEqual(ends.map((day) => openAt(counted, day)));
          const { items } = await get<KpiResponse>(person, `kpis?${query}`);
          expect(cents(items[0]?.value ?? '')).toBe(openAt(counted, to));
          const split = await get<AnalyticsTable>(person, `breakdown?${query}&by=${by}&limit=200`);
          expect(sum(column(split, 'pipelineValue').map(cents))).toBe(openAt(counted, to));
        },
      ),
      { numRuns: RUNS },
    );
  });
});
