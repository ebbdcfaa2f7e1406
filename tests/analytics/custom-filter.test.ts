import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable, KpiResponse, RecordsResponse } from '../../backend/contracts/analytics.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { addSales } from './facts.ts';

const EVER = 'from=2026-01-01&to=2099-12-31';
let crm: Crm;
let admin: CheckedClient;
let narrow: CheckedClient;

// Four sales: of a near gold account, of a far silver one, of a near account without a tier, and of none.
beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  const { users } = crm.company;
  for (const field of [
    { entity: 'account', key: 'tier', label: 'Tier', type: 'choice', options: ['Gold', 'Silver'], isDimension: true },
    { entity: 'account', key: 'note', label: 'Note', type: 'text' },
    { entity: 'opportunity', key: 'is_key', label: 'Key deal', type: 'boolean', isDimension: true },
    { entity: 'lead', key: 'finder', label: 'Finder', type: 'user', isDimension: true },
    { entity: 'account', key: 'secret', label: 'Secret', type: 'text', isDimension: true, visibleTo: ['admin'] },
  ]) {
    expect((await admin.post('/fields', field)).status).toBe(201);
  }
  narrow = await crm.withRole(
    {
      'analytics.read': 'all',
      'opportunity.read': 'all',
      'account.read': 'team',
      'lead.read': 'all',
      'sale.read': 'all',
    },
    'North',
  );
  const accounts = [
    await crm.addAccount('admin', { name: 'Near', custom: { tier: 'Gold', secret: 'x' }, ownerId: users.rep }),
    await crm.addAccount('admin', { name: 'Far', custom: { tier: 'Silver' }, ownerId: users.stranger }),
    await crm.addAccount('admin', { name: 'Plain', ownerId: users.rep }),
  ];
  const amounts = ['1000', '100', '10'];
  await addSales(crm.database, [
    ...accounts.map(({ id }, index) => ({ soldOn: '2026-02-02', amount: amounts[index] ?? '', accountId: id })),
    { soldOn: '2026-02-02', amount: '1' },
  ]);
  for (const [index, { id }] of accounts.entries()) {
    const amount = { amount: amounts[index], currency: crm.config.currency };
    const custom = index === 2 ? {} : { is_key: index === 0 };
    await crm.addOpportunity('admin', { name: `Deal ${index}`, accountId: id, amount, custom, ownerId: users.rep });
  }
  await crm.addLead('admin', { name: 'Found', custom: { finder: users.admin } });
  await crm.addLead('admin', { name: 'Strayed' });
});
afterAll(() => crm?.close());

const kpi = async (client: CheckedClient, metric: string, filter: string) => {
  const { status, body } = await client.get<KpiResponse>(`/analytics/kpis?${EVER}&metrics=${metric}&${filter}`);
  expect(status).toBe(200);
  return body.items[0];
};
const value = async (client: CheckedClient, metric: string, filter: string) =>
  (await kpi(client, metric, filter))?.value;

