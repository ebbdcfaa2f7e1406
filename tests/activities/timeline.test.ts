import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { ResolvedRecord, TimelineEntry } from '../../backend/contracts/timeline.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
});
afterAll(() => crm?.close());

const timeline = async (client: CheckedClient, record: string, query = '') =>
  (await client.get<Page<TimelineEntry>>(`${record}/timeline${query}`)).body;
const kinds = (page: Page<TimelineEntry>) => page.items.map(({ kind }) => kind).sort();
const changed = (page: Page<TimelineEntry>) =>
  page.items.flatMap((entry) => (entry.kind === 'change' ? entry.fields.map(({ field }) => field) : []));

describe('a timeline', () => {
  it('tells of stages, fields, activities, tasks and rules, each with who did it', async () => {
    const { id } = await crm.addOpportunity('rep', { amount: { amount: '10.00', currency: 'EUR' } });
    const record = `/opportunities/${id}`;
    await rep.patch(record, { amount: { amount: '20.00', currency: 'EUR' }, nextStep: 'Call' });
    await rep.post(`${record}/stage`, { stageId: crm.stages.opportunity.Proposal });
    await rep.post(`${record}/activities`, { type: 'note', subject: 'Hello' });
    await rep.post(`${record}/tasks`, { title: 'Write' });
    const ruleId = NOBODY.replace(/0$/, '7');
    await crm.database.sql.rows(sql`
      insert into automation_rule (id, entity, name, trigger) values (${ruleId}::uuid, 'opportunity', 'Big ones', '{}')`);
    await crm.database.sql.rows(sql`
      with run as (
        insert into automation_run (rule_id, record_type, record_id, occasion, actions)
        values (${ruleId}::uuid, 'opportunity', ${id}::uuid, 'x', '[]') returning id)
      insert into automation_step (run_id, index, result) select id, 0, '{"text":"Wrote to anna@example.com"}' from run`);
    const all = await timeline(rep, record);
    expect(kinds(all)).toEqual(['activity', 'change', 'rule', 'stage', 'stage', 'task']);
    expect(all.items.map(({ at }) => at)).toEqual(
      all.items
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    const change = all.items.find(({ kind }) => kind === 'change');
    expect(change).toMatchObject({
      actor: { name: 'Rolf Rep' },
      fields: expect.arrayContaining([
        {
          field: 'amount',
          from: { amount: '10.00', currency: 'EUR' },
          to: { amount: '20.00', currency: 'EUR' },
        },
        { field: 'nextStep', from: null, to: 'Call' },
      ]),
    });
    expect(all.items.find(({ kind }) => kind === 'rule')).toMatchObject({
      rule: { id: ruleId, name: 'Big ones' },
      text: 'Wrote to anna@example.com',
    });
    const blind = await crm.withRole({ 'opportunity.read': 'all' }, undefined, []);
    const seen = await timeline(blind, record);
    expect(kinds(seen)).toEqual(['activity', 'change', 'rule', 'stage', 'stage']);
    expect(JSON.stringify(seen)).not.toContain('anna@example.com');
  });

  it('pages without losing or repeating anything, also within one moment', async () => {
    const { id } = await crm.addLead('rep');
    const record = `/leads/${id}`;
    for (const subject of ['a', 'b', 'c', 'd', 'e']) {
      await rep.post(`${record}/activities`, { type: 'note', subject, occurredAt: '2026-01-01T00:00:00Z' });
    }
    await rep.post(`${record}/tasks`, { title: 'Write' });
    const all = (await timeline(rep, record)).items.map((entry) => entry.id);
    expect(new Set(all).size).toBe(7);
    const seen: string[] = [];
    for (let cursor: string | null = '', pages = 0; cursor !== null && pages < 9; pages++) {
      const page: Page<TimelineEntry> = await timeline(rep, record, `?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.items.map((entry) => entry.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all);
    expect(kinds(await timeline(rep, record, '?kind=task&kind=stage'))).toEqual(['stage', 'task']);
    expect((await rep.get(`${record}/timeline?kind=gossip`)).status).toBe(422);
    expect((await rep.get(`${record}/timeline?cursor=nonsense`)).status).toBe(422);
  });

  it('keeps hidden fields hidden: a change of them alone is no entry', async () => {
    const { id } = await crm.addLead('rep', { email: 'old@example.com' });
    await rep.patch(`/leads/${id}`, { email: 'new@example.com' });
    await rep.patch(`/leads/${id}`, { email: 'newer@example.com', company: 'Kestrel' });
    expect(changed(await timeline(rep, `/leads/${id}`))).toEqual(expect.arrayContaining(['email', 'company', 'email']));
    const blind = await crm.withRole({ 'lead.read': 'all' }, undefined, []);
    const seen = await timeline(blind, `/leads/${id}`);
    expect(changed(seen)).toEqual(['company']);
    expect(JSON.stringify(seen)).not.toContain('@example.com');
  });

  it('of an account or contact begins with its creation', async () => {
    const account = await crm.addAccount('rep');
    const contact = await crm.addContact('rep');
    for (const record of [`/accounts/${account.id}`, `/contacts/${contact.id}`]) {
      const { items } = await timeline(rep, record);
      expect(items).toMatchObject([{ kind: 'change', event: 'created', fields: [], actor: { name: 'Rolf Rep' } }]);
    }
  });

  it('names what a lead became only as far as one may see it', async () => {
    const { id } = await crm.addLead('rep', { company: 'Brightwater' });
    await rep.post(`/leads/${id}/convert`, {});
    const conversion = async (client: CheckedClient) =>
      (await timeline(client, `/leads/${id}`)).items.find(({ kind }) => kind === 'conversion');
    const told = await conversion(rep);
    expect(told?.kind === 'conversion' ? told.records.map(({ type }) => type).sort() : []).toContain('account');
    expect(await conversion(await crm.withRole({ 'lead.read': 'all' }))).toMatchObject({ records: [] });
  });

  it('of an account tells of its opportunities and contacts too, as far as one may see them', async () => {
    const account = await crm.addAccount('rep');
    const contact = await crm.addContact('rep', { accountId: account.id, name: 'Anna Bergmann' });
    const deal = await crm.addOpportunity('rep', { accountId: account.id, name: 'Rollout' });
    const hidden = await crm.addOpportunity('admin', {
      accountId: account.id,
      name: 'Theirs',
      ownerId: crm.company.users.stranger,
    });
    await rep.post(`/opportunities/${deal.id}/activities`, { type: 'note', subject: 'Met them' });
    await rep.post(`/contacts/${contact.id}/tasks`, { title: 'Write to Anna' });
    const { items } = await timeline(rep, `/accounts/${account.id}`);
    const whose = items.map(({ kind, record }) => `${kind} ${record ? `${record.type} ${record.name}` : 'own'}`).sort();
    expect(whose).toEqual([
      'activity opportunity Rollout',
      'change contact Anna Bergmann',
      'change own',
      'stage opportunity Rollout',
      'task contact Anna Bergmann',
    ]);
    expect(JSON.stringify(items)).not.toContain(hidden.id);
    const blind = await crm.withRole({ 'account.read': 'all' });
    expect((await timeline(blind, `/accounts/${account.id}`)).items.map(({ record }) => record)).toEqual([null]);
    const seen: string[] = [];
    for (let cursor: string | null = '', pages = 0; cursor !== null && pages < 9; pages++) {
      const query = `?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const page: Page<TimelineEntry> = await timeline(rep, `/accounts/${account.id}`, query);
      seen.push(...page.items.map((entry) => entry.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(items.map((entry) => entry.id));
  });

  it('calls custom fields by their labels, and is silent about those that a role does not see', async () => {
    const admin = await crm.as('admin');
    const field = { entity: 'lead', type: 'text' };
    await admin.post('/fields', { ...field, key: 'shoe_size', label: 'Size of the shoes' });
    await admin.post('/fields', { ...field, key: 'secret', label: 'Secret wish', visibleTo: ['admin'] });
    await admin.post('/fields', { ...field, type: 'user', key: 'approver', label: 'Approver' });
    const { id } = await crm.addLead('rep');
    const approver = crm.company.users.manager;
    await admin.patch(`/leads/${id}`, { custom: { shoe_size: '43', secret: 'A horse', approver } });
    const changes = async (client: CheckedClient) =>
      (await timeline(client, `/leads/${id}`)).items.flatMap((entry) => (entry.kind === 'change' ? entry.fields : []));
    expect(await changes(await crm.withRole({ 'lead.read': 'all' }))).toEqual([
      { field: 'custom.approver', label: 'Approver', from: null, to: { id: approver, name: 'Mona Manager' } },
      { field: 'custom.shoe_size', label: 'Size of the shoes', from: null, to: '43' },
    ]);
    expect((await changes(admin)).map(({ label }) => label).sort()).toEqual([
      'Approver',
      'Secret wish',
      'Size of the shoes',
    ]);
  });
});

describe('a record that a page names', () => {
  const resolve = (client: CheckedClient, record: string) =>
    client.get<ResolvedRecord>(`/records/resolve?record=${encodeURIComponent(record)}`);

  it('is found by our id, with and without its kind, and says what one may do', async () => {
    const { id, name } = await crm.addLead('rep');
    const mine = { type: 'lead', id, name, canWrite: true, canTask: true };
    expect((await resolve(rep, id)).body).toEqual(mine);
    expect((await resolve(rep, `lead:${id}`)).body).toEqual(mine);
    expect((await resolve(await crm.as('viewer'), id)).body).toEqual({ ...mine, canWrite: false, canTask: false });
    for (const [client, record] of [
      [rep, `opportunity:${id}`],
      [rep, NOBODY],
      [rep, 'nonsense'],
      [rep, "salesforce:' or 1=1"],
      [rep, 'salesforce:00Q000000000000'],
      [await crm.as('stranger'), id],
    ] as const) {
      expect((await resolve(client, record)).status).toBe(404);
    }
  });

  it('is found by the id of a connected CRM, in both spellings of Salesforce', async () => {
    const lead = await crm.addLead('rep');
    const deal: Opportunity = await crm.addOpportunity('rep');
    const connect = (provider: string, entity: string, externalId: string, recordId: string) =>
      crm.database.sql.rows(sql`
        with c as (
          insert into connection (provider, name, status) values (${provider}, ${`${provider} ${entity}`}, 'active') returning id)
        insert into external_reference (connection_id, entity, external_id, record_id)
        select id, ${entity}, ${externalId}, ${recordId}::uuid from c`);
    await connect('salesforce', 'lead', '00QA0000001abcDMAQ', lead.id);
    await connect('hubspot', 'lead', '101', lead.id);
    await connect('hubspot', 'opportunity', '101', deal.id);
    for (const spelling of ['00QA0000001abcDMAQ', '00QA0000001abcD']) {
      expect((await resolve(rep, `salesforce:${spelling}`)).body.id).toBe(lead.id);
    }
    expect((await resolve(rep, 'salesforce:00QA0000001abcd')).status).toBe(404);
    expect((await resolve(rep, 'hubspot:101')).status).toBe(409);
    expect((await resolve(rep, 'hubspot:opportunity:101')).body.id).toBe(deal.id);
    expect((await resolve(await crm.as('stranger'), 'hubspot:lead:101')).status).toBe(404);
  });
});
