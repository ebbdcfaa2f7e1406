import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me } from '../../backend/contracts/auth.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type Host, outcome, registerHost } from './host.ts';

let server: TestServer;
let host: Host;
beforeAll(async () => {
  server = await startTestServer();
  host = await registerHost(server);
});
afterAll(() => server.close());

const now = () => Math.floor(Date.now() / 1000);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an assertion', () => {
  it('becomes a client secret that is not to be cached', async () => {
    const answer = await host.open(await host.assert());
    expect(answer.status).toBe(201);
    expect(answer.body.clientSecret).toMatch(/^[\w-]{43}$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(Date.parse(answer.body.expiresAt) - Date.now()).toBeLessThanOrEqual(60_000);
  });

  it('works once', async () => {
    const assertion = await host.assert();
    expect((await host.open(assertion)).status).toBe(201);
    expect(outcome(await host.open(assertion))).toEqual([401, 'invalid_assertion']);
  });

  it('works once even when it is sent many times at once', async () => {
    const assertion = await host.assert({ jti: undefined, nonce: 'a-nonce-instead' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => host.open(assertion)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 401, 401, 401]);
  });

  it.each([
    ['for another audience', { aud: 'https://other.example.com' }, /audience must be http/],
    ['without an audience', { aud: undefined }, /audience/],
    ['that has expired', { iat: now() - 100, exp: now() - 10 }, /expired/],
    ['without an end', { exp: undefined }, /exp/],
    ['without a beginning', { iat: undefined }, /iat/],
    ['that lives too long', { exp: now() + 3600 }, /longer than 120 seconds/],
    ['from the future', { iat: now() + 60, exp: now() + 120 }, /iat/],
    ['that is too old, whatever its end', { iat: now() - 600, exp: now() + 60 }, /expired/],
    ['about nobody', { sub: undefined }, /sub/],
    ['that could be used again', { jti: undefined }, /jti/],
    ['with a guessable one-time id', { jti: '1' }, /jti/],
    ['for a page of another origin', { origin: 'https://evil.example' }, /evil\.example/],
    ['without an origin', { origin: undefined }, /origin/],
    ['with text that cannot be stored', { record: 'a\u0000b' }, /record/],
    ['with half a character', { sub: 'x\ud800' }, /sub|JWT/],
  ])('%s is refused, saying why', async (_what, claims, reason) => {
    const answer = await host.open(await host.assert(claims));
    expect(outcome(answer)).toEqual([401, 'invalid_assertion']);
    expect(answer.body.detail).toMatch(reason);
  });

  it('signed by somebody else is refused', async () => {
    const assertion = await host.assert({}, { key: new TextEncoder().encode('x'.repeat(43)) });
    expect(outcome(await host.open(assertion))).toEqual([401, 'invalid_assertion']);
  });

  it('without a signature is refused', async () => {
    const [, payload] = (await host.assert()).split('.');
    for (const alg of ['none', 'None', 'HS256']) {
      const answer = await host.open(`${base64({ alg })}.${payload}.`);
      expect(outcome(answer)).toEqual([401, 'invalid_assertion']);
    }
  });

  it('under another algorithm of the same secret is refused', async () => {
    const assertion = await host.assert({}, { header: { alg: 'HS512' } });
    expect((await host.open(assertion)).body.detail).toMatch(/algorithm/);
  });

  it('that is no JWT is refused', async () => {
    for (const text of [
      'x'.repeat(30),
      'a.b.c.d.e.f.g.h.i.j.k.l',
      `${base64({ alg: 'HS256' })}.${base64([])}.abcdef`,
    ]) {
      expect(outcome(await host.open(text))).toEqual([401, 'invalid_assertion']);
    }
  });

  it('of an unknown host is refused, and a body that is none named', async () => {
    const answer = await server.anonymous.post<Problem>('/embed/sessions', {
      clientId: '01890000-0000-7000-8000-000000000000',
      assertion: await host.assert(),
    });
    expect(outcome(answer)).toEqual([401, 'invalid_assertion']);
    const invalid = await server.anonymous.post<Problem>('/embed/sessions', { clientId: 'x' });
    expect(invalid.body.errors?.map((error) => error.pointer)).toEqual(['/clientId', '/assertion']);
  });

  it('of another host’s issuer is refused where one is pinned', async () => {
    const strict = await registerHost(server, { issuer: 'https://idp.example.com' });
    expect((await strict.open(await strict.assert())).status).toBe(401);
    expect((await strict.open(await strict.assert({ iss: 'https://idp.example.com' }))).status).toBe(201);
  });

  it('may ask for some of the client’s components, not for others', async () => {
    const narrow = await registerHost(server, { components: ['salespulse-kpis', 'salespulse-kanban'] });
    expect((await narrow.open(await narrow.assert({ components: ['salespulse-kpis'] }))).status).toBe(201);
    expect((await narrow.open(await narrow.assert({ components: ['salespulse-report'] }))).status).toBe(401);
  });
});

