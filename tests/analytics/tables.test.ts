import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable } from '../../backend/contracts/analytics.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addLeads, addOpportunities, addProduct, addSales, addSpend } from './facts.ts';

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
    { soldOn: '2025-12-31', amount: '10', region: 'East', productId: laptop, ownerId: rep, teamId: North },
    { soldOn: '2026-01-01', amount: '20.25', region: 'East', ownerId: rep, teamId: North },
    { soldOn: '2026-03-01', amount: '5', region: 'West', ownerId: stranger, teamId: South },
    { soldOn: '2026-03-02', amount: '7', ownerId: stranger, teamId: South },
  ]);
  await addLeads(database, [
    { createdAt: '2026-02-01T04:30:00Z', isConverted: true, ownerId: rep, teamId: North, source: 'Web' },
    { createdAt: '2026-02-10T12:00:00Z', ownerId: rep, teamId: North, source: 'Fair' },
  ]);
  await addOpportunities(database, [
    // open from 15 December to 9 February, won then
    {
      createdAt: '2025-12-15T15:00:00Z',
      amount: '1000',
      closedOn: '2026-02-09',
      ownerId: rep,
      stages: [
        ['Discovery', '2025-12-15T15:00:00Z'],
        ['Proposal', '2026-01-10T15:00:00Z'],
        ['Won', '2026-02-09T15:00:00Z'],
      ],
    },
    // 31 January 23:30 in New York: opened in January; still open
    {
      createdAt: '2026-02-01T04:30:00Z',
      amount: '30',
      ownerId: stranger,
      stages: [['Discovery', '2026-02-01T04:30:00Z']],
    },
  ]);
  await addSpend(database, [{ spentOn: '2026-01-05', amount: '60', region: 'East', source: 'Web' }]);
});
afterAll(() => server?.close());

