import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Tag } from '../../backend/contracts/tags.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
});
afterAll(() => crm?.close());

const counted = async () => {
  const { items } = (await admin.get<Page<Tag & { records: number }>>('/tags?count=true')).body;
  return Object.fromEntries(items.map(({ name, records }) => [name, records]));
};
const idOf = async (name: string) =>
  (await admin.get<Page<Tag>>('/tags')).body.items.find((tag) => tag.name === name)?.id ?? '';

it('are counted over all records, and merged so that none carries one twice', async () => {
  const both = await crm.addLead('rep', { tags: ['Fair', 'Trade fair'] });
  const one = await crm.addOpportunity('rep', { tags: ['Trade fair'] });
  const gone = await crm.addAccount('rep', { tags: ['Trade fair'] });
  await admin.delete(`/accounts/${gone.id}`);
  expect(await counted()).toEqual({ Fair: 1, 'Trade fair': 2 });
  const [fair, trade] = [await idOf('Fair'), await idOf('Trade fair')];
  expect(pointersOf(await admin.post(`/tags/${trade}/merge`, { into: trade }))).toEqual(['/into']);
  expect(pointersOf(await admin.post(`/tags/${trade}/merge`, { into: NOBODY }))).toEqual(['/into']);
  expect((await admin.post(`/tags/${NOBODY}/merge`, { into: fair })).status).toBe(404);
  const merged = await admin.post<Tag>(`/tags/${trade}/merge`, { into: fair });
  expect([merged.status, merged.body.name]).toEqual([200, 'Fair']);
  expect(await counted()).toEqual({ Fair: 2 });
  expect((await admin.get<Lead>(`/leads/${both.id}`)).body.tags).toEqual(['Fair']);
  expect((await admin.get<Lead>(`/opportunities/${one.id}`)).body.tags).toEqual(['Fair']);
});

it('are counted only for who manages them', async () => {
  const rep = await crm.as('rep');
  expect((await rep.get('/tags')).status).toBe(200);
  expect((await rep.get('/tags?count=true')).status).toBe(403);
});
