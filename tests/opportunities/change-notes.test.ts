import { expect, it } from 'vitest';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import { sql } from '../../backend/db/index.ts';
import { ruleWorld, tell } from '../automation/rule-world.ts';

const world = ruleWorld();
const EUR = (amount: string) => ({ amount, currency: 'EUR' });
const noted = (id: string) =>
  world.crm.database.sql.rows<{ kind: string; fields: string[] }>(sql`
    select payload ->> 'kind' as kind, payload -> 'fields' as fields from outbox
    where kind = 'record.changed' and payload ->> 'id' = ${id}`);

it('rules on the amount run when what was sold is said anew', async () => {
  const trigger = { on: 'field-changed', field: 'amount' } as const;
  const rule = await world.live({ entity: 'opportunity', trigger, actions: [tell()] });
  const deal = await world.crm.addOpportunity('rep', { name: 'Deal', amount: EUR('500') });
  await world.admin.post(`/opportunities/${deal.id}/win`, {});
  await world.work();
  const before = (await world.runs(rule)).length;
  const lines = [{ product: null, amount: EUR('700') }];
  expect((await world.admin.put(`/opportunities/${deal.id}/win`, { lines })).status).toBe(200);
  await world.work();
  expect(await world.runs(rule)).toHaveLength(before + 1);
});

it('an opportunity that a lead becomes is audited and told, and its sales know the lead', async () => {
  await world.live({ entity: 'opportunity', trigger: { on: 'created' }, actions: [tell()] });
  const deal = await world.crm.addOpportunity('rep', { name: 'Won before', amount: EUR('500') });
  const { opportunity } = (await world.admin.post<{ opportunity: Opportunity }>(`/opportunities/${deal.id}/win`, {}))
    .body;
  await world.crm.database.execScript('delete from outbox');
  const lead = await world.crm.addLead('rep', { name: 'Lea' });
  const converted = await world.admin.post<{ lead: Lead; opportunity: Opportunity }>(`/leads/${lead.id}/convert`, {
    opportunityId: deal.id,
  });
  expect([converted.status, converted.body.opportunity.version]).toEqual([200, opportunity.version + 1]);
  expect(await noted(deal.id)).toEqual([{ kind: 'updated', fields: ['leadId'] }]);
  const audited = await world.crm.database.sql.first<{ leads: unknown[] }>(sql`
    select json_build_array(before ->> 'leadId', after ->> 'leadId') as leads from audit_entry
    where action = 'opportunity.updated' and entity_id = ${deal.id}`);
  expect(audited?.leads).toEqual([null, lead.id]);
  const sale = await world.crm.database.sql.first<{ lead: string }>(sql`
    select lead_id::text as lead from sale where opportunity_id = ${deal.id}::uuid and deleted_at is null`);
  expect(sale?.lead).toBe(lead.id);
});
