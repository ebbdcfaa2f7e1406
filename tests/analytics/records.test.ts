import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordsResponse } from '../../backend/contracts/analytics.ts';
import { sql } from '../../backend/db/index.ts';
import type { PersonKey } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addLeads, addOpportunities, addSales, addSpend } from './facts.ts';

const PERIOD = 'from=2026-01-01&to=2026-03-31';
/** Sales outlive their accounts. */
const ACCOUNT = '00000000-0000-7000-8000-00000000000a';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-06-01T12:00:00Z');
  const { database, company } = server;
  const { rep, stranger } = company.users;
  const { North, South } = company.teams;
  await addSales(database, [
    { soldOn: '2026-01-05', amount: '1', cost: '0.25', ownerId: rep, teamId: North, region: 'East' },
    { soldOn: '2026-01-05', amount: '2', ownerId: rep, teamId: North, region: 'East' },
    { soldOn: '2026-01-06', amount: '3', ownerId: rep, teamId: North, accountId: ACCOUNT },
    { soldOn: '2026-02-01', amount: '4', cost: '1', ownerId: stranger, teamId: South, region: 'East' },
    { soldOn: '2026-04-01', amount: '5', ownerId: rep, teamId: North },
  ]);
  await addLeads(database, [
    { createdAt: '2026-01-05T10:00:00Z', ownerId: rep, teamId: North },
    { createdAt: '2026-01-06T10:00:00Z', ownerId: stranger, teamId: South, isConverted: true },
  ]);
  await addOpportunities(database, [
    {
      createdAt: '2026-01-01T10:00:00Z',
      amount: '10',
      closedOn: '2026-02-01',
      ownerId: rep,
      teamId: North,
      stages: [
        ['Discovery', '2026-01-01T10:00:00Z'],
        ['Won', '2026-02-01T10:00:00Z'],
      ],
    },
    {
      createdAt: '2026-01-02T10:00:00Z',
      amount: '20',
      closedOn: '2026-02-02',
      ownerId: stranger,
      teamId: South,
      stages: [
        ['Discovery', '2026-01-02T10:00:00Z'],
        ['Lost', '2026-02-02T10:00:00Z'],
      ],
    },
    {
      createdAt: '2026-01-03T10:00:00Z',
      amount: '30',
      closedOn: '2026-04-02',
      ownerId: rep,
      teamId: North,
      stages: [
        ['Discovery', '2026-01-03T10:00:00Z'],
        ['Won', '2026-04-02T10:00:00Z'],
      ],
    },
  ]);
  await addSpend(database, [
    { spentOn: '2026-01-10', amount: '7', teamId: North },
    { spentOn: '2026-01-11', amount: '8' },
  ]);
});
afterAll(() => server?.close());

const records = async (person: PersonKey, query: string): Promise<RecordsResponse> => {
  const answer = await (await server.as(person)).get<RecordsResponse>(`/analytics/records?${PERIOD}&${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};
const amounts = ({ items }: RecordsResponse) => items.map(({ amount }) => (amount as { amount: string }).amount);

describe('GET analytics/records', () => {
  it('lists the sales behind revenue, newest first, within the filters', async () => {
    const all = await records('admin', 'metric=revenue');
    expect(all.entity).toBe('sale');
    expect(amounts(all).sort()).toEqual(['1.00', '2.00', '3.00', '4.00']);
    expect(all.items.map(({ soldOn }) => soldOn)).toEqual(['2026-02-01', '2026-01-06', '2026-01-05', '2026-01-05']);
    expect(amounts(await records('admin', 'metric=revenue&region=East'))).toHaveLength(3);
    expect(amounts(await records('admin', 'metric=revenue&region='))).toEqual(['3.00']);
    expect(all.items[0]).toMatchObject({
      owner: { name: 'Stan Stranger' },
      team: { name: 'South' },
      cost: { amount: '1.00', currency: 'EUR' },
      quantity: '1',
    });
  });

  it('pages without losing or repeating a record', async () => {
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: RecordsResponse = await records(
        'admin',
        `metric=revenue&limit=1${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual((await records('admin', 'metric=revenue')).items.map(({ id }) => id));
  });

  it('shows each role its own records, and costs only to those who see them', async () => {
    const own = await records('rep', 'metric=revenue');
    expect(amounts(own).sort()).toEqual(['1.00', '2.00', '3.00']);
    expect(own.items.every((item) => !('cost' in item))).toBe(true);
    expect((await records('manager', 'metric=revenue')).items).toHaveLength(3);
  });

  it('lists what each metric counts', async () => {
    expect(amounts(await records('admin', 'metric=grossProfit')).sort()).toEqual(['1.00', '4.00']);
    expect(amounts(await records('admin', 'metric=activeCustomers'))).toEqual(['3.00']);
    expect(
      (await records('admin', 'metric=conversionRate')).items.map(({ stage }) => (stage as { name: string }).name),
    ).toEqual(['Converted', 'New']);
    expect(amounts(await records('admin', 'metric=winRate'))).toEqual(['20.00', '10.00']);
    expect(amounts(await records('admin', 'metric=averageDeal'))).toEqual(['10.00']);
    // open on 31 March, won since
    const open = await records('admin', 'metric=pipelineValue');
    expect(open.items).toMatchObject([
      { amountBase: { amount: '30.00' }, stage: { kind: 'won' }, closedOn: '2026-04-02' },
    ]);
    expect(amounts(await records('admin', 'metric=acquisitionCost'))).toEqual(['8.00', '7.00']);
    expect(amounts(await records('manager', 'metric=acquisitionCost'))).toEqual(['7.00']);
  });

  it('refuses metrics that the viewer or the filters rule out, and cursors of another list', async () => {
    const rep = await server.as('rep');
    const status = async (query: string) => (await rep.get(`/analytics/records?${PERIOD}&${query}`)).status;
    expect(await status('metric=grossProfit')).toBe(403);
    expect(await status('metric=acquisitionCost')).toBe(422);
    expect(await status('metric=conversionRate&product=00000000-0000-7000-8000-0000000000ff')).toBe(422);
    const cursor = (await records('admin', 'metric=revenue&limit=1')).nextCursor;
    expect(await status(`metric=winRate&cursor=${cursor}`)).toBe(422);
    const forged = Buffer.from(JSON.stringify(['records:sales', 'soon', 'x'])).toString('base64url');
    expect(await status(`metric=revenue&cursor=${forged}`)).toBe(422);
  });

  it('needs the right to read the records themselves', async () => {
    const { database, company } = server;
    await database.sql.rows(sql`
      insert into role (key, name, permissions) values ('counter', 'Counter', '{"analytics.read": "all", "sale.read": "own"}'::jsonb)`);
    await database.sql.rows(sql`
      update app_user set role_id = (select id from role where key = 'counter') where id = ${company.users.stranger}::uuid`);
    const client = await server.as('stranger');
    expect((await client.get(`/analytics/records?${PERIOD}&metric=winRate`)).status).toBe(403);
    expect(amounts(await records('stranger', 'metric=revenue'))).toEqual(['4.00']);
  });
});
