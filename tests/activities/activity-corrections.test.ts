import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activity, ActivityRevision } from '../../backend/contracts/activities.ts';
import type { Named, Page } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;
let manager: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
  manager = await crm.as('manager');
});
afterAll(() => crm?.close());

const lead = async () => `/leads/${(await crm.addLead('rep')).id}`;
const log = async (record: string, fields: Record<string, unknown> = {}) =>
  (await rep.post<Activity>(`${record}/activities`, { type: 'note', subject: 'First words', ...fields })).body;
const notified = (userId: string) =>
  crm.database.sql.rows<{ title: string }>(
    sql`select title from notification where user_id = ${userId}::uuid and kind = 'mention' order by created_at`,
  );

describe('a correction', () => {
  it('changes what is shown and keeps every earlier wording, with who changed it', async () => {
    const record = await lead();
    const first = await log(record, { body: 'Plain <b>text</b>', outcome: 'Reached', durationMinutes: 3 });
    expect(first.content).toEqual([{ tag: 'p', children: [{ tag: 'text', text: 'Plain <b>text</b>' }] }]);
    const path = `${record}/activities/${first.id}`;
    const change = { subject: 'Better words', body: '<p>Rich <b>text</b></p>', bodyFormat: 'html' };
    const second = await manager.patch<Activity>(path, change, { 'If-Match': '"1"' });
    expect(second.body).toMatchObject({ subject: 'Better words', version: 2, outcome: 'Reached', durationMinutes: 3 });
    expect(second.body.body).toBe('<p>Rich <strong>text</strong></p>');
    expect(second.body.author?.name).toBe('Rolf Rep');
    expect((await rep.patch(path, { outcome: null }, { 'If-Match': '"1"' })).status).toBe(412);
    await rep.patch(path, { outcome: null }, { 'If-Match': '"2"' });
    const { items } = (await rep.get<Page<ActivityRevision>>(`${path}/revisions`)).body;
    expect(items.map(({ version, subject, body, outcome }) => [version, subject, body, outcome])).toEqual([
      [1, 'First words', 'Plain <b>text</b>', 'Reached'],
      [2, 'Better words', '<p>Rich <strong>text</strong></p>', 'Reached'],
    ]);
    expect(items.map(({ editedBy }) => editedBy?.name)).toEqual([
      (await manager.get<{ name: string }>('/me')).body.name,
      'Rolf Rep',
    ]);
  });

  it('that changes nothing leaves no trace', async () => {
    const record = await lead();
    const note = await log(record);
    const same = await rep.patch<Activity>(`${record}/activities/${note.id}`, { subject: 'First words' });
    expect(same.body).toEqual(note);
    expect((await rep.get<Page<unknown>>(`${record}/activities/${note.id}/revisions`)).body.items).toEqual([]);
  });

  it('takes an entry back: its words go, for readers its history too, and it can be put back', async () => {
    const record = await lead();
    const note = await log(record, { body: 'Secret' });
    const path = `${record}/activities/${note.id}`;
    const gone = await rep.patch<Activity>(path, { isWithdrawn: true });
    expect(gone.body).toMatchObject({ subject: '', body: null, content: [], withdrawnAt: expect.any(String) });
    const viewer = await crm.as('viewer');
    expect((await viewer.get(`${path}/revisions`)).status).toBe(403);
    expect(JSON.stringify((await viewer.get(`${record}/timeline`)).body)).not.toContain('Secret');
    const back = await rep.patch<Activity>(path, { isWithdrawn: false });
    expect(back.body).toMatchObject({ subject: 'First words', body: 'Secret', withdrawnAt: null });
  });

  it('belongs to the record it is asked through', async () => {
    const [one, other] = [await lead(), await lead()];
    const note = await log(one);
    expect((await rep.patch(`${other}/activities/${note.id}`, { subject: 'X' })).status).toBe(404);
    expect((await rep.get(`${other}/activities/${note.id}/revisions`)).status).toBe(404);
    expect((await rep.patch(`${one}/activities/${NOBODY}`, { subject: 'X' })).status).toBe(404);
  });
});

describe('a mention', () => {
  it('tells somebody who may see the record, once', async () => {
    const record = await lead();
    const id = crm.company.users.manager;
    const body = `<p>Ask <span data-mention="${id}">anything</span></p>`;
    const before = (await notified(id)).length;
    const note = await log(record, { body, bodyFormat: 'html' });
    expect(note.mentions).toEqual([{ id, name: expect.any(String) }]);
    const name = note.mentions[0]?.name;
    expect(note.body).toBe(`<p>Ask <span data-mention="${id}">@${name}</span></p>`);
    expect(note.content[0]?.children?.[1]).toEqual({ tag: 'mention', userId: id, text: `@${name}` });
    await rep.patch(`${record}/activities/${note.id}`, { body: `${body}<p>!</p>`, bodyFormat: 'html' });
    expect((await notified(id)).slice(before)).toEqual([{ title: 'Rolf Rep mentioned you: First words' }]);
  });

  it('of somebody whom the record is kept from is refused', async () => {
    const record = await lead();
    for (const id of [crm.company.users.stranger, NOBODY]) {
      const body = `<span data-mention="${id}">x</span>`;
      const refused = await rep.post(`${record}/activities`, { type: 'note', subject: 'X', body, bodyFormat: 'html' });
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['/body']]);
    }
    expect(await notified(crm.company.users.stranger)).toEqual([]);
  });

  it('is offered for those who may see the record, by part of the name', async () => {
    const record = await lead();
    const all = (await rep.get<Page<Named>>(`${record}/mentionable`)).body.items.map(({ id }) => id);
    expect(all).toEqual(expect.arrayContaining([crm.company.users.rep, crm.company.users.manager]));
    expect(all).not.toContain(crm.company.users.stranger);
    expect(all).not.toContain(crm.company.users.colleague);
    const some = (await rep.get<Page<Named>>(`${record}/mentionable?q=ROLF`)).body.items;
    expect(some).toEqual([{ id: crm.company.users.rep, name: 'Rolf Rep' }]);
  });
});

describe('a person', () => {
  it('can be named that one may see, and shows to those who may see them', async () => {
    const record = await lead();
    const contact = await crm.addContact('rep', { name: 'Petra Lang' });
    const call = await log(record, { type: 'call', direction: 'in', contactId: contact.id });
    expect(call).toMatchObject({ direction: 'in', contact: { id: contact.id, name: 'Petra Lang' } });
    const blind = await crm.withRole({ 'lead.read': 'all' });
    const { items } = (await blind.get<Page<Activity>>(`${record}/activities`)).body;
    expect(items[0]?.contact).toBeNull();
    const foreign = await crm.addContact('stranger');
    const refused = await rep.post(`${record}/activities`, { type: 'call', subject: 'X', contactId: foreign.id });
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/contactId']]);
    const wrong = await rep.post(`${record}/activities`, { type: 'note', subject: 'X', direction: 'in' });
    expect([wrong.status, pointersOf(wrong)]).toEqual([422, ['/direction']]);
  });
});