describe('a host with keys of its own', () => {
  const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }) as string;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed = generateKeyPairSync('ed25519');

  it.each([
    ['RS256', rsa],
    ['ES256', ec],
    ['EdDSA', ed],
  ] as const)('signs by %s', async (alg, pair) => {
    const own = await registerHost(server, { key: { kind: 'public-key', pem: spki(pair.publicKey) } });
    expect(own.client.secret).toBeUndefined();
    const assertion = await own.assert({}, { header: { alg }, key: pair.privateKey });
    expect((await own.open(assertion)).status).toBe(201);
  });

  it('is not taken in by a token signed with its public key as a shared secret', async () => {
    const pem = spki(rsa.publicKey);
    const own = await registerHost(server, { key: { kind: 'public-key', pem } });
    const [, payload] = (await own.assert({}, { header: { alg: 'RS256' }, key: rsa.privateKey })).split('.');
    const signed = `${base64({ alg: 'HS256', typ: 'JWT' })}.${payload}`;
    for (const secret of [pem, pem.trim(), `${pem.trim()}\n`]) {
      const forged = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
      expect((await own.open(forged)).body.detail).toMatch(/algorithm/);
    }
  });

  it('is not believed under another algorithm of the same key', async () => {
    const own = await registerHost(server, { key: { kind: 'public-key', pem: spki(rsa.publicKey) } });
    const assertion = await own.assert({}, { header: { alg: 'PS256' }, key: rsa.privateKey });
    expect((await own.open(assertion)).body.detail).toMatch(/algorithm/);
  });

  it('may publish a key set, which is fetched once and not for each unknown key', async () => {
    let fetched = 0;
    const keys = [{ ...(await exportJWK(ec.publicKey)), kid: 'k1', alg: 'ES256' }];
    const keyServer = createServer((_req, res) => {
      fetched += 1;
      res.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys`;
    const own = await registerHost(server, { key: { kind: 'jwks', url: 'https://idp.example.com/keys' } });
    await server.database.sql.rows(sql`update embed_client set jwks_url = ${url} where id = ${own.client.id}::uuid`);
    const open = async (kid: string, key = ec.privateKey) =>
      own.open(await own.assert({}, { header: { alg: 'ES256', kid }, key }));
    expect((await open('k1')).status).toBe(201);
    expect((await open('k1')).status).toBe(201);
    expect(outcome(await open('unknown'))).toEqual([401, 'invalid_assertion']);
    expect(outcome(await open('unknown'))).toEqual([401, 'invalid_assertion']);
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(outcome(await open('k1', stranger.privateKey))).toEqual([401, 'invalid_assertion']);
    expect(fetched).toBe(1);
    await new Promise((resolve) => keyServer.close(resolve));
  });

  it('whose key set is out of reach is told to try again later', async () => {
    const own = await registerHost(server, { key: { kind: 'jwks', url: 'https://idp.example.com/keys' } });
    await server.database.sql.rows(sql`
      update embed_client set jwks_url = 'http://127.0.0.1:1/keys' where id = ${own.client.id}::uuid`);
    const assertion = await own.assert({}, { header: { alg: 'ES256', kid: 'k1' }, key: ec.privateKey });
    expect(outcome(await own.open(assertion))).toEqual([503, 'unavailable']);
  });
});

describe('the visitor', () => {
  const roleId = async (key: string) =>
    (await server.database.sql.first<{ id: string }>(sql`select id::text as id from role where key = ${key}`))?.id;

  it('is the person with the verified e-mail address, and stays that person when the address changes', async () => {
    const me = await (await host.visit({ sub: 'u-1', email: 'Manager@Example.com' })).get<Me>('/me');
    expect(me.body.name).toBe('Mona Manager');
    const later = await (await host.visit({ sub: 'u-1', email: 'rep@example.com' })).get<Me>('/me');
    expect(later.body.name).toBe('Mona Manager');
  });

  it.each([
    ['not verified', { email_verified: false }],
    ['not said to be verified', { email_verified: undefined }],
  ])('is nobody when the address is %s', async (_what, claims) => {
    const answer = await host.open(await host.assert({ sub: 'u-2', ...claims }));
    expect(outcome(answer)).toEqual([403, 'forbidden']);
  });

  it('is nobody where the administrator did not allow matching by address', async () => {
    const careful = await registerHost(server, { matchVerifiedEmail: false, defaultRoleId: await roleId('viewer') });
    const answer = await careful.open(await careful.assert());
    expect(outcome(answer)).toEqual([403, 'forbidden']);
  });

  it('becomes a new person with the default role, once', async () => {
    const open = await registerHost(server, { matchVerifiedEmail: false, defaultRoleId: await roleId('viewer') });
    const claims = { sub: 'newcomer', email: 'newcomer@example.com', name: 'Nora Newcomer' };
    const visits = await Promise.all([1, 2, 3].map(() => open.visit(claims)));
    const people = await Promise.all(visits.map(async (visit) => (await visit.get<Me>('/me')).body));
    expect(new Set(people.map((person) => person.id)).size).toBe(1);
    expect(people[0]).toMatchObject({ name: 'Nora Newcomer', role: { key: 'viewer' }, email: 'newcomer@example.com' });
  });

  it('of one host is not the visitor of another with the same id', async () => {
    const one = await registerHost(server, { defaultRoleId: await roleId('viewer') });
    const two = await registerHost(server, { defaultRoleId: await roleId('viewer') });
    const claims = { sub: 'same-id', email: undefined };
    const [first, second] = await Promise.all(
      [one, two].map(async (each) => (await (await each.visit(claims)).get<Me>('/me')).body.id),
    );
    expect(first).not.toBe(second);
  });

  it('who was deactivated is refused', async () => {
    await host.visit({ sub: 'u-3', email: 'colleague@example.com' });
    await server.database.sql.rows(
      sql`update app_user set status = 'deactivated' where email = 'colleague@example.com'`,
    );
    const answer = await host.open(await host.assert({ sub: 'u-3', email: 'colleague@example.com' }));
    expect(outcome(answer)).toEqual([403, 'forbidden']);
    const byAddress = await host.open(await host.assert({ sub: 'u-4', email: 'colleague@example.com' }));
    expect(outcome(byAddress)).toEqual([403, 'forbidden']);
  });
});
