import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilterOptions } from '../../backend/contracts/analytics.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { addProduct, addSales } from './facts.ts';

let crm: Crm;
let products: string[];

beforeAll(async () => {
  crm = await startCrm();
  const admin = await crm.as('admin');
  const { rep, stranger } = crm.company.users;
  const { North, South } = crm.company.teams;
  products = [
    await addProduct(crm.database, 'Laptop', 'Hardware'),
    await addProduct(crm.database, 'Cable', 'Hardware'),
  ];
  const [laptop = null, cable = null] = products;
  await addSales(crm.database, [
    {
      soldOn: '2026-01-05',
      amount: '1',
      region: 'West',
      source: 'Web',
      productId: laptop,
      ownerId: rep,
      teamId: North,
    },
    { soldOn: '2026-01-04', amount: '1', region: 'east', category: 'Soft', ownerId: stranger, teamId: South },
    { soldOn: '2026-01-07', amount: '1', region: 'East', segment: 'SMB', productId: cable },
    { soldOn: '2026-01-06', amount: '1', region: 'West', ownerId: rep, teamId: North },
    { soldOn: '2020-01-01', amount: '1', region: 'Gone', category: 'Gone', ownerId: crm.company.users.admin },
  ]);
  await crm.database.sql.rows(sql`update sale set deleted_at = now() where region = 'Gone'`);
  for (const field of [
    { entity: 'lead', key: 'plan', label: 'Plan', type: 'choice', options: ['Basic', 'Pro'] },
    { entity: 'account', key: 'city', label: 'City', type: 'text' },
    { entity: 'opportunity', key: 'helper', label: 'Helper', type: 'user' },
    { entity: 'opportunity', key: 'hot', label: 'Hot', type: 'boolean' },
    { entity: 'account', key: 'secret', label: 'Secret', type: 'text', visibleTo: ['admin'] },
  ]) {
    expect((await admin.post('/fields', { ...field, isDimension: true })).status).toBe(201);
  }
  expect((await admin.post('/fields', { entity: 'lead', key: 'note', label: 'Note', type: 'text' })).status).toBe(201);
  for (const [city, ownerId] of [
    ['Graz', rep],
    ['Linz', stranger],
    ['Linz', stranger],
    ['Wien', stranger],
  ] as const) {
    await crm.addAccount('admin', { name: `Of ${city}`, ownerId, custom: { city, secret: `in ${city}` } });
  }
  await crm.addOpportunity('admin', { name: 'Helped', ownerId: stranger, custom: { helper: rep } });
  await crm.database.sql.rows(sql`update opportunity set created_at = '2026-01-05T12:00:00Z'`);
});
afterAll(() => crm?.close());

const options = async (client: CheckedClient): Promise<FilterOptions> => {
  const { status, body } = await client.get<FilterOptions>('/analytics/filters');
  expect(status).toBe(200);
  return body;
};
const custom = ({ custom: fields }: FilterOptions) =>
  Object.fromEntries(fields.map(({ id, values }) => [id, values.map(({ name }) => name)]));

describe('GET analytics/filters', () => {
  it('offers every value that facts have, sorted by name, and none of deleted ones', async () => {
    const { users, teams } = crm.company;
    const [laptop, cable] = products;
    expect(await options(await crm.as('viewer'))).toMatchObject({
      category: ['Soft'],
      region: ['East', 'east', 'West'],
      source: ['Web'],
      segment: ['SMB'],
      team: [
        { id: teams.North, name: 'North' },
        { id: teams.South, name: 'South' },
      ],
      owner: [
        { id: users.rep, name: 'Rolf Rep' },
        { id: users.stranger, name: 'Stan Stranger' },
      ],
      product: [
        { id: cable, name: 'Cable' },
        { id: laptop, name: 'Laptop' },
      ],
      firstDay: '2026-01-04',
      lastDay: '2026-01-07',
    });
  });

  it('offers no value that the viewer has no facts of', async () => {
    const mine = await options(await crm.as('rep'));
    expect(mine).toMatchObject({ category: [], region: ['West'], source: ['Web'], segment: [] });
    expect(mine.product).toEqual([{ id: products[0], name: 'Laptop' }]);
    expect([mine.firstDay, mine.lastDay]).toEqual(['2026-01-05', '2026-01-06']);
  });

  it('offers the fields opened to numbers: choices, yes and no, and what the records in reach have, most used first', async () => {
    const all = await options(await crm.as('admin'));
    expect(all.custom.map(({ id, label, type }) => [id, label, type])).toContainEqual([
      'custom.lead.plan',
      'Plan',
      'choice',
    ]);
    expect(custom(all)).toEqual({
      'custom.lead.plan': ['Basic', 'Pro'],
      'custom.account.city': ['Linz', 'Graz', 'Wien'],
      'custom.account.secret': ['in Linz', 'in Graz', 'in Wien'],
      'custom.opportunity.helper': ['Rolf Rep'],
      'custom.opportunity.hot': ['Yes', 'No'],
    });
    expect(all.custom.find(({ id }) => id === 'custom.opportunity.hot')?.values[0]?.id).toBe('true');
    expect(
      custom(await options(await crm.withRole({ 'analytics.read': 'all', 'account.read': 'team' }, 'North'))),
    ).toEqual({
      'custom.account.city': ['Graz'],
    });
  });
});
