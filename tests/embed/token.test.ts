import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Me } from '../../backend/contracts/auth.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import { TestClient } from '../support/client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type Host, ORIGIN, outcome, registerHost } from './host.ts';

let server: TestServer;
let host: Host;
beforeAll(async () => {
  server = await startTestServer();
  host = await registerHost(server, { allowedOrigins: [ORIGIN, 'https://other.example.com'] });
});
afterAll(() => server.close());
beforeEach(() => {
  server.clock.now = null;
});

const newSecret = async () => (await host.open(await host.assert())).body.clientSecret;
const bearer = (token: string) => new TestClient(server.url, { Authorization: `Bearer ${token}` });
const tokenOf = (visit: TestClient) => visit.credential.Authorization?.slice('Bearer '.length) ?? '';

describe('a token for elements without figures', () => {
  it.each([
    ['of a host that may show no others', { components: ['salespulse-kanban', 'salespulse-tasks'] }, {}],
    ['of such a host that names none', { components: ['salespulse-kanban'] }, { components: [] }],
    ['of a visit that asks for no others', {}, { components: ['salespulse-record'] }],
  ])('%s opens no analytics', async (_what, client, claims) => {
    const visit = await (await registerHost(server, client)).visit(claims);
    expect((await visit.get('/leads')).status).toBe(200);
    for (const path of [
      '/analytics/kpis?from=2026-01-01&to=2026-01-31',
      '/analytics/filters',
      '/dashboards',
      '/targets',
    ]) {
      expect([path, (await visit.get(path)).status]).toEqual([path, 403]);
    }
    const file = { of: { kind: 'kpis', selection: {} }, format: 'csv' };
    expect((await visit.post('/analytics/exports', file)).status).toBe(403);
  });

  it('is none where one of them shows figures', async () => {
    const visit = await (await registerHost(server, { components: ['salespulse-kanban', 'salespulse-kpis'] })).visit();
    expect((await visit.get('/analytics/kpis?from=2026-01-01&to=2026-01-31')).status).toBe(200);
  });
});

