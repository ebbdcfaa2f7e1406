import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Exploration } from '../../backend/contracts/dashboards.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let manager: CheckedClient;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  [admin, manager, rep] = await Promise.all([crm.as('admin'), crm.as('manager'), crm.as('rep')]);
});
afterAll(() => crm?.close());

const chart = { metrics: ['revenue'], by: 'region', type: 'bar' };
const question = (fields: Record<string, unknown>) => ({ name: 'Regions', chart, selection: {}, ...fields });
const names = async (client: CheckedClient, query = '') =>
  (await client.get<{ items: Exploration[] }>(`/explorations${query}`)).body.items.map(({ name }) => name);

it('a question is private until somebody who may shares it', async () => {
  const mine = await rep.post<Exploration>('/explorations', question({}));
  expect([mine.status, mine.body.isMine, mine.body.canEdit, mine.body.chart.limit]).toEqual([201, true, true, 12]);
  expect(mine.body.selection).toEqual({ range: 'last-12-months', compare: 'previous', filters: {} });
  const path = `/explorations/${mine.body.id}`;
  expect((await admin.get(path)).status).toBe(404);
  expect((await admin.patch(path, { name: 'x' })).status).toBe(404);
  expect((await rep.patch(path, { isShared: true })).status).toBe(403);
  expect(pointersOf(await rep.post('/explorations', question({})))).toEqual(['/name']);

  const shared = await manager.post<Exploration>('/explorations', question({ name: 'All', isShared: true }));
  expect(await names(rep)).toEqual(['All', 'Regions']);
  expect(await names(rep, `?id=${shared.body.id}`)).toEqual(['All']);
  expect((await rep.patch(`/explorations/${shared.body.id}`, { name: 'x' })).status).toBe(403);
  expect((await rep.delete(`/explorations/${shared.body.id}`)).status).toBe(403);
  expect((await admin.patch(`/explorations/${shared.body.id}`, { name: 'Regions, all' })).status).toBe(200);
  expect((await admin.patch(`/explorations/${shared.body.id}`, { isShared: false })).status).toBe(200);
  expect(await names(admin)).toEqual([]);
  expect(await names(manager)).toEqual(['Regions, all']);
  expect((await rep.patch(path, { name: 'x' }, { 'If-Match': '"9"' })).status).toBe(412);
  expect((await rep.delete(path)).status).toBe(204);
});

it('guarded figures are left out for who does not see them; a question of nothing else is not there', async () => {
  const mixed = { metrics: ['revenue', 'grossProfit'], type: 'line' };
  const some = await manager.post<Exploration>(
    '/explorations',
    question({ name: 'Mixed', chart: mixed, isShared: true }),
  );
  const profit = { metrics: ['profitMargin'], type: 'line' };
  const none = await manager.post<Exploration>(
    '/explorations',
    question({ name: 'Margin', chart: profit, isShared: true }),
  );
  expect((await rep.get<Exploration>(`/explorations/${some.body.id}`)).body.chart.metrics).toEqual(['revenue']);
  expect((await rep.get(`/explorations/${none.body.id}`)).status).toBe(404);
  expect(await names(rep)).toEqual(['Mixed']);
  expect((await rep.post('/explorations', question({ name: 'x', chart: profit }))).status).toBe(403);

  const editor = await crm.withRole({ 'analytics.read': 'all', 'view.share': 'all', 'settings.manage': 'all' });
  expect((await editor.patch(`/explorations/${some.body.id}`, { chart })).status).toBe(403);
  expect((await editor.patch(`/explorations/${some.body.id}`, { name: 'Both' })).status).toBe(200);
  expect((await manager.get<Exploration>(`/explorations/${some.body.id}`)).body.chart.metrics).toEqual(mixed.metrics);
});