async function table(path: string): Promise<AnalyticsTable> {
  const answer = await (await server.as('admin')).get<AnalyticsTable>(`/analytics/${path}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

describe('GET analytics/series', () => {
  it('has a row for every month: sums are zero where nothing happened, ratios null, months to come null', async () => {
    const { rows, columns, partial } = await table(
      'series?from=2025-12-15&to=2026-04-30&metrics=revenue&metrics=salesVolume&metrics=conversionRate',
    );
    expect(rows).toEqual([
      ['2025-12-01', '10.00', '1', null],
      ['2026-01-01', '20.25', '1', '1.000000'],
      ['2026-02-01', '0.00', '0', '0.000000'],
      ['2026-03-01', '12.00', '2', null],
      ['2026-04-01', null, null, null],
    ]);
    expect(columns.map(({ id, kind, unit }) => [id, kind, unit])).toEqual([
      ['time', 'time', null],
      ['revenue', 'measure', 'money'],
      ['salesVolume', 'measure', 'count'],
      ['conversionRate', 'measure', 'ratio'],
    ]);
    // December is cut by the filter, March still runs
    expect(partial).toEqual(['2025-12-01', '2026-03-01']);
  });

  it('buckets by ISO weeks, quarters, years and days', async () => {
    const revenue = async (grain: string, from: string, to: string) =>
      (await table(`series?from=${from}&to=${to}&metrics=revenue&grain=${grain}`)).rows;
    expect(await revenue('week', '2025-12-29', '2026-01-08')).toEqual([
      ['2025-12-29', '30.25'],
      ['2026-01-05', '0.00'],
    ]);
    expect(await revenue('quarter', '2025-10-01', '2026-03-31')).toEqual([
      ['2025-10-01', '10.00'],
      ['2026-01-01', '32.25'],
    ]);
    expect(await revenue('year', '2025-01-01', '2026-12-31')).toEqual([
      ['2025-01-01', '10.00'],
      ['2026-01-01', '32.25'],
    ]);
    expect(await revenue('day', '2026-03-01', '2026-03-02')).toEqual([
      ['2026-03-01', '5.00'],
      ['2026-03-02', '7.00'],
    ]);
  });

  it('shows the pipeline as it stood at the end of each month, and as it is now in the running one', async () => {
    const { rows } = await table('series?from=2025-11-01&to=2026-04-30&metrics=pipelineValue&metrics=weightedPipeline');
    const stages = await server.database.prisma.stage.findMany({ where: { pipeline: { entity: 'opportunity' } } });
    const probability = (name: string) => stages.find((stage) => stage.name === name)?.probability ?? Number.NaN;
    const [discovery, proposal] = [probability('Discovery'), probability('Proposal')];
    expect(rows).toEqual([
      ['2025-11-01', '0.00', '0.00'],
      ['2025-12-01', '1000.00', (1000 * discovery).toFixed(2)],
      ['2026-01-01', '1030.00', (1000 * proposal + 30 * discovery).toFixed(2)],
      ['2026-02-01', '30.00', (30 * discovery).toFixed(2)],
      ['2026-03-01', '30.00', (30 * discovery).toFixed(2)],
      ['2026-04-01', null, null],
    ]);
  });

  it('refuses more points than can be read, in a sentence', async () => {
    const client = await server.as('admin');
    const answer = await client.get<{ detail: string }>(
      '/analytics/series?from=2000-01-01&to=2025-12-31&metrics=revenue&grain=day',
    );
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toMatch(/coarser grain/);
    expect((await client.get('/analytics/series?from=2026-01-01&to=2026-01-31')).status).toBe(422);
  });
});

describe('GET analytics/breakdown', () => {
  const YEAR = 'from=2025-06-01&to=2026-03-20';

  it('lists the largest first, facts without a value as "Not set"', async () => {
    const { rows, columns, omitted } = await table(`breakdown?${YEAR}&metrics=revenue&metrics=salesVolume&by=region`);
    expect(rows).toEqual([
      [{ id: 'East', name: 'East' }, '30.25', '2'],
      [{ id: null, name: 'Not set' }, '7.00', '1'],
      [{ id: 'West', name: 'West' }, '5.00', '1'],
    ]);
    expect(columns[0]).toMatchObject({ id: 'region', label: 'Region', kind: 'dimension' });
    expect(omitted).toBe(0);
  });

  it('names products, teams and people', async () => {
    const names = async (by: string) =>
      (await table(`breakdown?${YEAR}&metrics=revenue&by=${by}`)).rows.map(([cell]) => cell);
    const { users, teams } = server.company;
    expect(await names('product')).toEqual([
      { id: null, name: 'Not set' },
      { id: laptop, name: 'Laptop' },
    ]);
    expect(await names('team')).toEqual([
      { id: teams.North, name: 'North' },
      { id: teams.South, name: 'South' },
    ]);
    expect(await names('owner')).toEqual([
      { id: users.rep, name: 'Rolf Rep' },
      { id: users.stranger, name: 'Stan Stranger' },
    ]);
  });

  it('keeps to the limit and says how many rows it left out', async () => {
    const { rows, omitted } = await table(`breakdown?${YEAR}&metrics=revenue&by=region&limit=1`);
    expect(rows).toHaveLength(1);
    expect(omitted).toBe(2);
  });

  it('joins metrics of different facts by the value they share', async () => {
    const { rows } = await table(`breakdown?${YEAR}&metrics=revenue&metrics=winRate&by=owner`);
    const { rep, stranger } = server.company.users;
    expect(rows).toEqual([
      [{ id: rep, name: 'Rolf Rep' }, '30.25', '1.000000'],
      [{ id: stranger, name: 'Stan Stranger' }, '12.00', null],
    ]);
  });

  it('answers null with the reason for a metric that cannot be split so', async () => {
    const { rows, columns } = await table(
      `breakdown?${YEAR}&metrics=revenue&metrics=acquisitionCost&metrics=conversionRate&by=product`,
    );
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['32.25', null, null],
      ['10.00', null, null],
    ]);
    expect(columns[2]?.caveat).toContain('Spend cannot be told apart by product');
    expect(columns[3]?.caveat).toContain('Leads cannot be told apart by product');
  });
});

describe('GET analytics/metrics', () => {
  it('tells each role the metrics it may ask for', async () => {
    type Catalogue = { items: { id: string; dimensions: string[] }[] };
    const all = (await (await server.as('viewer')).get<Catalogue>('/analytics/metrics')).body.items;
    expect(all.map(({ id }) => id)).toEqual([
      'revenue',
      'salesVolume',
      'units',
      'grossProfit',
      'profitMargin',
      'conversionRate',
      'winRate',
      'acquisitionCost',
      'activeCustomers',
      'averageDeal',
      'salesCycle',
      'pipelineValue',
      'weightedPipeline',
      'velocity',
    ]);
    const of = (id: string) => all.find((metric) => metric.id === id);
    expect(of('acquisitionCost')).toMatchObject({ dimensions: ['region', 'team', 'source'], customOf: [] });
    expect(of('conversionRate')).toMatchObject({ customOf: ['lead'], addsUpOverTime: false });
    expect(of('revenue')).toMatchObject({ customOf: ['lead', 'opportunity', 'account'], addsUpOverTime: true });
    expect(of('pipelineValue')).toMatchObject({ isAdditive: true, addsUpOverTime: false });
    const reps = (await (await server.as('rep')).get<Catalogue>('/analytics/metrics')).body.items;
    expect(reps.map(({ id }) => id)).not.toContain('grossProfit');
  });
});
