import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IdentityProvider } from '../../../backend/contracts/administration.ts';
import { sql } from '../../../backend/db/index.ts';
import { Visitor } from '../../support/browser-visit.ts';
import { type OidcServer, reserveOidc } from '../../support/oidc.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import {
  addProvider,
  audited,
  changeProvider,
  forgetTries,
  landing,
  signInBy,
  startAddress,
  upToCallback,
  whoIs,
} from './sso.ts';

const SECRET = 'the secret between the provider and us';

let server: TestServer;
let oidc: OidcServer;
let provider: IdentityProvider;

beforeAll(async () => {
  server = await startTestServer();
  oidc = await reserveOidc();
  provider = await addProvider(server, {
    name: 'Company',
    issuer: oidc.issuer,
    clientSecret: SECRET,
    emailDomains: ['example.com'],
  });
  await oidc.open([
    {
      client_id: 'salespulse',
      client_secret: SECRET,
      redirect_uris: [provider.redirectUri],
      // Not what we try first: a refused client is tried the other way.
      token_endpoint_auth_method: 'client_secret_post',
    },
  ]);
  oidc.accounts.set('rep', { email: 'Rep@Example.com', email_verified: true, name: 'Rolf' });
});
afterAll(async () => {
  await oidc.close();
  await server.close();
});

beforeEach(() => forgetTries(server));

describe('signing in with a provider', () => {
  it('links the person with the same verified e-mail address and opens a session', async () => {
    oidc.visitor = 'rep';
    const browser = new Visitor();
    expect(await signInBy(server, provider, browser, '/leads?view=mine#top')).toBe('/leads?view=mine#top');
    const me = await whoIs(server, browser);
    expect([me?.id, me?.email, me?.role.key]).toEqual([server.company.users.rep, 'rep@example.com', 'rep']);
    const [linked] = await audited(server, 'user.sso-linked');
    expect(linked?.entityId).toBe(me?.id);
    const session = await server.database.sql.first<{ method: string }>(sql`
      select method from session where user_id = ${me?.id}::uuid order by created_at desc limit 1`);
    expect(session?.method).toBe('sso');
  });

  it('knows the person again by the provider’s subject, whatever the address says by then', async () => {
    oidc.visitor = 'rep';
    oidc.accounts.set('rep', { email: 'somebody.else@example.org', email_verified: false, name: 'Rolf' });
    const browser = new Visitor();
    expect(await signInBy(server, provider, browser)).toBe('/');
    expect((await whoIs(server, browser))?.id).toBe(server.company.users.rep);
  });

  it('asks the provider for the code flow with PKCE, state and nonce', async () => {
    const browser = new Visitor();
    const { status, headers } = await browser.get(startAddress(server, provider));
    expect(status).toBe(302);
    const query = new URL(headers.get('location') ?? '').searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      client_id: 'salespulse',
      redirect_uri: provider.redirectUri,
      scope: 'openid email profile',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)).toMatch(/^[\w-]{43}$/);
    expect(headers.getSetCookie()[0]).toMatch(
      /^salespulse_sso=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is refused by the provider when the verifier is not the one of the challenge', async () => {
    oidc.visitor = 'rep';
    const [mine, other] = [new Visitor(), new Visitor()];
    const victim = await upToCallback(server, provider, mine);
    const attacker = await upToCallback(server, provider, other);
    attacker.searchParams.set('code', victim.searchParams.get('code') ?? '');
    expect(await landing(other, attacker)).toBe('/sign-in?problem=answer-not-valid');
    expect(await whoIs(server, other)).toBeNull();
  });
});

