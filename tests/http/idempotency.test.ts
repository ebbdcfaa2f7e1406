import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldGroups } from '../../backend/access/index.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { TestClient } from '../support/client.ts';
import { type Crm, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;
let serial = 0;

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
});
afterAll(() => crm?.close());

const newKey = () => `key-${++serial}`;
const send = <T = Lead & Problem>(key: string, body: unknown, path = '/leads', client = rep) =>
  client.post<T>(path, body, { 'Idempotency-Key': key });
const leadsNamed = async (name: string) =>
  (await crm.database.sql.rows(sql`select 1 from lead where name = ${name}`)).length;

describe('a POST with an Idempotency-Key', () => {
  it('is done once and answered alike ever after', async () => {
    const key = newKey();
    const first = await send(key, { name: 'Once' });
    const second = await send(key, { name: 'Once' });
    expect([second.status, second.body, second.etag]).toEqual([201, first.body, first.etag]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect([first.headers.get('idempotent-replay'), second.headers.get('idempotent-replay')]).toEqual([null, 'true']);
    expect(await leadsNamed('Once')).toBe(1);
  });

  it('is done once when sent many times at once', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(key, { name: 'Together' })));
    for (const { status, body } of answers) {
      expect([201, 409]).toContain(status);
      if (status === 409) expect(body.code).toBe('request_in_progress');
    }
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect(await leadsNamed('Together')).toBe(1);
    expect((await send(key, { name: 'Together' })).status).toBe(201);
  });

  it('cannot be another request', async () => {
    const key = newKey();
    await send(key, { name: 'Mine' });
    for (const other of [await send(key, { name: 'Other' }), await send(key, { name: 'Mine' }, '/accounts')]) {
      expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
    }
    expect(await leadsNamed('Other')).toBe(0);
  });

  it('is not answered to a program of the same person that sees fewer records', async () => {
    const admin = await crm.as('admin');
    const made = await admin.post<{ key: string }>('/api-keys', {
      name: 'Of one team',
      permissions: { 'analytics.read': 'team', 'target.manage': 'team' },
      fieldGroups: [...fieldGroups],
      expiresOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
    });
    expect(made.status).toBe(201);
    const program = new TestClient(crm.url, { Authorization: `Bearer ${made.body.key}` });
    const target = { metric: 'revenue', grain: 'month', from: '2026-01-01', value: '10' };
    const key = newKey();
    const first = await admin.post<object>('/targets', target, { 'Idempotency-Key': key });
    expect([first.status, JSON.stringify(first.body)]).toEqual([201, expect.stringContaining('"attained":"0.00"')]);
    const second = await program.post<Problem>('/targets', target, { 'Idempotency-Key': key });
    expect([second.status, second.body.code]).toEqual([422, 'idempotency_mismatch']);
  });

  it('is of one person', async () => {
    const key = newKey();
    const mine = await send(key, { name: 'Shared' });
    const theirs = await send(key, { name: 'Shared' }, '/leads', await crm.as('colleague'));
    expect([theirs.status, theirs.headers.get('idempotent-replay')]).toEqual([201, null]);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('may be sent again after it was refused', async () => {
    const key = newKey();
    expect((await send(key, { name: 'Later', ownerId: crm.company.users.stranger })).status).toBe(422);
    expect((await send(key, { name: 'Later' })).status).toBe(201);
    expect(await leadsNamed('Later')).toBe(1);
  });

  it('wins and converts once', async () => {
    const deal = await crm.addOpportunity('rep', { amount: { amount: '5', currency: 'EUR' } });
    const key = newKey();
    const first = await send(key, {}, `/opportunities/${deal.id}/win`);
    const second = await send(key, {}, `/opportunities/${deal.id}/win`);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect((await send(newKey(), {}, `/opportunities/${deal.id}/win`)).status).toBe(409);
    const lead = await crm.addLead('rep');
    const convertKey = newKey();
    for (let round = 0; round < 2; round++)
      expect((await send(convertKey, {}, `/leads/${lead.id}/convert`)).status).toBe(200);
  });

  it('wants a key of reasonable length', async () => {
    expect((await send('x'.repeat(201), { name: 'A' })).status).toBe(400);
    expect((await send('', { name: 'A' })).status).toBe(400);
    expect((await send('x'.repeat(200), { name: 'A' })).status).toBe(201);
  });
});
