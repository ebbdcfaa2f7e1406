import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomField } from '../../backend/contracts/fields.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let rep: CheckedClient;

const field = (key: string, type: string, more: Record<string, unknown> = {}, entity = 'lead') =>
  admin.post<CustomField>('/fields', { entity, key, label: key, type, ...more });

beforeAll(async () => {
  crm = await startCrm();
  [admin, rep] = await Promise.all([crm.as('admin'), crm.as('rep')]);
  for (const [key, type, more] of [
    ['note', 'long-text', {}],
    ['size', 'number', {}],
    ['since', 'date', {}],
    ['vip', 'boolean', {}],
    ['plan', 'choice', { options: ['Basic', 'Pro'] }],
  ] as const) {
    expect((await field(key, type, more)).status).toBe(201);
  }
});
afterAll(() => crm?.close());

const withCustom = (custom: unknown) => rep.post<Lead>('/leads', { name: 'A', custom });

describe('custom fields', () => {
  it('are made by administrators, once each, with an audit row', async () => {
    const made = await field('region_code', 'text', { helpText: 'Two letters', required: false }, 'contact');
    expect(made.body).toMatchObject({
      entity: 'contact',
      key: 'region_code',
      options: [],
      required: false,
      helpText: 'Two letters',
    });
    const taken = await field('region_code', 'number', {}, 'contact');
    expect([taken.status, pointersOf(taken)]).toEqual([409, ['/key']]);
    expect((await field('region_code', 'text', {}, 'account')).status).toBe(201);
    const audits = await crm.database.sql.rows(
      sql`select 1 from audit_entry where action = 'field.created' and after->>'key' = 'region_code'`,
    );
    expect(audits).toHaveLength(2);
    const listed = await rep.get<{ items: CustomField[] }>('/fields?entity=contact');
    expect(listed.body.items).toEqual([made.body]);
  });

  it('are refused to others and when they make no sense', async () => {
    const input = { entity: 'lead', key: 'other', label: 'Other', type: 'text' };
    expect((await crm.anonymous.post('/fields', input)).status).toBe(401);
    expect((await crm.anonymous.get('/fields')).status).toBe(401);
    for (const person of ['rep', 'manager', 'viewer'] as const)
      expect((await (await crm.as(person)).post('/fields', input)).status).toBe(403);
    const refused = await admin.post('/fields', {
      entity: 'sale',
      key: 'Größe',
      label: ' ',
      type: 'colour',
      colour: 1,
    });
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/colour', '/entity', '/key', '/label', '/type']]);
  });

  it('keep values of their type; new values are merged over the present ones, null clears', async () => {
    const custom = { note: 'Zeile 1\nZeile "2" \\ 𝔘', size: 1.5, since: '2024-02-29', vip: false, plan: 'Pro' };
    const made = await withCustom(custom);
    expect(made.body.custom).toEqual(custom);
    const changed = await rep.patch<Lead>(`/leads/${made.body.id}`, { custom: { size: 0, vip: null } });
    expect(changed.body.custom).toEqual({ ...custom, size: 0, vip: null });
  });

  it('refuse values of another type, all at once, by pointer', async () => {
    const refused = await withCustom({ note: 1, size: '1', since: '2026-02-30', vip: 'yes', plan: 'Gold', secret: 1 });
    expect([refused.status, pointersOf(refused)]).toEqual([
      422,
      ['/custom/note', '/custom/plan', '/custom/secret', '/custom/since', '/custom/size', '/custom/vip'],
    ]);
    expect((await withCustom({ note: { deep: true } })).status).toBe(422);
    expect(pointersOf(await withCustom({ 'a/b': 1 }))).toEqual(['/custom/a~1b']);
    const body = '{"name":"A","custom":{"__proto__":{"vip":true}}}';
    const harmless = await rep.call<Lead>('POST', '/leads', { body, headers: { 'Content-Type': 'application/json' } });
    expect([harmless.status, harmless.body.custom]).toEqual([201, {}]);
  });

  it('refuse text that no database can hold', async () => {
    for (const note of ['a\0b', 'half \ud800']) expect((await withCustom({ note })).status).toBe(422);
  });

  it('can be required of new records of their entity', async () => {
    await field('reason', 'text', { required: true }, 'opportunity');
    await field('constructor', 'text', { required: true }, 'opportunity');
    const deal = (custom?: unknown) => rep.post<Lead>('/opportunities', { name: 'A', custom });
    expect(pointersOf(await deal())).toEqual(['/custom/constructor', '/custom/reason']);
    expect(pointersOf(await deal({ constructor: 'x', reason: null }))).toEqual(['/custom/reason']);
    const made = await deal({ reason: 'Price', constructor: 'x' });
    expect(made.status).toBe(201);
    expect(pointersOf(await rep.patch(`/opportunities/${made.body.id}`, { custom: { reason: null } }))).toEqual([
      '/custom/reason',
    ]);
    expect((await rep.patch(`/opportunities/${made.body.id}`, { name: 'B' })).status).toBe(200);
    expect((await rep.post('/leads', { name: 'A' })).status).toBe(201);
  });
});
