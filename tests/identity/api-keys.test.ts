import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiKey } from '../../backend/contracts/administration.ts';
import type { Me } from '../../backend/contracts/auth.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Role } from '../../backend/contracts/users.ts';
import { raw, sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Answer, TestClient } from '../support/client.ts';
import { NOBODY, pointersOf } from '../support/crm.ts';
import { checked, type Desk, type List, outcome, startDesk } from './desk.ts';

type Created = { apiKey: ApiKey; key: string };

let desk: Desk;
let keeper: CheckedClient;
beforeAll(async () => {
  desk = await startDesk({ COMPANY_TIME_ZONE: 'Europe/Berlin' });
  const rights = { 'api-key.manage': 'all', 'lead.read': 'team', 'lead.write': 'own', 'audit.read': 'all' };
  keeper = await desk.withRole(rights, 'North', ['personal']);
});
afterAll(() => desk?.close());

const dayIn = (days: number) =>
  new Date((desk.clock.now ?? new Date()).getTime() + days * 86_400_000).toISOString().slice(0, 10);
const ask = (input: object, client = keeper): Promise<Answer<Created & Problem>> =>
  client.post<Created & Problem>('/api-keys', {
    name: 'Program',
    permissions: { 'lead.read': 'team' },
    expiresOn: dayIn(30),
    ...input,
  });
async function create(input: object = {}, client = keeper): Promise<Created> {
  const answer = await ask(input, client);
  expect(answer.status).toBe(201);
  return answer.body;
}
const by = (key: string) => checked(desk, new TestClient(desk.url, { Authorization: `Bearer ${key}` }));
const listed = async (id: string) =>
  (await keeper.get<List<ApiKey>>('/api-keys')).body.items.find((apiKey) => apiKey.id === id);

describe('the routes of keys', () => {
  it.each([
    ['GET', '/api-keys'],
    ['POST', '/api-keys'],
    ['DELETE', `/api-keys/${NOBODY}`],
  ] as const)('%s %s is for people who may manage keys, in person', async (method, path) => {
    const options = method === 'POST' ? { body: {} } : {};
    expect((await desk.anonymous.call(method, path, options)).status).toBe(401);
    expect((await (await desk.as('manager')).call(method, path, options)).status).toBe(403);
    const { key } = await create();
    expect((await by(key).call(method, path, options)).status).toBe(403);
  });
});

