import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kpi, KpiResponse } from '../../backend/contracts/analytics.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addLeads, addOpportunities, addProduct, addSales, addSpend } from './facts.ts';

// The company's clock stands at noon of 20 March 2026 in New York (UTC-4); figures below are worked out by hand.
const ACME = '00000000-0000-7000-8000-00000000000a';
const BETA = '00000000-0000-7000-8000-00000000000b';
let server: TestServer;
let laptop: string;

beforeAll(async () => {
  server = await startTestServer({ COMPANY_TIME_ZONE: 'America/New_York' });
  server.clock.now = new Date('2026-03-20T16:00:00Z');
  const { database, company } = server;
  const { rep, stranger } = company.users;
  const { North, South } = company.teams;
  laptop = await addProduct(database, 'Laptop', 'Hardware');
  await addSales(database, [
    {
      soldOn: '2026-01-15',
      amount: '500.00',
      accountId: ACME,
      cost: '300',
      ownerId: rep,
      teamId: North,
      source: 'Web',
    },
    {
      soldOn: '2026-02-01',
      amount: '1000.10',
      cost: '600.05',
      quantity: '2',
      accountId: ACME,
      productId: laptop,
      category: 'Hardware',
      region: 'East',
      source: 'Web',
      segment: 'SMB',
      ownerId: rep,
      teamId: North,
    },
    {
      soldOn: '2026-02-28',
      amount: '200.00',
      cost: null,
      quantity: '1.5',
      accountId: BETA,
      category: 'Software',
      region: 'West',
      source: 'Fair',
      ownerId: stranger,
      teamId: South,
    },
    { soldOn: '2026-02-28', amount: '-50.10', cost: '-10.05', accountId: ACME, ownerId: rep, teamId: North },
    { soldOn: '2026-03-05', amount: '300.00', cost: '100', accountId: BETA, ownerId: stranger, teamId: South },
  ]);
  await database.prisma.sale.create({
    data: {
      soldOn: new Date('2026-02-10'),
      amount: '9999',
      amountBase: '9999',
      currencyCode: 'EUR',
      deletedAt: new Date(),
    },
  });
  await addLeads(database, [
    // 31 January 23:30 in New York: not of February
    { createdAt: '2026-02-01T04:30:00Z', isConverted: true, ownerId: rep, teamId: North, source: 'Web' },
    { createdAt: '2026-02-01T05:00:00Z', isConverted: true, ownerId: rep, teamId: North, source: 'Web' },
    { createdAt: '2026-02-10T12:00:00Z', ownerId: rep, teamId: North, source: 'Fair' },
    // 28 February 23:59 in New York
    { createdAt: '2026-03-01T04:59:00Z', ownerId: stranger, teamId: South, source: 'Web' },
  ]);
  await addOpportunities(database, [
    {
      createdAt: '2026-01-10T15:00:00Z',
      amount: '1000',
      closedOn: '2026-02-09',
      stages: [
        ['Discovery', '2026-01-10T15:00:00Z'],
        ['Won', '2026-02-09T15:00:00Z'],
      ],
      ownerId: rep,
      teamId: North,
    },
    {
      createdAt: '2026-02-01T15:00:00Z',
      amount: '501',
      closedOn: '2026-02-12',
      stages: [
        ['Discovery', '2026-02-01T15:00:00Z'],
        ['Won', '2026-02-12T15:00:00Z'],
      ],
      ownerId: rep,
      teamId: North,
    },
    {
      createdAt: '2026-02-01T15:00:00Z',
      amount: null,
      closedOn: '2026-02-20',
      stages: [
        ['Discovery', '2026-02-01T15:00:00Z'],
        ['Won', '2026-02-20T15:00:00Z'],
      ],
      ownerId: stranger,
      teamId: South,
    },
    {
      createdAt: '2026-02-01T15:00:00Z',
      amount: '70',
      closedOn: '2026-02-21',
      stages: [
        ['Discovery', '2026-02-01T15:00:00Z'],
        ['Lost', '2026-02-21T15:00:00Z'],
      ],
      ownerId: stranger,
      teamId: South,
    },
    // open at the end of February in Discovery, in Negotiation since March
    {
      createdAt: '2026-02-15T15:00:00Z',
      amount: '400',
      stages: [
        ['Discovery', '2026-02-15T15:00:00Z'],
        ['Negotiation', '2026-03-02T15:00:00Z'],
      ],
      ownerId: rep,
      teamId: North,
    },
    {
      createdAt: '2026-03-03T15:00:00Z',
      amount: '1000',
      probability: 0.25,
      stages: [['Discovery', '2026-03-03T15:00:00Z']],
      ownerId: stranger,
      teamId: South,
    },
  ]);
  await addSpend(database, [
    { spentOn: '2026-02-03', amount: '90', teamId: North, source: 'Web' },
    { spentOn: '2026-02-28', amount: '30.50', teamId: South, source: 'Fair' },
    { spentOn: '2026-02-28', amount: '20' },
    { spentOn: '2026-03-01', amount: '1000' },
  ]);
});
afterAll(() => server?.close());

