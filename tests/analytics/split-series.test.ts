import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable } from '../../backend/contracts/analytics.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addOpportunities, addSales, type OpportunityFact } from './facts.ts';

const QUARTER = 'from=2026-01-01&to=2026-04-30';
let server: TestServer;

const won = (region: string, amount: string, days: number, month: string): OpportunityFact => ({
  createdAt: `2025-12-01T12:00:00Z`,
  amount,
  region,
  closedOn: `${month}-${String(days).padStart(2, '0')}`,
  stages: [
    ['Discovery', '2025-12-01T12:00:00Z'],
    ['Won', `${month}-${String(days).padStart(2, '0')}T12:00:00Z`],
  ],
});

beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-03-20T12:00:00Z');
  await addSales(server.database, [
    { soldOn: '2026-01-05', amount: '50', cost: '10', region: 'East' },
    { soldOn: '2026-02-05', amount: '5.25', region: 'East' },
    { soldOn: '2026-01-06', amount: '20', cost: '5', region: 'others' },
    { soldOn: '2026-03-06', amount: '20', cost: '5', region: 'others' },
    { soldOn: '2026-03-07', amount: '7', cost: '0' },
    { soldOn: '2026-02-07', amount: '3', cost: '3', region: 'West' },
    { soldOn: '2026-02-08', amount: '2', cost: '1', region: 'North' },
  ]);
  await addOpportunities(server.database, [
    won('East', '100', 11, '2026-01'),
    won('West', '10', 21, '2026-01'),
    won('North', '10', 5, '2026-02'),
  ]);
});
afterAll(() => server?.close());

const ask = async (path: string) => (await server.as('admin')).get<AnalyticsTable>(`/analytics/${path}`);
const table = async (path: string): Promise<AnalyticsTable> => {
  const { status, body } = await ask(path);
  expect(status).toBe(200);
  return body;
};
const refusal = async (path: string): Promise<string> => {
  const { status, body } = await ask(path);
  expect(status).toBe(422);
  return (body as unknown as { detail: string }).detail;
};

describe('a series split by a dimension', () => {
  it('has a column for each value, the largest over the whole period first', async () => {
    const { columns, rows, omitted, partial } = await table(`series?${QUARTER}&metrics=revenue&by=region&limit=3`);
    expect(columns.map(({ id, label, kind, unit }) => [id, label, kind, unit])).toEqual([
      ['time', 'Month', 'time', null],
      ['value:East', 'East', 'measure', 'money'],
      ['value:others', 'others', 'measure', 'money'],
      ['unset', 'Not set', 'measure', 'money'],
    ]);
    expect(columns.map(({ member }) => member)).toEqual([
      undefined,
      { id: 'East', name: 'East' },
      { id: 'others', name: 'others' },
      { id: null, name: 'Not set' },
    ]);
    expect(rows).toEqual([
      ['2026-01-01', '50.00', '20.00', '0.00'],
      ['2026-02-01', '5.25', '0.00', '0.00'],
      ['2026-03-01', '0.00', '20.00', '7.00'],
      ['2026-04-01', null, null, null],
    ]);
    expect(omitted).toBe(2);
    expect(partial).toEqual(['2026-03-01']);
  });

  it('adds the rest up as others, which are no value of that name', async () => {
    const { columns, rows } = await table(`series?${QUARTER}&metrics=revenue&by=region&limit=2&others=true`);
    expect(columns[3]).toMatchObject({ id: 'others', member: { id: null, name: 'Others', isOthers: true } });
    expect(rows.map((row) => row[3])).toEqual(['0.00', '5.00', '7.00', null]);
    const all = await table(`series?${QUARTER}&metrics=revenue&by=region&others=true`);
    expect(all.columns).toHaveLength(6);
    expect(all.omitted).toBe(0);
  });

  it('computes shares of others from their sums, and their median from what they have together', async () => {
    const margin = await table(`series?${QUARTER}&metrics=profitMargin&by=region&limit=1&others=true`);
    expect(margin.columns[1]?.member).toEqual({ id: null, name: 'Not set' });
    // (50 + 20 - 10 - 5) / 70; (3 + 2 - 4) / 5; East's sale of February has no cost
    expect(margin.rows.map((row) => row[2])).toEqual(['0.785714', '0.200000', '0.750000', null]);
    const cycle = await table(`series?${QUARTER}&metrics=salesCycle&by=region&limit=1&others=true`);
    expect(cycle.columns.map(({ label }) => label)).toEqual(['Month', 'North', 'Others']);
    expect(cycle.rows.map((row) => row[2])).toEqual(['46.0', null, null, null]); // of East's 41 days and West's 51
    expect(cycle.columns[2]?.caveat).not.toContain('rests on a median');
    const one = await table(`series?${QUARTER}&metrics=salesCycle&by=region&limit=2&others=true`);
    expect(one.rows[0]).toEqual(['2026-01-01', null, '51.0', '41.0']);
  });

  it('follows the pipeline as it stood', async () => {
    const { columns, rows } = await table(
      'series?from=2025-12-01&to=2026-03-31&metrics=pipelineValue&by=region&limit=1&others=true',
    );
    expect(columns.map(({ label }) => label)).toEqual(['Month', 'East', 'Others']);
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['100.00', '20.00'],
      ['0.00', '10.00'],
      ['0.00', '0.00'],
      ['0.00', '0.00'],
    ]);
  });

  it('says why where the metric cannot be split so', async () => {
    const { columns, rows } = await table(`series?${QUARTER}&metrics=acquisitionCost&by=product`);
    expect(columns[1]).toMatchObject({
      id: 'acquisitionCost',
      caveat: expect.stringContaining('told apart by product'),
    });
    expect(rows[0]).toEqual(['2026-01-01', null]);
  });

  it('is of one metric, and of no more figures than can be read', async () => {
    expect(await refusal(`series?${QUARTER}&metrics=revenue&metrics=units&by=region`)).toContain('one metric');
    expect(
      await refusal('series?from=2020-01-01&to=2026-12-31&metrics=revenue&by=region&grain=day&limit=50'),
    ).toContain('coarser grain');
  });
});