describe('a client secret', () => {
  it('becomes an access token that says where it belongs and nothing about rights', async () => {
    const answer = await host.trade(await newSecret());
    expect([answer.status, answer.body.expiresIn]).toEqual([200, 600]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(decodeProtectedHeader(answer.body.accessToken)).toMatchObject({ alg: 'EdDSA', kid: expect.any(String) });
    const claims = decodeJwt(answer.body.accessToken);
    expect(Object.keys(claims).sort()).toEqual(['aud', 'cid', 'cmp', 'exp', 'iat', 'iss', 'org', 'sid']);
    expect(claims).toMatchObject({ iss: server.config.publicUrl, aud: 'embed-api', org: ORIGIN, cid: host.client.id });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(600);
  });

  it('works once, also when it is sent twice at once', async () => {
    const secret = await newSecret();
    const answers = await Promise.all([host.trade(secret), host.trade(secret)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401]);
    expect(outcome(await host.trade(secret))).toEqual([401, 'invalid_client_secret']);
  });

  it('works only for the page it was made for, and is spent by the attempt', async () => {
    for (const origin of ['https://other.example.com', 'null', ORIGIN.replace('https', 'http')]) {
      const secret = await newSecret();
      expect(outcome(await host.trade(secret, origin))).toEqual([403, 'origin_not_allowed']);
      expect(outcome(await host.trade(secret))).toEqual([401, 'invalid_client_secret']);
    }
    const answer = await server.anonymous.post<Problem>('/embed/token', { clientSecret: await newSecret() });
    expect(outcome(answer)).toEqual([403, 'origin_not_allowed']);
  });

  it('is too old after a minute', async () => {
    const secret = await newSecret();
    server.clock.now = new Date(Date.now() + 61_000);
    expect(outcome(await host.trade(secret))).toEqual([401, 'invalid_client_secret']);
  });

  it('that is none is refused', async () => {
    expect(outcome(await host.trade('x'.repeat(43)))).toEqual([401, 'invalid_client_secret']);
    expect((await server.anonymous.post<Problem>('/embed/token', { clientSecret: 1, more: 2 })).status).toBe(422);
  });

  it('of another purpose is no client secret', async () => {
    await server.database.sql.rows(sql`
      insert into one_time_token (purpose, token_hash, payload, expires_at)
      values ('setup', sha256('a-set-up-link-of-some-length'), '{}'::jsonb, now() + interval '1 hour')`);
    expect(outcome(await host.trade('a-set-up-link-of-some-length'))).toEqual([401, 'invalid_client_secret']);
  });

  it('is kept only as a hash', async () => {
    const secret = await newSecret();
    const rows = await server.database.sql.rows<{ text: string }>(sql`
      select to_json(t)::text as text from one_time_token t`);
    for (const { text } of rows) expect(text).not.toContain(secret);
  });
});

describe('an access token', () => {
  it('stands for the person, with rights read live', async () => {
    const visit = await host.visit({ sub: 'live', email: 'rep@example.com' });
    expect((await visit.get<Me>('/me')).body.role.key).toBe('rep');
    await server.database.sql.rows(sql`
      update app_user set role_id = (select id from role where key = 'viewer') where email = 'rep@example.com'`);
    server.clock.now = new Date(Date.now() + 3500);
    expect((await visit.get<Me>('/me')).body.role.key).toBe('viewer');
    await server.database.sql.rows(sql`
      update app_user set role_id = (select id from role where key = 'rep') where email = 'rep@example.com'`);
  });

  it('ends after ten minutes', async () => {
    const visit = await host.visit();
    server.clock.now = new Date(Date.now() + 601_000);
    expect(outcome(await visit.get<Problem>('/me'))).toEqual([401, 'session_ended']);
  });

  it('counts only on pages of its origin', async () => {
    const visit = await host.visit();
    const from = (origin: string) => visit.get<Problem>('/me', { headers: { Origin: origin } });
    expect((await from(ORIGIN)).status).toBe(200);
    expect(outcome(await from('https://other.example.com'))).toEqual([403, 'origin_not_allowed']);
    expect(outcome(await from('null'))).toEqual([403, 'origin_not_allowed']);
  });

  it('counts alone: a cookie sent along adds nothing', async () => {
    const admin = await server.as('admin');
    const visit = await host.visit();
    const both = new TestClient(server.url, { ...admin.credential, ...visit.credential });
    expect((await both.get<Me>('/me')).body.name).toBe('Rolf Rep');
    const broken = new TestClient(server.url, { ...admin.credential, Authorization: 'Bearer broken' });
    expect((await broken.get('/me')).status).toBe(401);
  });

  it('needs no header against forged requests, as no browser sends it by itself', async () => {
    const visit = await host.visit();
    const response = await fetch(`${server.url}/api/v1/auth/logout`, { method: 'POST', headers: visit.credential });
    expect(response.status).toBe(204);
  });

  it('never reaches administration, even for an administrator', async () => {
    const visit = await host.visit({ sub: 'boss', email: 'admin@example.com' });
    expect((await visit.get('/users')).status).toBe(200);
    for (const [method, path] of [
      ['GET', '/roles'],
      ['GET', '/embed/clients'],
      ['POST', '/embed/clients'],
      ['POST', '/users'],
      ['PATCH', `/users/${server.company.users.rep}`],
      ['GET', '/automation-rules'],
      ['POST', '/automation-rules'],
      ['GET', '/automation-webhook-secret'],
      ['POST', '/pipelines'],
      ['POST', '/fields'],
    ] as const) {
      const answer = await visit.call<Problem>(method, path, method === 'GET' ? {} : { body: {} });
      expect([path, ...outcome(answer)]).toEqual([path, 403, 'forbidden']);
    }
    const me = await visit.get<Me>('/me');
    expect(me.body.permissions).not.toHaveProperty('audit.read');
    expect(me.body.permissions).not.toHaveProperty('import.run');
    const administration = Object.keys(me.body.permissions).filter((name) => /manage|audit|role|import/.test(name));
    expect(administration).toEqual([]);
    expect(me.body.permissions).toHaveProperty('lead.read');
  });

  it('that we did not sign is refused', async () => {
    const token = tokenOf(await host.visit());
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = { ...decodeJwt(token) };
    const key = new TextEncoder().encode('x'.repeat(43));
    const hs256 = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: decodeProtectedHeader(token).kid ?? '' })
      .sign(key);
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    const raised = Buffer.from(JSON.stringify({ ...claims, sid: crypto.randomUUID() })).toString('base64url');
    const assertion = await host.assert();
    for (const forged of [hs256, none, `${header}.${raised}.${signature}`, `${header}.${payload}.`, assertion, 'abc']) {
      expect(outcome(await bearer(forged).get<Problem>('/me'))).toEqual([401, 'unauthenticated']);
    }
    expect((await bearer(token).get('/me')).status).toBe(200);
  });
});