describe('a key', () => {
  it('is shown once; what is kept is its hash', async () => {
    const { apiKey, key } = await create();
    expect(key).toMatch(/^spk_[\w-]{43}$/);
    expect(apiKey).toMatchObject({ name: 'Program', prefix: key.slice(0, 12), status: 'active', lastUsedAt: null });
    const list = await keeper.get<List<ApiKey>>('/api-keys');
    expect(JSON.stringify(list.body)).not.toContain(key.slice(13));
    const tables = await desk.database.sql.rows<{ text: string }>(sql`
      select to_json(k)::text as text from api_key k union all select to_json(a)::text from audit_entry a
      union all select to_json(i)::text from idempotency_record i`);
    expect(tables.filter(({ text }) => text.includes(key.slice(13)))).toEqual([]);
    const row = await desk.database.sql.first<{ bytes: number }>(sql`
      select length(key_hash)::int as bytes from api_key where id = ${apiKey.id}::uuid`);
    expect(row?.bytes).toBe(32);
  });

  it('is a new one for each request, whatever Idempotency-Key it carries', async () => {
    const headers = { 'Idempotency-Key': 'the-same' };
    const input = { name: 'Twice', permissions: { 'lead.read': 'own' }, expiresOn: dayIn(1) };
    const [one, two] = [
      await keeper.post<Created>('/api-keys', input, headers),
      await keeper.post<Created>('/api-keys', input, headers),
    ];
    expect(one.body.key).not.toBe(two.body.key);
  });

  it('works to the end of its last day, as the company counts days', async () => {
    desk.clock.now = new Date('2026-07-01T10:00:00Z');
    const { key, apiKey } = await create({ expiresOn: '2026-07-02' });
    expect(apiKey.expiresAt).toBe('2026-07-02T22:00:00.000Z'); // midnight in Berlin
    desk.clock.now = new Date('2026-07-02T21:59:59Z');
    expect((await by(key).get('/leads')).status).toBe(200);
    desk.clock.now = new Date('2026-07-02T22:00:00Z');
    const late = await by(key).get<Problem>('/leads');
    expect([outcome(late), late.body.detail]).toEqual([[401, 'session_ended'], 'This API key has run out.']);
    desk.clock.now = null;
  });

  it('lives a year at most, from today', async () => {
    desk.clock.now = new Date('2026-07-01T10:00:00Z');
    for (const expiresOn of ['2026-06-30', '2027-07-02']) {
      const answer = await ask({ expiresOn });
      expect([outcome(answer), pointersOf(answer)]).toEqual([[422, 'invalid'], ['/expiresOn']]);
    }
    expect((await ask({ expiresOn: '2026-07-01' })).status).toBe(201);
    expect((await ask({ expiresOn: '2027-07-01' })).status).toBe(201);
    desk.clock.now = null;
  });

  it('holds no more than its maker, nothing that is done in person, and something', async () => {
    const beyond = await ask({ permissions: { 'lead.read': 'all' } });
    expect(outcome(beyond)).toEqual([403, 'forbidden']);
    expect(beyond.body.detail).toContain('lead.read');
    expect(outcome(await ask({ fieldGroups: ['cost'] }))).toEqual([403, 'forbidden']);
    for (const name of ['api-key.manage', 'settings.manage', 'automation.manage']) {
      const answer = await ask({ permissions: { [name]: 'all' } }, desk.admin);
      expect([outcome(answer), pointersOf(answer)]).toEqual([[422, 'invalid'], [`/permissions/${name}`]]);
    }
    for (const permissions of [{}, { 'lead.read': 'none' }, { 'lead.fly': 'all' }, { 'audit.read': 'own' }]) {
      expect(outcome(await ask({ permissions }))).toEqual([422, 'invalid']);
    }
  });

  it('from before a permission was kept back holds it no more', async () => {
    const { apiKey, key } = await create({ permissions: { 'lead.read': 'all' } }, checked(desk, desk.admin));
    const rights = { 'lead.read': 'all', 'automation.manage': 'all' };
    await desk.database.sql.rows(
      sql`update api_key set permissions = ${JSON.stringify(rights)}::jsonb where id = ${apiKey.id}::uuid`,
    );
    expect((await by(key).get('/leads')).status).toBe(200);
    expect((await by(key).get('/automation-rules')).status).toBe(403);
  });

  it('can be had fifty at a time', async () => {
    const id = (await keeper.get<Me>('/me')).body.id;
    await desk.database.sql.rows(sql`
      insert into api_key (name, prefix, key_hash, user_id, permissions, expires_at)
      select 'Filler', 'spk_filler', sha256(('filler ' || n)::bytea), ${id}::uuid, '{}'::jsonb, now() + interval '1 day'
      from generate_series(1, 50) n`);
    expect(outcome(await ask({}))).toEqual([409, 'conflict']);
    await desk.database.sql.rows(sql`delete from api_key where name = 'Filler'`);
  });

  it('leaves its making and its end in the audit log', async () => {
    const { apiKey } = await create({ name: 'Watched' });
    await keeper.delete(`/api-keys/${apiKey.id}`);
    const { body } = await keeper.get<List<{ action: string; after: unknown }>>(
      `/audit?entity=api-key&entityId=${apiKey.id}`,
    );
    expect(body.items.map(({ action }) => action)).toEqual(['api-key.revoked', 'api-key.created']);
    expect(body.items[1]?.after).toMatchObject({ name: 'Watched', permissions: { 'lead.read': 'team' } });
  });
});