describe('others in a breakdown', () => {
  it('are a last row, told apart from facts without a value', async () => {
    const { rows, omitted } = await table(
      `breakdown?${QUARTER}&metrics=revenue&metrics=profitMargin&by=region&limit=2&others=true`,
    );
    expect(rows).toEqual([
      [{ id: 'East', name: 'East' }, '55.25', '0.800000'],
      [{ id: 'others', name: 'others' }, '40.00', '0.750000'],
      [{ id: null, name: 'Others', isOthers: true }, '12.00', '0.666667'],
    ]);
    expect(omitted).toBe(3);
    expect((await table(`breakdown?${QUARTER}&metrics=revenue&by=region&others=true`)).rows).toHaveLength(5);
  });
});

describe('transformed figures', () => {
  it('add up as they go on', async () => {
    const { rows, columns } = await table(`series?${QUARTER}&metrics=revenue&transform=runningTotal`);
    expect(rows.map((row) => row[1])).toEqual(['70.00', '80.25', '107.25', null]);
    expect(columns[1]).toMatchObject({ id: 'revenue', label: 'Revenue, running total', unit: 'money' });
    const split = await table(`series?${QUARTER}&metrics=revenue&by=region&limit=1&others=true&transform=runningTotal`);
    expect(split.rows.map((row) => row.slice(1))).toEqual([
      ['50.00', '20.00'],
      ['55.25', '25.00'],
      ['55.25', '52.00'],
      [null, null],
    ]);
  });

  it('are shares of the series, of the period where it is split, or of the breakdown with what it leaves out', async () => {
    const series = await table(`series?${QUARTER}&metrics=salesVolume&transform=share`);
    expect(series.rows.map((row) => row[1])).toEqual(['0.285714', '0.428571', '0.285714', null]);
    expect(series.columns[1]).toMatchObject({ unit: 'ratio', currency: null });
    const split = await table(`series?${QUARTER}&metrics=revenue&by=region&limit=1&transform=share`);
    expect(split.rows.map((row) => row[1])).toEqual(['0.714286', '0.512195', '0.000000', null]);
    const parts = await table(`breakdown?${QUARTER}&metrics=salesVolume&by=region&limit=1&transform=share`);
    expect(parts.rows).toEqual([[{ id: 'East', name: 'East' }, '0.285714']]);
  });

  it('are means of the latest periods, as partial as any of them', async () => {
    const { rows, partial } = await table(
      'series?from=2026-01-10&to=2026-03-31&metrics=revenue&transform=movingAverage&window=2',
    );
    expect(rows.map((row) => row[1])).toEqual([null, '5.13', '18.63']);
    expect(partial).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
    const ratio = await table(`series?${QUARTER}&metrics=profitMargin&transform=movingAverage&window=2&region=East`);
    expect(ratio.rows.map((row) => row[1])).toEqual([null, null, null, null]);
  });

  it('are refused in a sentence where they would mean nothing', async () => {
    expect(await refusal(`series?${QUARTER}&metrics=winRate&transform=runningTotal`)).toContain(
      'the values of win rate do not add up over time',
    );
    expect(await refusal(`series?${QUARTER}&metrics=pipelineValue&transform=runningTotal`)).toContain('over time');
    expect(await refusal(`breakdown?${QUARTER}&metrics=winRate&by=region&transform=share`)).toContain('from its parts');
    expect((await ask(`series?${QUARTER}&metrics=pipelineValue&by=region&transform=share`)).status).toBe(200);
    expect((await ask(`series?${QUARTER}&metrics=revenue&transform=movingAverage&window=1`)).status).toBe(422);
  });
});
