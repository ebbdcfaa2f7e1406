import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AutomationRuleWire } from '../../backend/contracts/automation.ts';
import type { Page } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Tag } from '../../backend/contracts/tags.ts';
import type { SavedView } from '../../backend/contracts/views.ts';
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

it('go by their new name in saved views and rules, which find what they found', async () => {
  const lead = await crm.addLead('rep', { tags: ['Cold', 'Frozen'] });
  const add = async (name: string, filters: object) =>
    (await admin.post<SavedView>('/views', { entity: 'lead', name, filters })).body;
  const views = [
    await add('with', { tag: ['Cold', 'Frozen'], owner: 'me' }),
    await add('without', { withoutTag: ['Cold'] }),
    await add('one', { tag: 'Cold' }),
    await add('other', { tag: ['Warm'], withoutTag: ['Colder'] }),
  ];
  const rule = await admin.post<AutomationRuleWire>('/automation-rules', {
    ...{ entity: 'lead', name: 'Warm up', trigger: { on: 'created' } },
    conditions: {
      items: [
        { field: 'tags', operator: 'none-of', values: ['cold', 'Frozen'] },
        { field: 'name', operator: 'any-of', values: ['Cold'] },
      ],
    },
    actions: [{ do: 'notify', text: 'Look at it' }],
  });
  expect(rule.status).toBe(201);
  const shown = async () => {
    const { items } = (await admin.get<{ items: SavedView[] }>('/views?entity=lead')).body;
    return views.map(({ id }) => items.find((view) => view.id === id)?.filters);
  };
  const asked = async () => {
    const { body } = await admin.get<AutomationRuleWire>(`/automation-rules/${rule.body.id}`);
    return body.conditions.items.map(({ values }) => values.join(' '));
  };

  expect((await admin.patch(`/tags/${await idOf('Cold')}`, { name: 'Icy' })).status).toBe(200);
  expect(await shown()).toEqual([
    { tag: ['Icy', 'Frozen'], owner: 'me' },
    { withoutTag: ['Icy'] },
    { tag: ['Icy'] },
    { tag: ['Warm'], withoutTag: ['Colder'] },
  ]);
  expect(await asked()).toEqual(['Icy Frozen', 'Cold']);
  const { updatedAt, version } = (await admin.get<Lead>(`/leads/${lead.id}`)).body;
  expect([version, updatedAt > lead.updatedAt]).toEqual([lead.version + 1, true]);

  await admin.post(`/tags/${await idOf('Icy')}/merge`, { into: await idOf('Frozen') });
  expect(await shown()).toEqual([
    { tag: ['Frozen'], owner: 'me' },
    { withoutTag: ['Frozen'] },
    { tag: ['Frozen'] },
    { tag: ['Warm'], withoutTag: ['Colder'] },
  ]);
  expect(await asked()).toEqual(['Frozen', 'Cold']);
});
