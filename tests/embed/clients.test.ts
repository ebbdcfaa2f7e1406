import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import type { EmbedClient } from '../../backend/contracts/embed.ts';
import { sql } from '../../backend/db/index.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { PASSWORD } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { outcome } from './host.ts';

let server: TestServer;
let admin: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
});
afterAll(() => server.close());

const input = { name: 'Intranet', allowedOrigins: ['https://intranet.example.com'], key: { kind: 'hs256' } };
type Created = EmbedClient & { secret?: string };

describe('every route', () => {
  const routes = [
    ['GET', '/embed/clients'],
    ['POST', '/embed/clients'],
    ['PATCH', '/embed/clients/01890000-0000-7000-8000-000000000000'],
  ] as const;
  it.each(routes)('%s %s is for administrators', async (method, path) => {
    const options = method === 'GET' ? {} : { body: input };
    expect(outcome(await server.anonymous.call<Problem>(method, path, options))).toEqual([401, 'unauthenticated']);
    const manager = await server.as('manager');
    expect(outcome(await manager.call<Problem>(method, path, options))).toEqual([403, 'forbidden']);
  });
});

describe('registering a host', () => {
  it('answers a secret once, and keeps it sealed', async () => {
    const { status, body } = await admin.post<Created>('/embed/clients', input);
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^[\w-]{43}$/);
    const list = await admin.get<{ items: EmbedClient[] }>('/embed/clients');
    expect(list.body.items.map((client) => client.id)).toContain(body.id);
    expect(JSON.stringify(list.body)).not.toContain(body.secret);
    const row = await server.database.sql.first<{ text: string }>(sql`
      select to_json(c)::text || (select json_agg(a)::text from audit_entry a) as text
      from embed_client c where id = ${body.id}::uuid`);
    expect(row?.text).toContain('embed-client.created');
    expect(row?.text).not.toContain(body.secret);
    expect(row?.text).not.toContain(Buffer.from(body.secret ?? '').toString('hex'));
  });

  it('leaves no trace of the secret when the request could be repeated', async () => {
    const { status, body } = await admin.post<Created>('/embed/clients', input, { 'Idempotency-Key': 'once-only' });
    expect([status, body.secret?.length]).toEqual([201, 43]);
    expect(await server.database.sql.rows(sql`select key from idempotency_record`)).toEqual([]);
  });

  it('writes origins as browsers do', async () => {
    const { body } = await admin.post<Created>('/embed/clients', {
      ...input,
      allowedOrigins: ['https://a.example.com:443', 'https://a.example.com', 'http://localhost:5001'],
    });
    expect(body.allowedOrigins).toEqual(['https://a.example.com', 'http://localhost:5001']);
  });

  it.each([
    ['no origin', { allowedOrigins: [] }, '/allowedOrigins'],
    ['a wild card', { allowedOrigins: ['https://*.example.com'] }, '/allowedOrigins/0'],
    ['a path', { allowedOrigins: ['https://a.example.com/page'] }, '/allowedOrigins/0'],
    ['an impossible port', { allowedOrigins: ['https://a.example.com:99999'] }, '/allowedOrigins/0'],
    ['a key set without TLS', { key: { kind: 'jwks', url: 'http://a.example.com/keys' } }, '/key/url'],
    ['no key at all', { key: { kind: 'public-key', pem: 'abc' } }, '/key/pem'],
    ['an unknown field', { isActive: true }, '/isActive'],
    ['an unknown role', { defaultRoleId: '01890000-0000-7000-8000-000000000000' }, '/defaultRoleId'],
  ])('refuses %s', async (_what, change, pointer) => {
    const answer = await admin.post<Problem>('/embed/clients', { ...input, ...change });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('takes strong public keys, and neither weak nor private ones', async () => {
    const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
    const pemOf = (key: ReturnType<typeof rsa>) => ({
      public: key.publicKey.export({ type: 'spki', format: 'pem' }) as string,
      private: key.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    });
    const register = async (pem: string) =>
      (await admin.post<Problem>('/embed/clients', { ...input, key: { kind: 'public-key', pem } })).status;
    expect(await register(pemOf(rsa(2048)).public)).toBe(201);
    expect(await register(pemOf(rsa(1024)).public)).toBe(422);
    expect(await register(pemOf(rsa(2048)).private)).toBe(422);
  });

  it('gives visitors no role beyond the administrator’s own rights', async () => {
    const role = await server.database.sql.first<{ id: string }>(sql`
      insert into role (key, name, permissions) values ('embedder', 'Embedder', '{"embed.manage": "all"}'::jsonb)
      returning id::text as id`);
    await server.database.sql.rows(sql`
      insert into app_user (email, name, role_id, password_hash)
      select 'embedder@example.com', 'Emma', ${role?.id}::uuid, password_hash from app_user where email = 'admin@example.com'`);
    const embedder = await signIn(server.url, 'embedder@example.com', PASSWORD);
    const rep = await server.database.sql.first<{ id: string }>(sql`select id::text as id from role where key = 'rep'`);
    const answer = await embedder.post<Problem>('/embed/clients', { ...input, defaultRoleId: rep?.id });
    expect(outcome(answer)).toEqual([403, 'forbidden']);
    expect((await embedder.post('/embed/clients', input)).status).toBe(201);
  });
});

describe('changing a host', () => {
  it('answers the new state and refuses a stale version', async () => {
    const { body } = await admin.post<Created>('/embed/clients', input);
    const path = `/embed/clients/${body.id}`;
    const changed = await admin.patch<Created>(path, { name: 'Renamed' }, { 'If-Match': '"1"' });
    expect([changed.status, changed.etag, changed.body.name]).toEqual([200, '"2"', 'Renamed']);
    expect(changed.body.secret).toBeUndefined();
    const late = await admin.patch<Problem>(path, { name: 'Late' }, { 'If-Match': '"1"' });
    expect(outcome(late)).toEqual([412, 'stale']);
    const missing = await admin.patch<Problem>('/embed/clients/01890000-0000-7000-8000-000000000000', { name: 'X' });
    expect(outcome(missing)).toEqual([404, 'not_found']);
    expect((await admin.patch<Problem>(path, { secret: 'mine' })).status).toBe(422);
  });
});
