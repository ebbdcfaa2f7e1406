import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account, Contact } from '../../backend/contracts/customers.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { ConversionPart, ConversionState, Opportunity } from '../../backend/contracts/opportunities.ts';
import type { StageEvent } from '../../backend/contracts/pipelines.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

interface Conversion {
  lead: Lead;
  account: Account | null;
  contact: Contact | null;
  opportunity: Opportunity | null;
}

let crm: Crm;
let rep: CheckedClient;
let serial = 0;

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
});
afterAll(() => crm?.close());

async function convert(body: object = { opportunity: { name: 'Deal' } }, more: object = {}): Promise<Conversion> {
  serial += 1;
  const lead = await crm.addLead('rep', {
    name: `Person ${serial}`,
    company: `Company ${serial}`,
    value: { amount: '10', currency: 'EUR' },
    stageId: crm.stages.lead.Qualified,
    ...more,
  });
  const answer = await rep.post<Conversion>(`/leads/${lead.id}/convert`, body);
  expect(answer.status).toBe(200);
  return answer.body;
}
const undo = (id: string, client = rep, headers: Record<string, string> = {}) =>
  client.post<{ lead: Lead; parts: ConversionPart[] }>(`/leads/${id}/convert/undo`, {}, headers);
const outcomes = (parts: readonly ConversionPart[]) =>
  Object.fromEntries(parts.map(({ entity, outcome, reason }) => [entity, reason ?? outcome]));
const statusOf = async (path: string, id: string | undefined) => (await rep.get(`/${path}/${id}`)).status;