describe('a request with a key', () => {
  it('acts as the person, with no more than the key has', async () => {
    const own = await desk.addLead('rep', { name: 'Of the team', email: 'lead@example.com' });
    const far = await desk.addLead('stranger', { name: 'Of others' });
    const { key, apiKey } = await create({ permissions: { 'lead.read': 'team', 'lead.write': 'own' } });
    const client = by(key);
    const me = await client.get<Me>('/me');
    expect(me.body.permissions).toEqual({ 'lead.read': 'team', 'lead.write': 'own' });
    const seen = await client.get<Lead>(`/leads/${own.id}`);
    expect([seen.status, seen.body.email]).toEqual([200, null]);
    expect((await client.get(`/leads/${far.id}`)).status).toBe(404);
    expect((await client.get('/audit')).status).toBe(403);
    // A write needs no header of the console: nothing rides along with a key.
    const made = await client.call<Lead>('POST', '/leads', {
      body: { name: 'By program' },
      headers: { 'X-SalesPulse-Request': '' },
    });
    expect(made.status).toBe(201);
    const entry = await desk.database.sql.first<{ kind: string; actor: string }>(sql`
      select actor_kind as kind, actor_id::text as actor from audit_entry where entity_id = ${made.body.id}`);
    expect(entry).toEqual({ kind: 'api-key', actor: apiKey.person.id });
    expect(outcome(await client.get<Problem>('/me/sessions'))).toEqual([403, 'forbidden']);
  });

  it('repeats an answer for an Idempotency-Key', async () => {
    const { key } = await create({ permissions: { 'lead.read': 'team', 'lead.write': 'own' } });
    const once = () => by(key).post<Lead>('/leads', { name: 'Once' }, { 'Idempotency-Key': 'once' });
    expect((await once()).body.id).toBe((await once()).body.id);
  });

  it('has the rights of now: what the person lost, the key has lost within five seconds', async () => {
    const { body: role } = await desk.admin.post<Role>('/roles', {
      name: 'Maker of keys',
      permissions: { 'api-key.manage': 'all', 'lead.read': 'all', 'account.read': 'all' },
    });
    const maker = await desk.enter(await desk.someone(role.id));
    const { key } = await create({ permissions: { 'lead.read': 'all', 'account.read': 'own' } }, maker);
    expect((await by(key).get('/leads')).status).toBe(200);
    await desk.admin.patch(`/roles/${role.id}`, { permissions: { 'account.read': 'all' } });
    expect((await by(key).get('/leads')).status).toBe(403);
    expect((await by(key).get<Me>('/me')).body.permissions).toEqual({ 'account.read': 'own' });
    // Another process changes the role: nobody tells this one.
    await desk.database.sql.rows(sql`update role set permissions = '{}'::jsonb where id = ${role.id}::uuid`);
    desk.later(3);
    expect((await by(key).get<Me>('/me')).body.permissions).toEqual({});
    desk.clock.now = null;
  });

  it.each([
    ['the key was revoked', raw('update api_key set revoked_at = now()'), 'This API key was revoked.', 'revoked'],
    [
      'the person was deactivated',
      raw("update app_user set status = 'deactivated'"),
      'The person this API key acts for is not active any more.',
      'owner-inactive',
    ],
  ])('is refused within five seconds after %s, by another process', async (_why, change, sentence, status) => {
    const maker = await desk.withRole({ 'api-key.manage': 'all', 'lead.read': 'all' });
    const { key, apiKey } = await create({}, maker);
    const start = new Date();
    desk.clock.now = start;
    expect((await by(key).get('/leads')).status).toBe(200);
    await desk.database.sql.rows(
      sql`${change} where id = ${status === 'revoked' ? apiKey.id : apiKey.person.id}::uuid`,
    );
    desk.clock.now = new Date(start.getTime() + 3000);
    const refused = await by(key).get<Problem>('/leads');
    expect([outcome(refused), refused.body.detail]).toEqual([[401, 'session_ended'], sentence]);
    expect((await listed(apiKey.id))?.status).toBe(status);
    desk.clock.now = null;
  });

  it('is refused at once after a revocation here, which anybody who manages keys may do', async () => {
    const { key, apiKey } = await create();
    expect((await by(key).get('/leads')).status).toBe(200);
    expect((await desk.admin.delete(`/api-keys/${apiKey.id}`)).status).toBe(204);
    expect((await desk.admin.delete(`/api-keys/${apiKey.id}`)).status).toBe(204);
    expect((await by(key).get('/leads')).status).toBe(401);
    expect(outcome(await desk.admin.delete<Problem>(`/api-keys/${NOBODY}`))).toEqual([404, 'not_found']);
  });

  it('is refused with a key that nobody made, even beside a good cookie', async () => {
    const guess = by(`spk_${'A'.repeat(43)}`);
    expect(outcome(await guess.get<Problem>('/leads'))).toEqual([401, 'session_ended']);
    const both = await desk.admin.get<Problem>('/leads', {
      headers: { Authorization: `Bearer spk_${'B'.repeat(43)}` },
    });
    expect(outcome(both)).toEqual([401, 'session_ended']);
    const basic = await desk.admin.get<Problem>('/leads', { headers: { Authorization: 'Basic spk_' } });
    expect(basic.status).toBe(401);
  });

  it('is noted as the last use, once a minute at most', async () => {
    const { key, apiKey } = await create();
    const start = new Date(Math.floor(Date.now() / 1000) * 1000);
    const useAt = async (seconds: number) => {
      desk.clock.now = new Date(start.getTime() + seconds * 1000);
      await by(key).get('/leads');
      return Date.parse((await listed(apiKey.id))?.lastUsedAt ?? '') - start.getTime();
    };
    expect(await useAt(0)).toBe(0);
    expect(await useAt(59)).toBe(0);
    expect(await useAt(61)).toBe(61_000);
    desk.clock.now = null;
  });
});
