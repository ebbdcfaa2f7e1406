import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Contact } from '../../backend/contracts/customers.ts';
import type { Merge } from '../../backend/contracts/duplicates.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import { sql } from '../../backend/db/index.ts';
import { type Crm, startCrm } from '../support/crm.ts';

let crm: Crm;
beforeAll(async () => {
  crm = await startCrm();
});
afterAll(() => crm?.close());

const merge = async (body: object) => (await crm.as('manager')).post<Merge>('/merges', body);
const undo = async (id: string) => (await crm.as('manager')).post<Merge>(`/merges/${id}/undo`);
const lead = async (id: string) => (await crm.as('manager')).get<Lead>(`/leads/${id}`);
const events = (id: string) =>
  crm.database.sql.rows<{ kind: string }>(sql`
    select kind from stage_event where record_id = ${id}::uuid order by at`);

/** Fields that a merge and its undoing leave as they were. */
const content = ({ version: _version, updatedAt: _updatedAt, ...rest }: Lead) => rest;

describe('a merge', () => {
  it('is refused where the records have more tags together than one may have', async () => {
    const tags = (of: string) => Array.from({ length: 26 }, (_, index) => `${of} ${index}`);
    const stays = await crm.addLead('rep', { name: 'Tagged', tags: tags('a') });
    const goes = await crm.addLead('rep', { name: 'Tagged too', tags: tags('b') });
    const answer = await merge({ entity: 'lead', survivorId: stays.id, absorbedIds: [goes.id] });
    expect([answer.status, (answer.body as unknown as Problem).detail]).toEqual([
      409,
      'Together they have 52 tags; a record has at most 50. Take some off first.',
    ]);
  });

  it('fills what is empty, keeps what is chosen, and moves everything that hung on the others', async () => {
    const stays = await crm.addLead('rep', {
      name: 'Max',
      company: 'Contoso',
      value: { amount: '100.10', currency: 'EUR' },
    });
    const goes = await crm.addLead('rep', {
      name: 'Max Mustermann',
      email: 'max@contoso.example',
      value: { amount: '99999999999999.99', currency: 'EUR' },
      source: 'Fair',
    });
    const rep = await crm.as('rep');
    await rep.post(`/leads/${goes.id}/activities`, { type: 'note', subject: 'Met at the fair' });
    await rep.post(`/leads/${goes.id}/tasks`, { title: 'Send the offer' });

    const answer = await merge({
      entity: 'lead',
      survivorId: stays.id,
      absorbedIds: [goes.id],
      fields: { name: goes.id, value: goes.id },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ absorbed: [{ id: goes.id, name: 'Max Mustermann' }], undoneAt: null });
    expect((await lead(stays.id)).body).toMatchObject({
      name: 'Max Mustermann',
      company: 'Contoso',
      email: 'max@contoso.example',
      source: 'Fair',
      value: { amount: '99999999999999.99', currency: 'EUR' },
      stage: stays.stage,
      version: stays.version + 1,
    });
    expect((await lead(goes.id)).status).toBe(404);
    const activities = await rep.get<{ items: { subject: string }[] }>(`/leads/${stays.id}/activities`);
    expect(activities.body.items.map(({ subject }) => subject)).toContain('Met at the fair');
    expect((await rep.get<{ items: unknown[] }>(`/leads/${stays.id}/tasks`)).body.items).toHaveLength(1);
    expect((await events(goes.id)).map(({ kind }) => kind)).toEqual(['entered', 'removed']);
    expect((await events(stays.id)).map(({ kind }) => kind)).toEqual(['entered', 'changed']);
  });

  it('is undone to the last field, but for what was changed since', async () => {
    const stays = await crm.addLead('rep', { name: 'Ann', value: { amount: '12345678901234.56', currency: 'EUR' } });
    const goes = await crm.addLead('rep', {
      name: 'Anne',
      email: 'anne@example.org',
      phone: '040 1234567',
      source: 'Web',
    });
    await (await crm.as('rep')).post(`/leads/${goes.id}/activities`, { type: 'call', subject: 'Called' });
    const { body } = await merge({
      entity: 'lead',
      survivorId: stays.id,
      absorbedIds: [goes.id],
      fields: { value: goes.id },
    });
    expect((await lead(stays.id)).body.value).toBeNull();
    await (await crm.as('rep')).patch(`/leads/${stays.id}`, { source: 'Partner' });

    const undone = await undo(body.id);
    expect(undone.body.undoneBy).toMatchObject({ name: 'Mona Manager' });
    expect(content((await lead(stays.id)).body)).toEqual({ ...content(stays), source: 'Partner' });
    expect(content((await lead(goes.id)).body)).toEqual(content(goes));
    const back = await (await crm.as('rep')).get<{ items: unknown[] }>(`/leads/${goes.id}/activities`);
    expect(back.body.items).toHaveLength(1);
    expect((await events(goes.id)).map(({ kind }) => kind)).toEqual(['entered', 'removed', 'restored']);
    expect((await undo(body.id)).status).toBe(409);
  });

  it('of merged records is undone last one first', async () => {
    const [a, b, c] = [
      await crm.addLead('rep', { name: 'A' }),
      await crm.addLead('rep', { name: 'B' }),
      await crm.addLead('rep', { name: 'C' }),
    ];
    const first = await merge({ entity: 'lead', survivorId: a.id, absorbedIds: [b.id] });
    const second = await merge({ entity: 'lead', survivorId: a.id, absorbedIds: [c.id] });
    expect((await undo(first.body.id)).body).toMatchObject({ code: 'conflict' });
    expect((await undo(second.body.id)).status).toBe(200);
    expect((await undo(first.body.id)).status).toBe(200);
    const into = await merge({ entity: 'lead', survivorId: c.id, absorbedIds: [a.id] });
    expect((await undo(into.body.id)).status).toBe(200);
    const listed = await (await crm.as('manager')).get<{ items: Merge[] }>(`/merges?entity=lead&record=${a.id}`);
    expect(listed.body.items.map(({ id }) => id)).toEqual([second.body.id, first.body.id]);
  });

  it('refuses what can’t be taken apart again', async () => {
    const [one, two] = [
      await crm.addLead('rep', { name: 'One', company: 'Uno' }),
      await crm.addLead('rep', { name: 'Two' }),
    ];
    await (await crm.as('rep')).post(`/leads/${one.id}/convert`, {});
    const refused = await merge({ entity: 'lead', survivorId: two.id, absorbedIds: [one.id] });
    expect(refused.body).toMatchObject({
      code: 'conflict',
      detail: 'One was converted. Make it the record that stays.',
    });
    expect((await merge({ entity: 'lead', survivorId: two.id, absorbedIds: [two.id] })).status).toBe(422);
    const odd = await merge({ entity: 'lead', survivorId: one.id, absorbedIds: [two.id], fields: { stage: two.id } });
    expect(odd.body).toMatchObject({ errors: [{ pointer: '/fields/stage' }] });
    expect((await merge({ entity: 'lead', survivorId: one.id, absorbedIds: [two.id] })).status).toBe(201);
  });

  it('is for who may change and delete all of them', async () => {
    const [mine, theirs] = [
      await crm.addLead('rep', { name: 'Mine' }),
      await crm.addLead('stranger', { name: 'Theirs' }),
    ];
    const body = { entity: 'lead', survivorId: mine.id, absorbedIds: [theirs.id] };
    expect((await merge(body)).status).toBe(404);
    const other = await crm.addLead('rep', { name: 'Mine, too' });
    const own = { entity: 'lead', survivorId: mine.id, absorbedIds: [other.id] };
    expect((await (await crm.as('rep')).post('/merges', own)).status).toBe(403);
    const done = await merge(own);
    expect((await (await crm.as('rep')).post(`/merges/${done.body.id}/undo`)).status).toBe(403);
    expect((await (await crm.as('stranger')).post(`/merges/${done.body.id}/undo`)).status).toBe(404);
  });

  it('of companies takes contacts, deals and daughters along, and makes no company its own mother', async () => {
    const [stays, goes] = [
      await crm.addAccount('rep', { name: 'Acme' }),
      await crm.addAccount('rep', { name: 'Acme Inc' }),
    ];
    await crm.database.sql.rows(sql`update account set parent_id = ${goes.id}::uuid where id = ${stays.id}::uuid`);
    const contact = await crm.addContact('rep', { name: 'Wile E.', accountId: goes.id });
    const deal = await crm.addOpportunity('rep', { name: 'Rockets', accountId: goes.id });
    const { body } = await merge({ entity: 'account', survivorId: stays.id, absorbedIds: [goes.id] });
    const manager = await crm.as('manager');
    const accountOf = async () => [
      (await manager.get<Contact>(`/contacts/${contact.id}`)).body.account?.id,
      (await manager.get<Opportunity>(`/opportunities/${deal.id}`)).body.account?.id,
      (await manager.get<{ parent: { id: string } | null }>(`/accounts/${stays.id}`)).body.parent?.id,
    ];
    expect(await accountOf()).toEqual([stays.id, stays.id, undefined]);
    expect((await undo(body.id)).status).toBe(200);
    expect(await accountOf()).toEqual([goes.id, goes.id, goes.id]);
  });

  it('at the same moment as another one of the same records happens once', async () => {
    const [a, b] = [await crm.addLead('rep', { name: 'Left' }), await crm.addLead('rep', { name: 'Right' })];
    const [one, other] = await Promise.all([
      merge({ entity: 'lead', survivorId: a.id, absorbedIds: [b.id] }),
      merge({ entity: 'lead', survivorId: b.id, absorbedIds: [a.id] }),
    ]);
    expect([one.status, other.status].sort()).toEqual([201, 404]);
  });
});