describe('undoing a conversion', () => {
  it('puts the lead back where it was, and takes what the conversion made', async () => {
    const { lead, account, contact, opportunity } = await convert();
    const state = (await rep.get<ConversionState>(`/leads/${lead.id}/conversion`)).body;
    expect([state.convertedBy?.id, state.obstacle]).toEqual([crm.company.users.rep, null]);
    const { status, body } = await undo(lead.id, rep, { 'If-Match': `"${lead.version}"` });
    expect([status, body.parts]).toEqual([200, state.parts]);
    expect(outcomes(body.parts)).toEqual({ account: 'deleted', contact: 'deleted', opportunity: 'deleted' });
    expect(body.lead).toMatchObject({ converted: null, stage: { name: 'Qualified' } });
    expect(await statusOf('accounts', account?.id)).toBe(404);
    expect(await statusOf('contacts', contact?.id)).toBe(404);
    expect(await statusOf('opportunities', opportunity?.id)).toBe(404);
    const history = await rep.get<{ items: StageEvent[] }>(`/leads/${lead.id}/history`);
    expect(history.body.items.map(({ to }) => to.name)).toEqual(['Qualified', 'Converted', 'Qualified']);
    const again = await rep.post<Conversion>(`/leads/${lead.id}/convert`, { opportunity: { name: 'Second try' } });
    expect(again.body.opportunity?.name).toBe('Second try');
    expect((await undo(lead.id)).status).toBe(200);
    expect((await undo(lead.id)).status).toBe(409);
    expect((await rep.get(`/leads/${lead.id}/conversion`)).status).toBe(409);
  });

  it('keeps what was there before and what somebody has used since', async () => {
    const known = await crm.addAccount('rep', { name: 'Known' });
    const linked = await convert({ account: { id: known.id } });
    expect(outcomes((await undo(linked.lead.id)).body.parts)).toMatchObject({ account: 'existed', contact: 'deleted' });
    const used = await convert();
    await crm.addOpportunity('rep', { accountId: used.account?.id });
    await rep.patch(`/contacts/${used.contact?.id}`, { title: 'CEO' });
    expect(outcomes((await undo(used.lead.id)).body.parts)).toEqual({
      ...{ account: 'in-use', contact: 'changed', opportunity: 'deleted' },
    });
    expect(await statusOf('accounts', used.account?.id)).toBe(200);
  });

  it('takes notes and tasks of the opportunity home to the lead', async () => {
    const { lead, opportunity } = await convert();
    await rep.post(`/opportunities/${opportunity?.id}/activities`, { type: 'note', subject: 'Spoke' });
    await rep.post(`/opportunities/${opportunity?.id}/tasks`, { title: 'Call back' });
    await undo(lead.id);
    const notes = await rep.get<{ items: { subject: string }[] }>(`/leads/${lead.id}/activities`);
    const tasks = await rep.get<{ items: { title: string }[] }>(`/leads/${lead.id}/tasks`);
    expect([notes.body.items[0]?.subject, tasks.body.items[0]?.title]).toEqual(['Spoke', 'Call back']);
  });

  it('waits until the opportunity is won no more', async () => {
    const { lead, opportunity } = await convert();
    await rep.post(`/opportunities/${opportunity?.id}/win`, {});
    expect((await rep.get<ConversionState>(`/leads/${lead.id}/conversion`)).body.obstacle).toMatch(/won/);
    const before = await crm.rowCounts();
    expect((await undo(lead.id)).status).toBe(409);
    expect(await crm.rowCounts()).toEqual(before);
    await rep.post(`/opportunities/${opportunity?.id}/stage`, { stageId: crm.stages.opportunity.Proposal });
    expect((await undo(lead.id)).status).toBe(200);
  });

  it('keeps a contact that an activity names, wherever that was logged', async () => {
    const elsewhere = await crm.addLead('rep', { name: 'Elsewhere' });
    const { lead, contact } = await convert();
    const logged = { type: 'call', subject: 'Asked for a reference', contactId: contact?.id };
    expect((await rep.post(`/leads/${elsewhere.id}/activities`, logged)).status).toBe(201);
    expect(outcomes((await undo(lead.id)).body.parts)).toMatchObject({ contact: 'changed' });
    expect(await statusOf('contacts', contact?.id)).toBe(200);
  });

  it('only unlinks an opportunity that was there before', async () => {
    const deal = await crm.addOpportunity('rep', { name: 'Old deal' });
    const { lead, opportunity } = await convert({ opportunityId: deal.id });
    expect([opportunity?.id, opportunity?.leadId]).toEqual([deal.id, lead.id]);
    await undo(lead.id);
    expect((await rep.get<Opportunity>(`/opportunities/${deal.id}`)).body.leadId).toBeNull();
  });

  it('is for those who may change lead and opportunity, at the version they read', async () => {
    const { lead } = await convert();
    expect((await undo(lead.id, rep, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await undo(lead.id, await crm.as('colleague'))).status).toBe(404);
    expect((await undo(lead.id, await crm.as('viewer'))).status).toBe(403);
    const half = await crm.withRole({ 'lead.read': 'all', 'lead.write': 'all', 'opportunity.read': 'all' }, 'North');
    expect((await undo(lead.id, half)).status).toBe(403);
    expect((await undo(lead.id)).status).toBe(200);
  });
});

describe('converting', () => {
  it('asks what the won stage requires of the lead, and what the first stage requires of the opportunity', async () => {
    const admin = await crm.as('admin');
    const setUp = (entity: 'lead' | 'opportunity', stageId: string, requiredFields: string[]) =>
      admin.patch(`/pipelines/${crm.pipelines[entity]}/stages/${stageId}`, { requiredFields });
    await setUp('lead', crm.stages.lead.Converted, ['source']);
    await setUp('opportunity', crm.stages.opportunity.Discovery, ['nextStep']);
    const lead = await crm.addLead('rep', { name: 'A', company: 'B' });
    const attempt = (body: object) => rep.post<Conversion>(`/leads/${lead.id}/convert`, body);
    expect(pointersOf(await attempt({ opportunity: { name: 'Deal' } }))).toEqual(['/fields/source']);
    const fields = { source: 'Fair' };
    expect(pointersOf(await attempt({ fields, opportunity: { name: 'Deal' } }))).toEqual(['/opportunity/nextStep']);
    const done = await attempt({ fields, opportunity: { name: 'Deal', nextStep: 'Call' } });
    expect([done.body.lead.source, done.body.opportunity?.source, done.body.opportunity?.nextStep]).toEqual([
      ...['Fair', 'Fair', 'Call'],
    ]);
    await setUp('lead', crm.stages.lead.Converted, []);
    await setUp('opportunity', crm.stages.opportunity.Discovery, []);
  });

  it('takes the contact named, or makes the one described', async () => {
    const known = await crm.addContact('rep', { name: 'Kim' });
    expect((await convert({ contact: { id: known.id } })).contact?.id).toBe(known.id);
    const made = await convert({ contact: { name: 'Robin', title: 'Buyer' } });
    expect(made.contact).toMatchObject({ name: 'Robin', title: 'Buyer', account: { id: made.account?.id } });
  });
});