async function kpis(query: string, person: 'admin' | 'manager' | 'rep' | 'viewer' = 'admin'): Promise<KpiResponse> {
  const answer = await (await server.as(person)).get<KpiResponse>(`/analytics/kpis?${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}
const byMetric = ({ items }: KpiResponse): Record<string, Kpi> =>
  Object.fromEntries(items.map((item) => [item.metric, item]));
const values = (response: KpiResponse): Record<string, string | null> =>
  Object.fromEntries(response.items.map(({ metric, value }) => [metric, value]));

const FEBRUARY = 'from=2026-02-01&to=2026-02-28';

describe('GET analytics/kpis', () => {
  it('gives every metric of a month', async () => {
    const response = await kpis(FEBRUARY);
    expect(values(response)).toEqual({
      revenue: '1150.00',
      salesVolume: '3',
      units: '4.5',
      // (1000.10 - 600.05) + (-50.10 + 10.05); the sale of unknown cost is left out
      grossProfit: '360.00',
      profitMargin: '0.378947', // 360.00 / 950.00
      conversionRate: '0.333333', // 1 of 3
      winRate: '0.750000', // 3 of 4
      acquisitionCost: '140.50', // 140.50 / 1: Beta's first sale, Acme bought in January already
      activeCustomers: '2', // Acme bought twice
      averageDeal: '750.50', // (1000 + 501) / 2
      salesCycle: '19.0', // median of 30, 11, 19
      pipelineValue: '400.00', // as of 28 February
      weightedPipeline: '80.00', // in Discovery then, at 20%
      velocity: '29.63', // 1 open x 0.75 x 750.50 / 19 = 29.625
    });
    expect(response.period).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(response.comparedWith).toBeNull();
    expect(response.asOf).toBe('2026-03-20T16:00:00.000Z');
  });

  it('says what to keep in mind', async () => {
    const found = byMetric(await kpis(FEBRUARY));
    expect(found.grossProfit?.caveat).toContain('1 of 3 sales have no known cost');
    expect(found.averageDeal?.caveat).toContain('1 of 3 won opportunities have no amount');
    expect(found.pipelineValue?.caveat).toContain('stage history');
    expect(found.conversionRate?.caveat).toContain('still grows');
    expect(found.revenue).toMatchObject({
      caveat: null,
      currency: 'EUR',
      unit: 'money',
      betterWhen: 'higher',
      target: null,
    });
    expect(found.winRate?.currency).toBeNull();
  });

  it('takes the present pipeline where the period includes today', async () => {
    const found = byMetric(await kpis('from=2026-03-01&to=2026-03-31&metrics=pipelineValue&metrics=weightedPipeline'));
    expect(found.pipelineValue).toMatchObject({ value: '1400.00', caveat: null });
    // 400 at Negotiation's own probability, 1000 at its own 25%
    const stage = await server.database.prisma.stage.findFirstOrThrow({ where: { name: 'Negotiation' } });
    expect(found.weightedPipeline?.value).toBe((400 * stage.probability + 250).toFixed(2));
  });

  it('answers null where a denominator is empty', async () => {
    expect(values(await kpis('from=2025-01-01&to=2025-01-31'))).toEqual({
      revenue: '0.00',
      salesVolume: '0',
      units: '0',
      grossProfit: '0.00',
      profitMargin: null,
      conversionRate: null,
      winRate: null,
      acquisitionCost: null,
      activeCustomers: '0',
      averageDeal: null,
      salesCycle: null,
      pipelineValue: '0.00',
      weightedPipeline: '0.00',
      velocity: null,
    });
  });

  it('has no gross profit where no cost is known', async () => {
    const found = values(await kpis(`${FEBRUARY}&region=West&metrics=grossProfit&metrics=profitMargin`));
    expect(found).toEqual({ grossProfit: null, profitMargin: null });
  });

  it('compares a running month with the same days of the one before, ratios by difference', async () => {
    const response = await kpis('from=2026-03-01&to=2026-03-31&compare=previous');
    expect(response.comparedWith).toEqual({ from: '2026-02-01', to: '2026-02-20' });
    const { revenue, profitMargin } = byMetric(response);
    expect(revenue).toMatchObject({ value: '300.00', previous: '1000.10', change: -0.70003 });
    // 200/300 now, 400.05/1000.10 then
    expect(profitMargin).toMatchObject({ value: '0.666667', previous: '0.400010', change: 0.266657 });
  });

  it('compares with the year before, and has no change from nothing', async () => {
    const response = await kpis(`${FEBRUARY}&compare=year&metrics=revenue`);
    expect(response.comparedWith).toEqual({ from: '2025-02-01', to: '2025-02-28' });
    expect(response.items[0]).toMatchObject({ value: '1150.00', previous: '0.00', change: null });
  });

  it('filters by every dimension; several values mean any of them, an empty one "not set"', async () => {
    const revenue = async (filter: string) => (await kpis(`${FEBRUARY}&metrics=revenue&${filter}`)).items[0]?.value;
    const { rep, stranger } = server.company.users;
    expect(await revenue('category=Hardware')).toBe('1000.10');
    expect(await revenue('category=Hardware&category=Software')).toBe('1200.10');
    expect(await revenue('category=')).toBe('-50.10');
    expect(await revenue('category=&category=Hardware')).toBe('950.00');
    expect(await revenue(`product=${laptop}`)).toBe('1000.10');
    expect(await revenue('product=')).toBe('149.90');
    expect(await revenue('region=West')).toBe('200.00');
    expect(await revenue(`team=${server.company.teams.North}`)).toBe('950.00');
    expect(await revenue(`owner=${rep}`)).toBe('950.00');
    expect(await revenue(`owner=${stranger}&owner=${rep}`)).toBe('1150.00');
    expect(await revenue('owner=me')).toBe('0.00');
    expect(await revenue('source=Fair&region=West')).toBe('200.00');
    expect(await revenue('segment=SMB')).toBe('1000.10');
    expect(await revenue('owner=00000000-0000-7000-8000-0000000000ff')).toBe('0.00');
    expect(await revenue("region=' or true --")).toBe('0.00');
  });

  it('gives no number that would ignore a filter', async () => {
    const found = byMetric(await kpis(`${FEBRUARY}&product=${laptop}`));
    expect(found.conversionRate).toMatchObject({ value: null });
    expect(found.conversionRate?.caveat).toContain('Leads cannot be told apart by product');
    expect(found.acquisitionCost?.caveat).toContain('Spend cannot be told apart by product');
    const bySource = byMetric(await kpis(`${FEBRUARY}&source=Fair`));
    expect(bySource.acquisitionCost?.value).toBe('30.50');
  });

  it('leaves profit out for roles that do not see costs, and refuses it by name', async () => {
    const metrics = (await kpis(FEBRUARY, 'rep')).items.map(({ metric }) => metric);
    expect(metrics).toContain('revenue');
    expect(metrics).not.toContain('grossProfit');
    expect(metrics).not.toContain('profitMargin');
    const client = await server.as('rep');
    const refused = await client.get<Problem>(`/analytics/kpis?${FEBRUARY}&metrics=profitMargin`);
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('refuses bad input with every problem named', async () => {
    const client = await server.as('admin');
    const status = async (query: string) => (await client.get(`/analytics/kpis?${query}`)).status;
    expect(await status('from=2026-02-30&to=2026-03-01')).toBe(422);
    expect(await status('from=2026-03-01&to=2026-02-01')).toBe(422);
    expect(await status('from=0000-01-01&to=2026-02-01')).toBe(422);
    expect(await status('from=2026-02-01&to=9999-12-31')).toBe(422);
    expect(await status(FEBRUARY.replace('from', 'form'))).toBe(422);
    expect(await status(`${FEBRUARY}&metrics=profit`)).toBe(422);
    expect(await status(`${FEBRUARY}&team=north`)).toBe(422);
    expect(await status(`${FEBRUARY}&compare=last`)).toBe(422);
    expect(await status(`${FEBRUARY}&region=%00`)).toBe(422);
    expect((await server.anonymous.get(`/analytics/kpis?${FEBRUARY}`)).status).toBe(401);
  });
});