describe('the way back', () => {
  it('works once', async () => {
    oidc.visitor = 'rep';
    const browser = new Visitor();
    const callback = await upToCallback(server, provider, browser);
    expect(await landing(browser, callback)).toBe('/');
    expect(await landing(browser, callback)).toBe('/sign-in?problem=expired');
  });

  it('works only in the browser that began, and is spent by any other', async () => {
    oidc.visitor = 'rep';
    const [mine, thief] = [new Visitor(), new Visitor()];
    const callback = await upToCallback(server, provider, mine);
    expect(await landing(thief, callback)).toBe('/sign-in?problem=expired');
    expect(await whoIs(server, thief)).toBeNull();
    expect(await landing(mine, callback)).toBe('/sign-in?problem=expired');
  });

  it('is refused with another state, without one, and after ten minutes', async () => {
    oidc.visitor = 'rep';
    const browser = new Visitor();
    const callback = await upToCallback(server, provider, browser);
    const without = new URL(callback);
    without.searchParams.delete('state');
    expect(await landing(browser, without)).toBe('/sign-in?problem=expired');
    const other = new URL(callback);
    other.searchParams.set('state', 'A'.repeat(43));
    expect(await landing(browser, other)).toBe('/sign-in?problem=expired');
    server.clock.now = new Date(Date.now() + 10 * 60_000 + 1000);
    expect(await landing(browser, callback)).toBe('/sign-in?problem=expired');
    server.clock.now = null;
    expect(await whoIs(server, browser)).toBeNull();
  });

  it('is refused at another provider’s address', async () => {
    const other = await addProvider(server, { issuer: oidc.issuer });
    const browser = new Visitor();
    const callback = await upToCallback(server, provider, browser);
    callback.pathname = callback.pathname.replace(provider.id, other.id);
    expect(await landing(browser, callback)).toBe('/sign-in?problem=expired');
  });

  it('tells a refusal from a fault', async () => {
    oidc.visitor = null;
    const browser = new Visitor();
    expect(await signInBy(server, provider, browser)).toBe('/sign-in?problem=denied');
    const [failed] = await audited(server, 'user.sso-sign-in-failed');
    expect(failed?.after).toMatchObject({ provider: 'Company', problem: 'denied' });
  });

  it('never repeats what the provider or a visitor puts into the address', async () => {
    const browser = new Visitor();
    const callback = await upToCallback(server, provider, browser);
    callback.search = `state=${callback.searchParams.get('state')}&error=<script>&error_description=call+0900&iss=${oidc.issuer}`;
    expect(await landing(browser, callback)).toBe('/sign-in?problem=provider-misconfigured');
  });
});

describe('where the person lands', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/%2e//evil.example',
    '/a/../..//evil.example',
    '/api/v1/me',
    '/API/v1/me',
    '/a/../api/v1/me',
    '',
    ' /leads',
  ])('is the first page instead of %j', async (returnTo) => {
    oidc.visitor = 'rep';
    expect(await signInBy(server, provider, new Visitor(), returnTo)).toBe('/');
  });
});

describe('a provider that is not there', () => {
  it('leads back to the sign-in page with a clear code', async () => {
    const gone = await reserveOidc();
    const away = await addProvider(server, { issuer: gone.issuer });
    expect(await signInBy(server, away)).toBe('/sign-in?problem=provider-unavailable');
    const strange = await addProvider(server, { issuer: server.url });
    expect(await signInBy(server, strange)).toBe('/sign-in?problem=provider-misconfigured');
    expect(await signInBy(server, { id: '01890000-0000-7000-8000-000000000000' })).toBe(
      '/sign-in?problem=provider-off',
    );
  });

  it('is no way in while it is switched off, and nobody stays signed in by it', async () => {
    oidc.visitor = 'rep';
    const browser = new Visitor();
    await signInBy(server, provider, browser);
    await changeProvider(server, provider.id, { isActive: false });
    expect(await whoIs(server, browser)).toBeNull();
    expect(await signInBy(server, provider, browser)).toBe('/sign-in?problem=provider-off');
    await changeProvider(server, provider.id, { isActive: true });
    expect(await signInBy(server, provider, browser)).toBe('/');
  });

  it('knows us by another secret: that is said', async () => {
    await changeProvider(server, provider.id, { clientSecret: 'not the right one at all' });
    oidc.visitor = 'rep';
    expect(await signInBy(server, provider)).toBe('/sign-in?problem=provider-misconfigured');
    await changeProvider(server, provider.id, { clientSecret: SECRET });
    expect(await signInBy(server, provider)).toBe('/');
  });
});

it('slows down who begins again and again', async () => {
  const browser = new Visitor();
  let last: string | null = '';
  for (let attempt = 0; attempt < 12; attempt += 1)
    last = (await browser.get(startAddress(server, provider))).headers.get('location');
  expect(last).toBe('/sign-in?problem=too-many-tries');
  const other = await new Visitor().get(startAddress(server, provider));
  expect(other.headers.get('location')).toContain(oidc.issuer);
});

describe('what is kept', () => {
  it('holds no secret, verifier, nonce or state that could be read', async () => {
    const browser = new Visitor();
    const { headers } = await browser.get(startAddress(server, provider));
    const query = new URL(headers.get('location') ?? '').searchParams;
    const kept = JSON.stringify([
      await server.database.sql.rows(sql`
        select to_jsonb(t) || jsonb_build_object('hash', encode(token_hash, 'escape')) as row from one_time_token t`),
      await server.database.sql.rows(
        sql`select to_jsonb(p) as row, encode(secret_sealed, 'escape') as sealed from identity_provider p`,
      ),
      await server.database.sql.rows(sql`select to_jsonb(a) as row from audit_entry a`),
    ]);
    expect(kept).toContain('"purpose":"sso"');
    for (const secret of [SECRET, query.get('nonce'), query.get('state'), provider.redirectUri]) {
      expect(kept).not.toContain(secret);
    }
    expect(JSON.stringify(await (await server.as('admin')).get(`/identity-providers/${provider.id}`))).not.toContain(
      SECRET,
    );
  });
});
