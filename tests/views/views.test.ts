import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SavedView } from '../../backend/contracts/views.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  rep = await crm.as('rep');
});
afterAll(() => crm?.close());

const list = async (client: CheckedClient) =>
  (await client.get<{ items: SavedView[] }>('/views?entity=lead')).body.items.map(({ name }) => name);

it('a view is private until somebody who may shares it', async () => {
  const mine = await rep.post<SavedView>('/views', {
    entity: 'lead',
    name: 'My hot ones',
    filters: { tag: ['Hot'], owner: 'me' },
    columns: ['name', 'value'],
    sort: '-value',
  });
  expect([mine.status, mine.body.isMine, mine.body.columns]).toEqual([201, true, ['name', 'value']]);
  expect(await list(admin)).toEqual([]);
  expect((await rep.post('/views', { entity: 'lead', name: 'my hot ones', isShared: true })).status).toBe(403);
  expect((await rep.post('/views', { entity: 'lead', name: 'My hot ones' })).status).toBe(409);
  expect((await rep.patch(`/views/${mine.body.id}`, { isShared: true })).status).toBe(403);
  const shared = await admin.post<SavedView>('/views', { entity: 'lead', name: 'All', isShared: true });
  expect(await list(rep)).toEqual(['All', 'My hot ones']);
  expect((await rep.patch(`/views/${shared.body.id}`, { name: 'x' })).status).toBe(403);
  expect((await rep.delete(`/views/${shared.body.id}`)).status).toBe(403);
  expect((await admin.patch(`/views/${mine.body.id}`, { name: 'x' })).status).toBe(404);
  expect((await rep.patch(`/views/${mine.body.id}`, { name: 'x' }, { 'If-Match': '"9"' })).status).toBe(412);
  expect((await rep.delete(`/views/${mine.body.id}`)).status).toBe(204);
  expect(await list(rep)).toEqual(['All']);
});

it('a shared view that names a field which somebody does not see is not shown to them', async () => {
  await admin.post('/fields', { entity: 'lead', key: 'margin', label: 'Margin', type: 'number', visibleTo: ['admin'] });
  await admin.post('/views', {
    entity: 'lead',
    name: 'Fat margins',
    filters: { 'custom.margin.gte': '40' },
    isShared: true,
  });
  expect(await list(admin)).toContain('Fat margins');
  // Whose rights nobody has read yet: they are kept for a few seconds.
  expect(await list(await crm.as('viewer'))).toEqual(['All']);
});

it('who may not share views any more changes a shared one only by taking it back', async () => {
  const { id } = (await rep.post<SavedView>('/views', { entity: 'lead', name: 'Once shared' })).body;
  await crm.database.sql.rows(sql`update saved_view set is_shared = true where id = ${id}::uuid`);
  expect((await rep.patch(`/views/${id}`, { filters: { owner: 'me' } })).status).toBe(403);
  const taken = await rep.patch<SavedView>(`/views/${id}`, { isShared: false, name: 'Mine again' });
  expect([taken.status, taken.body.isShared, taken.body.name]).toEqual([200, false, 'Mine again']);
});