describe('access ends within three seconds', () => {
  /** What a visitor gets before `change`, and three seconds after it. */
  async function around(visit: TestClient, change: () => Promise<unknown>): Promise<[number, string][]> {
    const start = Date.now();
    server.clock.now = new Date(start);
    const before = await visit.get<Problem>('/me');
    await change();
    server.clock.now = new Date(start + 3000);
    return [outcome(before), outcome(await visit.get<Problem>('/me'))];
  }
  const ended = [
    [200, undefined],
    [401, 'session_ended'],
  ];

  it('when the session was revoked', async () => {
    const visit = await host.visit();
    const { sid } = decodeJwt(tokenOf(visit)) as { sid: string };
    const revoke = () =>
      server.database.sql.rows(sql`update embed_session set revoked_at = now() where id = ${sid}::uuid`);
    expect(await around(visit, revoke)).toEqual(ended);
  });

  it('when the visitor signed out, other visits going on', async () => {
    const [visit, other] = [await host.visit(), await host.visit()];
    expect(await around(visit, () => visit.post('/auth/logout'))).toEqual(ended);
    expect((await other.get('/me')).status).toBe(200);
  });

  it('when the person was deactivated, by whatever process', async () => {
    const visit = await host.visit({ sub: 'gone', email: 'viewer@example.com' });
    const deactivate = () =>
      server.database.sql.rows(sql`update app_user set status = 'deactivated' where email = 'viewer@example.com'`);
    expect(await around(visit, deactivate)).toEqual(ended);
  });

  it('for good when an administrator deactivated the person', async () => {
    const admin = await server.as('admin');
    const visit = await host.visit({ sub: 'leaver', email: 'stranger@example.com' });
    const path = `/users/${server.company.users.stranger}`;
    expect(await around(visit, () => admin.patch(path, { status: 'deactivated' }))).toEqual(ended);
    server.clock.now = null;
    await admin.patch(path, { status: 'active' });
    server.clock.now = new Date(Date.now() + 4000);
    expect((await visit.get('/me')).status).toBe(401);
  });

  it('when the host was switched off, or lost the origin', async () => {
    const admin = await server.as('admin');
    const first = await registerHost(server);
    const visit = await first.visit();
    const path = `/embed/clients/${first.client.id}`;
    expect(await around(visit, () => admin.patch(path, { allowedOrigins: ['https://new.example.com'] }))).toEqual(
      ended,
    );
    server.clock.now = null;
    const second = await registerHost(server);
    const another = await second.visit();
    const secret = (await second.open(await second.assert())).body.clientSecret;
    const off = () => admin.patch(`/embed/clients/${second.client.id}`, { isActive: false });
    expect(await around(another, off)).toEqual(ended);
    server.clock.now = null;
    expect(outcome(await second.trade(secret))).toEqual([401, 'session_ended']);
    expect(outcome(await second.open(await second.assert()))).toEqual([401, 'invalid_assertion']);
  });
});
