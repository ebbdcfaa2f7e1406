import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable, FilterOptions, KpiResponse, MetricsResponse } from '../../backend/contracts/analytics.ts';
import type { Dashboard, Exploration } from '../../backend/contracts/dashboards.ts';
import { sql } from '../../backend/db/index.ts';
import { registerHost } from '../embed/host.ts';
import { TestClient } from '../support/client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addSales } from './facts.ts';

const PERIOD = 'from=2026-01-01&to=2026-03-31';
let server: TestServer;
let admin: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
  const { rep, stranger } = server.company.users;
  const { North, South } = server.company.teams;
  await addSales(server.database, [
    { soldOn: '2026-02-02', amount: '1', cost: '0.25', ownerId: rep, teamId: North, region: 'mine' },
    { soldOn: '2026-02-02', amount: '100', cost: '30', ownerId: stranger, teamId: South, region: 'theirs' },
  ]);
});
afterAll(() => server?.close());

async function keyOf(permissions: Record<string, string>, fieldGroups: string[] = []): Promise<TestClient> {
  const { status, body } = await admin.post<{ key: string }>('/api-keys', {
    ...{ name: 'A program', permissions, fieldGroups },
    expiresOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
  });
  expect(status).toBe(201);
  return new TestClient(server.url, { Authorization: `Bearer ${body.key}` });
}
const revenue = async (client: TestClient) =>
  (await client.get<KpiResponse>(`/analytics/kpis?${PERIOD}&metrics=revenue`)).body.items[0]?.value;

describe('an API key', () => {
  it('reaches no more figures than it was given, whoever made it', async () => {
    expect(await revenue(admin)).toBe('101.00');
    expect(await revenue(await keyOf({ 'analytics.read': 'all' }))).toBe('101.00');
    const own = await keyOf({ 'analytics.read': 'own' });
    expect(await revenue(own)).toBe('0.00');
    const { body: options } = await own.get<FilterOptions>('/analytics/filters');
    expect([options.region, options.owner, options.team, options.firstDay]).toEqual([[], [], [], null]);
    const { body: split } = await own.get<AnalyticsTable>(`/analytics/breakdown?${PERIOD}&metrics=revenue&by=region`);
    expect([split.rows, split.omitted]).toEqual([[], 0]);
  });

  it('without costs knows no metric, target, panel or question that rests on them', async () => {
    const blind = await keyOf({ 'analytics.read': 'all', 'sale.read': 'all' });
    const target = { grain: 'month', from: '2026-02-01', value: '5', metric: 'grossProfit' };
    expect((await admin.post('/targets', target)).status).toBe(201);
    const chart = { metrics: ['profitMargin'], type: 'line' };
    const question = await admin.post<Exploration>('/explorations', {
      name: 'Margin',
      chart,
      selection: {},
      isShared: true,
    });
    const seen = await Promise.all([
      blind.get<object>('/targets'),
      blind.get<object>('/dashboards'),
      blind.get<object>('/explorations'),
      blind.get<MetricsResponse>('/analytics/metrics'),
      blind.get<object>(`/analytics/kpis?${PERIOD}`),
      blind.get<object>(`/analytics/records?${PERIOD}&metric=revenue`),
    ]);
    for (const { status, body } of seen) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/grossProfit|profitMargin|"cost":|"costBase"|margin|gross profit/i);
    }
    expect((await blind.get(`/explorations/${question.body.id}`)).status).toBe(404);
    const asked = ['grossProfit', 'profitMargin'].flatMap((metric) => [
      `kpis?${PERIOD}&metrics=${metric}`,
      `series?${PERIOD}&metrics=revenue&metrics=${metric}`,
      `breakdown?${PERIOD}&metrics=${metric}&metrics=revenue&by=region&limit=1`,
      `records?${PERIOD}&metric=${metric}`,
      `benchmark?${PERIOD}&metric=${metric}`,
    ]);
    for (const path of asked) expect([path, (await blind.get(`/analytics/${path}`)).status]).toEqual([path, 403]);
  });

  it('without analytics opens none of it', async () => {
    const other = await keyOf({ 'sale.read': 'all' }, ['cost']);
    const paths = [
      `/analytics/kpis?${PERIOD}`,
      '/analytics/filters',
      '/analytics/metrics',
      '/dashboards',
      '/explorations',
      '/targets',
    ];
    for (const path of paths) expect([path, (await other.get(path)).status]).toEqual([path, 403]);
  });
});

describe('a token of a page elsewhere', () => {
  it('shows what its visitor sees, and looks after nothing that is shared', async () => {
    const host = await registerHost(server);
    const visit = (person: string) => host.visit({ sub: `host-${person}`, email: `${person}@example.com` });
    const [rep, keeper] = [await visit('rep'), await visit('admin')];
    expect(await revenue(rep)).toBe('1.00');
    expect(await revenue(keeper)).toBe('101.00');
    const list = async (client: TestClient) => (await client.get<{ items: Dashboard[] }>('/dashboards')).body.items;
    const builtIn = (await list(keeper)).find(({ key }) => key === 'executive');
    expect(builtIn?.canEdit).toBe(false);
    expect((await keeper.patch(`/dashboards/${builtIn?.id}`, { name: 'x' })).status).toBe(403);
    const role = await server.database.sql.first<{ id: string }>(
      sql`select id::text as id from role where key = 'rep'`,
    );
    const manager = await server.as('manager');
    const forReps = { name: 'For reps', audience: 'roles', roleIds: [role?.id] };
    const { id } = (await manager.post<Dashboard>('/dashboards', forReps)).body;
    expect((await admin.get(`/dashboards/${id}`)).status).toBe(200);
    expect((await keeper.get(`/dashboards/${id}`)).status).toBe(404);
    expect((await rep.get(`/dashboards/${id}`)).status).toBe(200);
    const file = { of: { kind: 'dashboard', dashboardId: id }, format: 'pdf' };
    expect((await keeper.post('/analytics/exports', file)).status).toBe(404);
    expect((await rep.post('/analytics/exports', file)).status).toBe(202);
  });
});
