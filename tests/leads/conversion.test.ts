import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account, Contact } from '../../backend/contracts/customers.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { StageEvent } from '../../backend/contracts/pipelines.ts';
import { sql } from '../../backend/db/index.ts';
import { cardsOf } from '../pipeline/board-view.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

interface Conversion {
  lead: Lead;
  account: Account | null;
  contact: Contact | null;
  opportunity: Opportunity | null;
}

let crm: Crm;
let rep: CheckedClient;
let manager: CheckedClient;
let serial = 0;

beforeAll(async () => {
  crm = await startCrm();
  [rep, manager] = await Promise.all([crm.as('rep'), crm.as('manager')]);
});
afterAll(() => crm?.close());

/** A lead of a company nobody else has. */
function add(fields: Record<string, unknown> = {}): Promise<Lead> {
  serial += 1;
  return crm.addLead('rep', {
    name: `Person ${serial}`,
    company: `Company ${serial}`,
    email: `p${serial}@company.example`,
    ...fields,
  });
}
const convert = (id: string, body: unknown = {}, client = rep, headers: Record<string, string> = {}) =>
  client.post<Conversion>(`/leads/${id}/convert`, body, headers);

describe('converting a lead', () => {
  it('makes account, contact and opportunity that know where they come from', async () => {
    const lead = await add({
      source: 'Web',
      segment: 'SMB',
      region: 'East',
      campaign: 'Spring',
      productCategory: 'Laptops',
      value: { amount: '900', currency: 'EUR' },
      phone: '+1',
    });
    const answer = await convert(lead.id, { opportunity: { name: 'Big deal', expectedCloseOn: '2027-01-31' } });
    expect([answer.status, answer.etag]).toEqual([200, '"2"']);
    const { account, contact, opportunity, lead: converted } = answer.body;
    const mine = { owner: { id: crm.company.users.rep }, team: { name: 'North' }, region: 'East', segment: 'SMB' };
    expect(account).toMatchObject({ ...mine, name: lead.company });
    expect(contact).toMatchObject({
      name: lead.name,
      email: lead.email,
      phone: '+1',
      account: { id: account?.id },
      owner: mine.owner,
    });
    expect(opportunity).toMatchObject({
      ...mine,
      name: 'Big deal',
      amount: { amount: '900.00', currency: 'EUR' },
      expectedCloseOn: '2027-01-31',
      account: { id: account?.id },
      contact: { id: contact?.id },
      leadId: lead.id,
      source: 'Web',
      campaign: 'Spring',
      productCategory: 'Laptops',
      stage: { name: 'Discovery' },
    });
    expect(converted).toMatchObject({
      stage: { name: 'Converted', kind: 'won' },
      converted: { accountId: account?.id, contactId: contact?.id, opportunityId: opportunity?.id },
    });
    expect((await rep.get<Lead>(`/leads/${lead.id}`)).body).toEqual(converted);
    expect((await rep.get<Opportunity>(`/opportunities/${opportunity?.id}`)).body).toEqual(opportunity);
    expect((await rep.get<Account>(`/accounts/${account?.id}`)).body).toEqual(account);
  });

  it('makes no opportunity unless asked, and no account of no company', async () => {
    const { body } = await convert((await add({ company: null })).id);
    expect(body).toMatchObject({ account: null, opportunity: null, contact: { account: null } });
    expect(body.lead.converted).toMatchObject({ accountId: null, opportunityId: null, contactId: body.contact?.id });
  });

  it('finds the company by name, whatever its case and spaces, and the person by e-mail there', async () => {
    const known = await crm.addAccount('rep', { name: 'Größe  & Co' });
    const person = await crm.addContact('rep', { name: 'Kim', email: 'kim@groesse.example', accountId: known.id });
    const lead = await add({ company: ' GRÖSSE & co'.replace('SS', 'ß'), email: 'KIM@groesse.example' });
    const { body } = await convert(lead.id);
    expect([body.account?.id, body.contact?.id]).toEqual([known.id, person.id]);
    const elsewhere = await convert((await add({ email: 'kim@groesse.example' })).id);
    expect(elsewhere.body.contact?.id).not.toBe(person.id);
  });

  it('takes the account named, by id or by name', async () => {
    const known = await crm.addAccount('rep', { name: 'Known' });
    expect((await convert((await add()).id, { account: { id: known.id } })).body.account?.id).toBe(known.id);
    expect((await convert((await add()).id, { account: { name: 'known' } })).body.account?.id).toBe(known.id);
    expect((await convert((await add()).id, { account: { name: 'Other' } })).body.account?.name).toBe('Other');
  });

  it('never finds an account out of reach', async () => {
    const theirs = await crm.addAccount('stranger', { name: 'Theirs' });
    const lead = await add({ company: 'Theirs' });
    expect(pointersOf(await convert(lead.id, { account: { id: theirs.id } }))).toEqual(['/account/id']);
    const { body } = await convert(lead.id);
    expect(body.account).toMatchObject({ name: 'Theirs', owner: { id: crm.company.users.rep } });
    expect(body.account?.id).not.toBe(theirs.id);
  });

  it('gives what it makes to the owner of the lead; to who converts it when that one has left', async () => {
    const lead = await add();
    const { body } = await convert(lead.id, { opportunity: { name: 'A' } }, manager);
    expect([body.account?.owner?.name, body.opportunity?.owner?.name]).toEqual(['Rolf Rep', 'Rolf Rep']);
    const left = await crm.database.sql.first<{ id: string }>(sql`
      insert into app_user (name, role_id, team_id, status) select 'Lea Left', role_id, team_id, 'deactivated'
      from app_user where id = ${crm.company.users.rep}::uuid returning id::text as id`);
    const orphan = await add();
    await crm.database.sql.rows(sql`update lead set owner_id = ${left?.id}::uuid where id = ${orphan.id}::uuid`);
    const taken = await convert(orphan.id, { opportunity: { name: 'A' } }, manager);
    expect([taken.status, taken.body.opportunity?.owner?.name]).toEqual([200, 'Mona Manager']);
  });

  it('happens once, also when asked for many times at once', async () => {
    const lead = await add();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => convert(lead.id, { opportunity: { name: 'Once' } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    const deals = await crm.database.sql.rows(sql`select 1 from opportunity where lead_id = ${lead.id}::uuid`);
    expect(deals).toHaveLength(1);
  });
});

describe('a conversion that is refused leaves nothing behind', () => {
  async function expectNothing(
    lead: Lead,
    status: number,
    pointers: string[],
    body: unknown,
    client = rep,
    headers = {},
  ) {
    const before = await crm.rowCounts();
    const refused = await convert(lead.id, body, client, headers);
    expect([refused.status, pointersOf(refused)]).toEqual([status, pointers]);
    expect(await crm.rowCounts()).toEqual(before);
    expect((await rep.get<Lead>(`/leads/${lead.id}`)).body).toEqual(lead);
  }

  it('for input that is wrong in its parts', async () => {
    const lead = await add();
    const opportunity = { name: 'A' };
    await expectNothing(lead, 422, ['/opportunity/stageId'], { opportunity: { ...opportunity, stageId: NOBODY } });
    await expectNothing(lead, 422, ['/opportunity/stageId'], {
      opportunity: { ...opportunity, stageId: crm.stages.opportunity.Won },
    });
    await expectNothing(lead, 422, ['/opportunity/amount/currency'], {
      opportunity: { ...opportunity, amount: { amount: '1', currency: 'CHF' } },
    });
    await expectNothing(lead, 422, ['/opportunity/amount/amount'], {
      opportunity: { ...opportunity, amount: { amount: '1.234', currency: 'EUR' } },
    });
    await expectNothing(lead, 422, ['/account/id'], { account: { id: NOBODY } });
    await expectNothing(lead, 422, ['/colour', '/opportunity/name'], { opportunity: {}, colour: 'red' });
    await expectNothing(lead, 412, [], {}, rep, { 'If-Match': '"9"' });
  });

  it('for people who may not make its parts', async () => {
    const lead = await add();
    const leads = { 'lead.read': 'all', 'lead.write': 'all' };
    const accounts = { ...leads, 'account.read': 'all', 'account.write': 'all' };
    const contacts = { ...accounts, 'contact.read': 'all', 'contact.write': 'all' };
    await expectNothing(lead, 403, [], {}, await crm.withRole(leads, 'North'));
    await expectNothing(lead, 403, [], {}, await crm.withRole(accounts, 'North'));
    await expectNothing(lead, 403, [], { opportunity: { name: 'A' } }, await crm.withRole(contacts, 'North'));
    await expectNothing(lead, 403, [], {}, await crm.withRole({ 'lead.read': 'all', 'lead.write': 'own' }));
    await expectNothing(lead, 404, [], {}, await crm.as('colleague'));
    await expectNothing(lead, 403, [], {}, await crm.as('viewer'));
    await expectNothing(lead, 401, [], {}, crm.anonymous);
  });
});

describe('on the board', () => {
  it('dropping a lead on Converted converts it there, with an opportunity of its value', async () => {
    const first = await add();
    await rep.post(`/leads/${first.id}/stage`, { stageId: crm.stages.lead.Converted });
    const lead = await add({ value: { amount: '70', currency: 'EUR' } });
    const dropped = await rep.post<Lead>(
      `/leads/${lead.id}/stage`,
      { stageId: crm.stages.lead.Converted, after: first.id },
      { 'If-Match': '"1"' },
    );
    expect([dropped.status, dropped.body.stage.name]).toEqual([200, 'Converted']);
    const deal = await rep.get<Opportunity>(`/opportunities/${dropped.body.converted?.opportunityId}`);
    expect(deal.body).toMatchObject({ name: lead.company, amount: { amount: '70.00' }, leadId: lead.id });
    const order = await cardsOf(rep, crm.pipelines.lead, crm.stages.lead.Converted);
    expect(order.indexOf(lead.id)).toBe(order.indexOf(first.id) + 1);
    const { body } = await rep.get<{ items: StageEvent[] }>(`/leads/${lead.id}/history`);
    expect(body.items.map(({ to }) => to.name)).toEqual(['Converted', 'New']);
  });

  it('a converted lead stays converted', async () => {
    const lead = await add();
    await convert(lead.id);
    const before = await crm.rowCounts();
    expect((await rep.post(`/leads/${lead.id}/stage`, { stageId: crm.stages.lead.New })).status).toBe(409);
    expect(await crm.rowCounts()).toEqual(before);
    expect((await rep.post(`/leads/${lead.id}/stage`, { stageId: crm.stages.lead.Converted })).status).toBe(200);
  });
});
