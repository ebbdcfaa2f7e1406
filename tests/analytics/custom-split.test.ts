import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AnalyticsTable } from '../../backend/contracts/analytics.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';

let crm: Crm;
let narrow: CheckedClient;

// Both deals are in reach; the account behind one of them is not.
beforeAll(async () => {
  crm = await startCrm();
  const admin = await crm.as('admin');
  for (const entity of ['account', 'opportunity']) {
    const field = { entity, key: 'tier', label: 'Tier', type: 'text', isDimension: true };
    expect((await admin.post('/fields', field)).status).toBe(201);
  }
  narrow = await crm.withRole({ 'analytics.read': 'all', 'opportunity.read': 'all', 'account.read': 'team' }, 'North');
  const { users } = crm.company;
  const near = await crm.addAccount('admin', { name: 'Near', custom: { tier: 'Silver' }, ownerId: users.rep });
  const far = await crm.addAccount('admin', { name: 'Far', custom: { tier: 'Gold' }, ownerId: users.stranger });
  for (const account of [near, far]) {
    const custom = { tier: `Deal of ${account.name}` };
    await crm.addOpportunity('admin', {
      ...{ name: account.name, ownerId: users.rep, accountId: account.id, custom },
      amount: { amount: '100', currency: crm.config.currency },
    });
  }
});
afterAll(() => crm?.close());

const split = async (client: CheckedClient, by: string, more = '') => {
  const { status, body } = await client.get<AnalyticsTable>(
    `/analytics/breakdown?from=2026-01-01&to=2099-12-31&metrics=pipelineValue&by=${by}${more}`,
  );
  expect(status).toBe(200);
  return body.rows.map(([cell, value]) => `${(cell as { name: string }).name} ${value}`).sort();
};

it('a breakdown by a field of accounts tells nothing of an account that is out of reach', async () => {
  expect(await split(await crm.as('admin'), 'custom.account.tier')).toEqual(['Gold 100.00', 'Silver 100.00']);
  expect(await split(narrow, 'custom.account.tier')).toEqual(['Not set 100.00', 'Silver 100.00']);
});

it('the records that are counted themselves are counted by what they have, as far as they may be opened', async () => {
  expect(await split(narrow, 'custom.opportunity.tier')).toEqual(['Deal of Far 100.00', 'Deal of Near 100.00']);
  const counts = await crm.withRole({ 'analytics.read': 'all', 'opportunity.read': 'team' }, 'South');
  expect(await split(counts, 'custom.opportunity.tier')).toEqual(['Not set 200.00']);
  expect(await split(counts, 'custom.opportunity.tier', '&custom.opportunity.tier=Deal+of+Far')).toEqual([]);
  expect(await split(counts, 'custom.opportunity.tier', '&custom.opportunity.tier=')).toEqual(['Not set 200.00']);
  const past = await counts.get(
    '/analytics/series?from=2026-01-01&to=2026-12-31&metrics=pipelineValue&by=custom.opportunity.tier',
  );
  expect(JSON.stringify(past.body)).not.toContain('Deal of');
  const funnel = '/analytics/pipeline/ageing?custom.opportunity.tier=Deal+of+Far';
  expect(JSON.stringify((await counts.get(funnel)).body)).not.toContain('100.00');
  expect(JSON.stringify((await narrow.get(funnel)).body)).toContain('100.00');
});
