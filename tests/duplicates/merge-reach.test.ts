import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Merge } from '../../backend/contracts/duplicates.ts';
import type { CustomField } from '../../backend/contracts/fields.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { Sale } from '../../backend/contracts/sales.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
});
afterAll(() => crm?.close());

describe('choosing what a merge keeps', () => {
  it('is for who sees the field; what is empty is filled all the same', async () => {
    await admin.post('/fields', { entity: 'lead', key: 'secret', label: 'Secret', type: 'text', visibleTo: ['admin'] });
    await admin.post('/fields', { entity: 'lead', key: 'open', label: 'Open', type: 'text' });
    const add = async (of: string, fields: object) =>
      (
        await admin.post<Lead>('/leads', {
          name: of,
          custom: { secret: `secret ${of}`, open: `open ${of}` },
          ...fields,
        })
      ).body;
    const stays = await add('a', { email: 'a@example.com' });
    const goes = await add('b', { email: 'b@example.com', phone: '040 1234567' });
    const blind = await crm.withRole({ 'lead.read': 'all', 'lead.write': 'all', 'lead.delete': 'all' }, undefined, []);
    const merge = (fields: object) =>
      blind.post<Merge>('/merges', { entity: 'lead', survivorId: stays.id, absorbedIds: [goes.id], fields });

    const guarded = await merge({ email: goes.id, phone: goes.id });
    expect([guarded.status, pointersOf(guarded)]).toEqual([403, ['/fields/email', '/fields/phone']]);
    for (const key of ['custom.secret', 'custom.nothing']) {
      const refused = await merge({ [key]: goes.id });
      expect([refused.status, pointersOf(refused)]).toEqual([422, [`/fields/${key}`]]);
    }
    expect((await admin.get<Lead>(`/leads/${stays.id}`)).body.version).toBe(stays.version);

    expect((await merge({ 'custom.open': goes.id, name: goes.id })).status).toBe(201);
    expect((await admin.get<Lead>(`/leads/${stays.id}`)).body).toMatchObject({
      ...{ name: 'b', email: 'a@example.com', phone: '040 1234567' },
      custom: { secret: 'secret a', open: 'open b' },
    });
  });
});

describe('a merge into a won opportunity', () => {
  it('keeps its sales and what is said of it one, and so does undoing it', async () => {
    const account = await crm.addAccount('rep', { name: 'Buyer' });
    const EUR = (amount: string) => ({ amount, currency: 'EUR' });
    const won = await crm.addOpportunity('rep', { name: 'Won', amount: EUR('100'), segment: 'SMB' });
    await admin.post(`/opportunities/${won.id}/win`, {});
    const other = { accountId: account.id, source: 'Fair', segment: 'Enterprise', amount: EUR('999') };
    const open = await crm.addOpportunity('rep', { name: 'Open', ...other });
    const merge = (fields: object) =>
      admin.post<Merge>('/merges', { entity: 'opportunity', survivorId: won.id, absorbedIds: [open.id], fields });
    const saleOf = async () => (await admin.get<{ items: Sale[] }>(`/sales?opportunity=${won.id}`)).body.items[0];

    const refused = await merge({ amount: open.id });
    expect([refused.status, pointersOf(refused)]).toEqual([409, ['/fields/amount']]);
    const { body, status } = await merge({ segment: open.id });
    expect(status).toBe(201);
    expect((await admin.get<Opportunity>(`/opportunities/${won.id}`)).body.amount).toEqual(EUR('100.00'));
    expect(await saleOf()).toMatchObject({
      ...{ amount: EUR('100.00'), account: { id: account.id }, source: 'Fair', segment: 'Enterprise' },
    });
    const told = await crm.database.sql.first<{ after: object }>(sql`
      select after from audit_entry where action = 'sale.corrected' and entity_id = ${(await saleOf())?.id}`);
    expect(told?.after).toMatchObject({ opportunityId: won.id, source: 'Fair' });

    expect((await admin.post(`/merges/${body.id}/undo`)).status).toBe(200);
    expect(await saleOf()).toMatchObject({ account: null, source: null, segment: 'SMB' });
  });
});

describe('undoing a merge', () => {
  it('takes the right to change and delete all that comes back, and names only what one sees', async () => {
    const [mine, theirs] = [
      await crm.addLead('rep', { name: 'Mine' }),
      await crm.addLead('stranger', { name: 'Theirs' }),
    ];
    const body = { entity: 'lead', survivorId: mine.id, absorbedIds: [theirs.id] };
    const { id } = (await admin.post<Merge>('/merges', body)).body;
    const manager = await crm.as('manager');
    const refused = await manager.post<{ detail: string }>(`/merges/${id}/undo`);
    expect([refused.status, refused.body.detail.includes('Theirs')]).toEqual([403, false]);
    const absorbedFor = async (client: CheckedClient) =>
      (await client.get<{ items: Merge[] }>(`/merges?entity=lead&record=${mine.id}`)).body.items[0]?.absorbed;
    expect(await absorbedFor(manager)).toEqual([{ id: theirs.id, name: '' }]);
    expect(await absorbedFor(admin)).toEqual([{ id: theirs.id, name: 'Theirs' }]);
    const timeline = await manager.get<{ items: { kind: string }[] }>(`/leads/${mine.id}/timeline?kind=merge`);
    expect(timeline.body.items).toMatchObject([{ kind: 'merge', absorbed: [{ id: theirs.id, name: '' }] }]);
    const undone = await admin.post<Merge>(`/merges/${id}/undo`);
    expect(undone.body.absorbed).toEqual([{ id: theirs.id, name: 'Theirs' }]);
  });

  it('is refused while another record holds a value that may occur once only', async () => {
    const field = { entity: 'lead', key: 'order', label: 'Order number', type: 'text', isUnique: true };
    expect((await admin.post<CustomField>('/fields', field)).status).toBe(201);
    const stays = await crm.addLead('rep', { name: 'Stays' });
    const goes = await crm.addLead('rep', { name: 'Goes', custom: { order: '4711' } });
    const body = { entity: 'lead', survivorId: stays.id, absorbedIds: [goes.id] };
    const { id } = (await admin.post<Merge>('/merges', body)).body;
    await admin.patch(`/leads/${stays.id}`, { custom: { order: '4712' } });
    const third = await crm.addLead('rep', { name: 'Third', custom: { order: '4711' } });
    const refused = await admin.post<{ detail: string }>(`/merges/${id}/undo`);
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'Goes can’t come back as it was. Another record has this Order number already; it may occur once only.',
    ]);
    expect((await admin.get(`/leads/${goes.id}`)).status).toBe(404);
    await admin.patch(`/leads/${third.id}`, { custom: { order: '4713' } });
    expect((await admin.post(`/merges/${id}/undo`)).status).toBe(200);
    const taken = await admin.patch(`/leads/${third.id}`, { custom: { order: '4711' } });
    expect([taken.status, pointersOf(taken)]).toEqual([409, ['/custom/order']]);
  });
});
