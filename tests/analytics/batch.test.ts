import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KpiResponse } from '../../backend/contracts/analytics.ts';
import type { BatchResponse } from '../../backend/contracts/analytics-batch.ts';
import { sql } from '../../backend/db/index.ts';
import type { PersonKey } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addSales } from './facts.ts';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-06-01T12:00:00Z');
  const { rep, stranger } = server.company.users;
  const { North, South } = server.company.teams;
  await addSales(server.database, [
    { soldOn: '2026-02-02', amount: '1', cost: '0.5', region: 'East', ownerId: rep, teamId: North },
    { soldOn: '2026-03-02', amount: '10', cost: '5', region: 'West', ownerId: stranger, teamId: South },
  ]);
});
afterAll(() => server.close());

const ask = async (person: PersonKey, questions: unknown[]) =>
  (await server.as(person)).post<BatchResponse>('/analytics/batch', { questions });

describe('several questions in one request', () => {
  it('are answered anew each time: no answer is kept to be repeated', async () => {
    const client = await server.as('admin');
    const questions = [{ path: 'kpis', query: { ...YEAR, metrics: 'revenue' } }];
    const once = () =>
      client.post<BatchResponse>('/analytics/batch', { questions }, { 'Idempotency-Key': 'the same figures' });
    expect([(await once()).status, (await once()).headers.get('idempotent-replay')]).toEqual([200, null]);
    expect(await server.database.sql.rows(sql`select 1 from idempotency_record`)).toEqual([]);
  });

  it.each(['admin', 'manager', 'rep'] as const)('are answered as each address answers the %s', async (person) => {
    const client = await server.as(person);
    const addresses: [string, Record<string, string | string[]>][] = [
      ['kpis', { ...YEAR, metrics: ['revenue', 'salesVolume'], region: ['East', 'West'] }],
      ['series', { from: [YEAR.from], to: [YEAR.to], metrics: ['revenue'], grain: ['quarter'] }],
      ['breakdown', { ...YEAR, metrics: 'revenue', by: 'owner' }],
      ['filters', {}],
      ['metrics', {}],
      ['pipeline/funnel', { ...YEAR }],
    ];
    const { status, body } = await ask(
      person,
      addresses.map(([path, query]) => ({ path, query })),
    );
    expect(status).toBe(200);
    for (const [at, [path, query]] of addresses.entries()) {
      const parameters = new URLSearchParams(
        Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
      );
      const single = await client.get(`/analytics/${path}?${parameters}`);
      expect(body.items[at], path).toEqual({ status: 200, body: single.body });
    }
  });

  it('shows nobody more than they reach', async () => {
    const { body } = await ask('rep', [{ path: 'kpis', query: { ...YEAR, metrics: 'revenue' } }]);
    expect(body.items[0]?.body as KpiResponse).toMatchObject({ items: [{ metric: 'revenue', value: '1.00' }] });
  });

  it('answers the others where one is refused, with pointers into its query', async () => {
    const { body } = await ask('admin', [
      { path: 'kpis', query: { from: '2026-12-31', to: '2026-01-01' } },
      { path: 'series', query: { ...YEAR, metrics: 'revenue', grain: 'century' } },
      { path: 'kpis', query: { ...YEAR, nonsense: '1' } },
      { path: 'metrics' },
    ]);
    expect(body.items.map(({ status }) => status)).toEqual([422, 422, 422, 200]);
    expect(body.items[0]?.body).toMatchObject({ code: 'invalid', errors: [{ pointer: '/query/to' }] });
    expect(body.items[2]?.body).toMatchObject({ errors: [{ pointer: '/query/nonsense' }] });
  });

  it('takes known addresses and a bounded number of them', async () => {
    expect((await ask('admin', [])).status).toBe(422);
    expect((await ask('admin', [{ path: 'batch' }])).status).toBe(422);
    expect((await ask('admin', [{ path: '../leads' }])).status).toBe(422);
    expect((await ask('admin', Array(25).fill({ path: 'metrics' }))).status).toBe(422);
    expect((await ask('admin', [{ path: 'kpis', query: { region: Array(101).fill('a') } }])).status).toBe(422);
  });

  it('is refused to strangers', async () => {
    const response = await fetch(`${server.url}/api/v1/analytics/batch`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ questions: [{ path: 'metrics' }] }),
    });
    expect(response.status).toBe(401);
  });
});