describe('a filter by a custom field', () => {
  it('takes any of the values, and "not set" for an empty one', async () => {
    expect(await value(admin, 'revenue', 'custom.account.tier=Gold')).toBe('1000.00');
    expect(await value(admin, 'revenue', 'custom.account.tier=Gold&custom.account.tier=Silver')).toBe('1100.00');
    expect(await value(admin, 'revenue', 'custom.account.tier=')).toBe('11.00');
    expect(await value(admin, 'revenue', 'custom.account.tier=&custom.account.tier=Gold')).toBe('1011.00');
    expect(await value(admin, 'revenue', 'custom.account.tier=Bronze')).toBe('0.00');
    expect(await value(admin, 'pipelineValue', 'custom.account.tier=Silver')).toBe('100.00');
  });

  it('compares yes and no and people as a split names them, and knows who asks', async () => {
    expect(await value(admin, 'pipelineValue', 'custom.opportunity.is_key=true')).toBe('1000.00');
    expect(await value(admin, 'pipelineValue', 'custom.opportunity.is_key=false')).toBe('100.00');
    expect(await value(admin, 'pipelineValue', 'custom.opportunity.is_key=')).toBe('10.00');
    const leads = async (filter: string) => {
      const answer = await admin.get<RecordsResponse>(`/analytics/records?${EVER}&metric=conversionRate&${filter}`);
      return answer.body.items.map(({ name }) => name);
    };
    expect(await leads(`custom.lead.finder=${crm.company.users.admin}`)).toEqual(['Found']);
    expect(await leads('custom.lead.finder=me')).toEqual(['Found']);
    expect(await leads('custom.lead.finder=')).toEqual(['Strayed']);
  });

  it('holds in series, splits and the records behind a number alike', async () => {
    const filter = 'custom.account.tier=Gold&custom.account.tier=';
    const table = async (path: string) => (await admin.get<AnalyticsTable>(`/analytics/${path}&${filter}`)).body;
    const series = await table(`series?${EVER.replace('2099', '2026')}&metrics=revenue&grain=year`);
    expect(series.rows).toEqual([['2026-01-01', '1011.00']]);
    const split = await table(`breakdown?${EVER}&metrics=revenue&by=custom.account.tier`);
    expect(split.rows.map((row) => row[1])).toEqual(['1000.00', '11.00']);
    const over = await table(
      `series?${EVER.replace('2099', '2026')}&metrics=revenue&grain=year&by=custom.account.tier`,
    );
    expect(over.rows).toEqual([['2026-01-01', '1000.00', '11.00']]);
    const { body } = await admin.get<RecordsResponse>(`/analytics/records?${EVER}&metric=revenue&${filter}`);
    expect(body.items).toHaveLength(3);
  });

  it('tells nothing of records that are out of reach: their values count as not set', async () => {
    expect(await value(narrow, 'revenue', 'custom.account.tier=Silver')).toBe('0.00');
    expect(await value(narrow, 'revenue', 'custom.account.tier=Gold')).toBe('1000.00');
    expect(await value(narrow, 'revenue', 'custom.account.tier=')).toBe('111.00');
    expect(await value(narrow, 'pipelineValue', 'custom.account.tier=')).toBe('110.00');
  });

  it('leaves a metric without value, and says why, where its facts have no such record behind them', async () => {
    const rate = await kpi(admin, 'conversionRate', 'custom.account.tier=Gold');
    expect(rate).toMatchObject({ value: null, caveat: expect.stringContaining('by fields of accounts') });
    expect((await kpi(admin, 'acquisitionCost', 'custom.lead.finder='))?.caveat).toContain('by fields of leads');
  });

  it('narrows every report of a pipeline', async () => {
    const period = 'from=2026-01-01&to=2099-12-31';
    const report = async (name: string, filter: string, client = admin) => {
      const answer = await client.get<object>(`/analytics/pipeline/${name}${name.includes('?') ? '&' : '?'}${filter}`);
      expect([name, answer.status]).toEqual([name, 200]);
      return JSON.stringify(answer.body);
    };
    for (const name of ['funnel', 'velocity', 'health', 'changes'].map((one) => `${one}?${period}`).concat('ageing')) {
      const [gold, silver] = [
        await report(name, 'custom.account.tier=Gold'),
        await report(name, 'custom.account.tier=Silver'),
      ];
      expect(gold).not.toBe(silver);
      expect(gold).toMatch(/1000\.00|"count":1/);
      expect(await report(name, 'custom.account.tier=Silver', narrow)).not.toContain('100.00');
    }
    const leads = `/analytics/pipeline/funnel?${period}&entity=lead`;
    expect((await admin.get(`${leads}&custom.lead.finder=me`)).status).toBe(200);
    const { status, body } = await admin.get<{ detail: string }>(`${leads}&custom.account.tier=Gold`);
    expect([status, body.detail]).toEqual([422, 'query/custom.account.tier cannot filter leads.']);
  });

  it('is refused in a sentence for fields that are not there, not opened to analytics, or not shown', async () => {
    const refusal = async (client: CheckedClient, filter: string) => {
      const { status, body } = await client.get<{ detail: string }>(
        `/analytics/kpis?${EVER}&metrics=revenue&${filter}`,
      );
      return `${status} ${body.detail}`;
    };
    const none = (key: string) => `422 query/custom.account.${key} is no field that numbers can be filtered by.`;
    expect(await refusal(admin, 'custom.account.unheard=1')).toBe(none('unheard'));
    expect(await refusal(admin, 'custom.account.note=1')).toBe(none('note'));
    expect(await refusal(narrow, 'custom.account.secret=x')).toBe(none('secret'));
    expect(await value(admin, 'revenue', 'custom.account.secret=x')).toBe('1000.00');
    expect(await refusal(admin, 'custom.contact.tier=1')).toMatch(/^422/);
    expect(await refusal(admin, 'custum=1')).toMatch(/^422/);
    expect(await refusal(admin, `custom.account.tier=${'x'.repeat(201)}`)).toMatch(/^422 .*short texts/);
  });

  it('counts as the field is: archived ones filter nothing any more', async () => {
    await crm.database.sql.rows(sql`update custom_field set archived_at = now() where key = 'finder'`);
    const { status } = await admin.get(`/analytics/kpis?${EVER}&metrics=conversionRate&custom.lead.finder=me`);
    expect(status).toBe(422);
    await crm.database.sql.rows(sql`update custom_field set archived_at = null where key = 'finder'`);
  });
});
