import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable } from '../../../backend/contracts/analytics.ts';
import type { Lead } from '../../../backend/contracts/leads.ts';
import type { CheckedClient } from '../../support/checked-client.ts';
import { type Crm, startCrm } from '../../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let rep: CheckedClient;

const FIELDS = [
  ['note', 'text', {}],
  ['size', 'number', {}],
  ['budget', 'money', {}],
  ['since', 'date', {}],
  ['met', 'date-time', {}],
  ['vip', 'boolean', { isDimension: true }],
  ['plan', 'choice', { options: ['Basic', 'Pro'], isDimension: true }],
  ['needs', 'multi-choice', { options: ['Fast', 'Cheap'] }],
  ['advisor', 'user', { isDimension: true }],
  ['secret', 'text', { visibleTo: ['admin'], isDimension: true }],
] as const;

beforeAll(async () => {
  crm = await startCrm();
  [admin, rep] = await Promise.all([crm.as('admin'), crm.as('rep')]);
  for (const [key, type, more] of FIELDS) {
    expect((await admin.post('/fields', { entity: 'lead', key, label: key, type, ...more })).status).toBe(201);
  }
  const { users } = crm.company;
  const add = (name: string, custom: Record<string, unknown>) =>
    crm.addLead('admin', { name, custom, ownerId: users.rep });
  await add('A', {
    note: 'First "one" 100%',
    size: 5,
    budget: { amount: '100', currency: 'EUR' },
    since: '2026-01-31',
    met: '2026-01-31T10:00:00Z',
    vip: true,
    plan: 'Pro',
    needs: ['Fast', 'Cheap'],
    advisor: users.rep,
    secret: 'hidden',
  });
  await add('B', { note: 'second', size: -1.5, since: '2025-06-01', vip: false, plan: 'Basic', needs: ['Fast'] });
  await add('C', {});
});
afterAll(() => crm?.close());

async function found(query: string, client = admin): Promise<string> {
  const answer = await client.get<{ items: Lead[] }>(`/leads?${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.items
    .map(({ name }) => name)
    .sort()
    .join('');
}

describe('lists of records by custom fields', () => {
  it.each([
    ['custom.note=SECOND', 'B'],
    ['custom.note.contains=100%25', 'A'],
    ['custom.note.contains=_', ''],
    ['custom.note.ne=second', 'AC'],
    ['custom.size=5', 'A'],
    ['custom.size.gte=-1.5', 'AB'],
    ['custom.size.lt=5', 'B'],
    ['custom.size=5&custom.plan=Basic', ''],
    ['custom.budget.gt=99.99', 'A'],
    ['custom.since.gte=2026-01-01', 'A'],
    ['custom.met.lt=2026-02-01', 'A'],
    ['custom.vip=true', 'A'],
    ['custom.vip.ne=true', 'BC'],
    ['custom.plan=Basic&custom.plan=Pro', 'AB'],
    ['custom.plan.empty=true', 'C'],
    ['custom.plan.filled=true', 'AB'],
    ['custom.needs=Cheap', 'A'],
    ['custom.needs.ne=Cheap', 'BC'],
  ])('%s', async (query, names) => {
    expect(await found(query)).toBe(names);
  });

  it('knows "me" in fields of people', async () => {
    expect(await found('custom.advisor=me', rep)).toBe('A');
    expect(await found('custom.advisor=me')).toBe('');
  });

  it.each([
    'custom.nothing=1',
    'custom.size=big',
    'custom.size.contains=5',
    'custom.size.near=5',
    'custom.plan=Gold',
    'custom.vip=perhaps',
    'custom.since=2026-02-30',
    "custom.x'--=1",
  ])('refuses %s', async (query) => {
    expect((await admin.get(`/leads?${query}`)).status).toBe(422);
  });

  it('does not let anybody ask about a field they do not see', async () => {
    expect(await found('custom.secret=hidden')).toBe('A');
    for (const query of ['custom.secret=hidden', 'custom.secret.filled=true', 'sort=custom.secret'])
      expect((await rep.get(`/leads?${query}`)).status).toBe(422);
  });
});

describe('numbers by a custom field', () => {
  const breakdown = (by: string, client = admin) =>
    client.get<AnalyticsTable>(
      `/analytics/breakdown?from=2026-01-01&to=2027-12-31&metrics=conversionRate&metrics=revenue&by=${by}`,
    );

  it('are split by its values, with "not set" a row of its own', async () => {
    const { status, body } = await breakdown('custom.lead.plan');
    expect(status).toBe(200);
    expect(body.columns[0]).toMatchObject({ id: 'custom.lead.plan', label: 'plan', kind: 'dimension' });
    expect(body.rows.map(([cell]) => (cell as { name: string }).name).sort()).toEqual(['Basic', 'Not set', 'Pro']);
    const yesOrNo = (await breakdown('custom.lead.vip')).body.rows.map(([cell]) => (cell as { name: string }).name);
    expect(yesOrNo.sort()).toEqual(['No', 'Not set', 'Yes']);
  });

  it('are given only by fields that are open to it and that the viewer sees', async () => {
    expect((await breakdown('custom.lead.secret')).status).toBe(200);
    for (const by of ['custom.lead.secret', 'custom.lead.note', 'custom.lead.nothing', 'custom.contact.plan'])
      expect((await breakdown(by, rep)).status).toBe(422);
  });
});
