import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;
let manager: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  [rep, manager] = await Promise.all([crm.as('rep'), crm.as('manager')]);
});
afterAll(() => crm?.close());

describe('an opportunity', () => {
  it('is answered as it was stored, with the probability of its stage', async () => {
    const account = await crm.addAccount('rep', { name: 'Acme' });
    const contact = await crm.addContact('rep', { name: 'Kim' });
    const input = {
      name: 'Laptops for all',
      accountId: account.id,
      contactId: contact.id,
      amount: { amount: '10000', currency: 'EUR' },
      expectedCloseOn: '2026-12-31',
      nextStep: 'Call\nagain',
      source: 'Web',
      productCategory: 'Laptops',
    };
    const made = await rep.post<Opportunity>('/opportunities', input);
    expect([made.status, made.etag]).toEqual([201, '"1"']);
    expect(made.body).toMatchObject({
      name: input.name,
      account: { id: account.id, name: 'Acme' },
      contact: { id: contact.id, name: 'Kim' },
      product: null,
      amount: { amount: '10000.00', currency: 'EUR' },
      probability: 0.2,
      expectedCloseOn: '2026-12-31',
      closedOn: null,
      nextStep: 'Call\nagain',
      stage: { name: 'Discovery' },
      owner: { id: crm.company.users.rep },
      leadId: null,
    });
    expect((await rep.get<Opportunity>(`/opportunities/${made.body.id}`)).body).toEqual(made.body);
  });

  it('takes a probability of its own, which can be given back to the stage', async () => {
    const deal = await crm.addOpportunity('rep', { probability: 0.9 });
    expect(deal.probability).toBe(0.9);
    expect((await rep.patch<Opportunity>(`/opportunities/${deal.id}`, { probability: 0 })).body.probability).toBe(0);
    expect((await rep.patch<Opportunity>(`/opportunities/${deal.id}`, { probability: null })).body.probability).toBe(
      0.2,
    );
  });

  it('takes the category of its product unless it has one of its own', async () => {
    const product = await crm.database.sql.first<{ id: string }>(sql`
      insert into product (name, name_key, category, currency_code) values ('Anvil', 'anvil', 'Tools', 'EUR') returning id::text as id`);
    const productId = product?.id;
    expect((await crm.addOpportunity('rep', { productId })).productCategory).toBe('Tools');
    expect((await crm.addOpportunity('rep', { productId, productCategory: 'Gifts' })).productCategory).toBe('Gifts');
  });

  it('changes what is named and counts the version up', async () => {
    const deal = await crm.addOpportunity('rep', { amount: { amount: '5', currency: 'EUR' }, nextStep: 'Call' });
    const changed = await rep.patch<Opportunity>(
      `/opportunities/${deal.id}`,
      { amount: null, expectedCloseOn: '2026-02-28' },
      { 'If-Match': '"1"' },
    );
    expect(changed.body).toEqual({
      ...deal,
      amount: null,
      expectedCloseOn: '2026-02-28',
      version: 2,
      updatedAt: changed.body.updatedAt,
    });
    expect((await rep.patch(`/opportunities/${deal.id}`, { nextStep: null }, { 'If-Match': '"1"' })).status).toBe(412);
  });

  it('refuses wrong input with every problem', async () => {
    const refused = await rep.post('/opportunities', {
      probability: 1.1,
      expectedCloseOn: '2026-02-30',
      amount: { amount: '1e5', currency: 'EUR' },
      closedOn: '2026-01-01',
      leadId: NOBODY,
    });
    expect([refused.status, pointersOf(refused)]).toEqual([
      422,
      ['/amount/amount', '/closedOn', '/expectedCloseOn', '/leadId', '/name', '/probability'],
    ]);
    const year0 = await rep.post('/opportunities', { name: 'A', expectedCloseOn: '0000-01-01' });
    expect(year0.status).toBe(422);
    for (const [field, value] of [
      ['amount', { amount: '1.001', currency: 'EUR' }],
      ['amount', { amount: '1', currency: 'XXX' }],
    ] as const) {
      expect((await rep.post('/opportunities', { name: 'A', [field]: value })).status).toBe(422);
    }
  });

  it('links only what its author can see', async () => {
    const [account, contact] = [await crm.addAccount('stranger'), await crm.addContact('stranger')];
    const deal = await crm.addOpportunity('rep');
    for (const [field, id] of [
      ['accountId', account.id],
      ['contactId', contact.id],
      ['productId', NOBODY],
      ['accountId', NOBODY],
    ] as const) {
      const made = await rep.post('/opportunities', { name: 'A', [field]: id });
      expect([made.status, pointersOf(made)]).toEqual([422, [`/${field}`]]);
      expect((await rep.patch(`/opportunities/${deal.id}`, { [field]: id })).status).toBe(422);
    }
  });

  it('is out of reach of others, and not deleted by reps', async () => {
    const deal = await crm.addOpportunity('rep');
    for (const person of ['colleague', 'stranger'] as const) {
      const client = await crm.as(person);
      expect((await client.get(`/opportunities/${deal.id}`)).status).toBe(404);
      expect((await client.patch(`/opportunities/${deal.id}`, { name: 'Mine' })).status).toBe(404);
    }
    const viewer = await crm.as('viewer');
    expect((await viewer.get(`/opportunities/${deal.id}`)).status).toBe(200);
    expect((await viewer.patch(`/opportunities/${deal.id}`, { name: 'Mine' })).status).toBe(403);
    expect((await rep.delete(`/opportunities/${deal.id}`)).status).toBe(403);
    expect((await manager.delete(`/opportunities/${deal.id}`, { 'If-Match': '"2"' })).status).toBe(412);
    expect((await manager.delete(`/opportunities/${deal.id}`)).status).toBe(204);
    expect((await rep.get(`/opportunities/${deal.id}`)).status).toBe(404);
  });
});
