import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IdentityProvider } from '../../../backend/contracts/administration.ts';
import { Visitor } from '../../support/browser-visit.ts';
import { type ForgedOidc, type Forgery, startForgedOidc } from '../../support/forged-oidc.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addProvider, changeProvider, forgetTries, signInBy, whoIs } from './sso.ts';

let server: TestServer;
let forged: ForgedOidc;
let provider: IdentityProvider;

beforeAll(async () => {
  server = await startTestServer();
  forged = await startForgedOidc();
  provider = await addProvider(server, { issuer: forged.issuer, emailDomains: ['example.com'] });
});
afterAll(async () => {
  await forged.close();
  await server.close();
});
beforeEach(async () => {
  forged.repent();
  await forgetTries(server);
  // A new version: the description is read anew.
  await changeProvider(server, provider.id, { name: `Forged ${Math.random()}` });
});

async function outcome(forgery: Partial<Forgery>): Promise<string> {
  Object.assign(forged.forgery, forgery);
  const browser = new Visitor();
  const page = await signInBy(server, provider, browser);
  expect((await whoIs(server, browser)) === null).toBe(page !== '/');
  return page;
}

const seconds = () => Math.floor(Date.now() / 1000);

it('signs in by an answer that is right', async () => {
  expect(await outcome({})).toBe('/');
});

describe('an ID token', () => {
  const wrong: Record<string, () => Partial<Forgery>> = {
    'for another audience': () => ({ claims: { aud: 'another-client' } }),
    'for several, without saying that it is for us': () => ({
      claims: { aud: ['salespulse', 'another'], azp: 'another' },
    }),
    'of another issuer': () => ({ claims: { iss: 'https://elsewhere.example' } }),
    'with another nonce': () => ({ claims: { nonce: 'A'.repeat(43) } }),
    'without a nonce': () => ({ claims: { nonce: undefined } }),
    'that has run out': () => ({ claims: { iat: seconds() - 600, exp: seconds() - 60 } }),
    'that never runs out': () => ({ claims: { exp: undefined } }),
    'issued in the future': () => ({ claims: { iat: seconds() + 300, exp: seconds() + 600 } }),
    'good only later': () => ({ claims: { nbf: seconds() + 300 } }),
    'without a subject': () => ({ claims: { sub: undefined } }),
    'with a subject that is no text': () => ({ claims: { sub: 7 } }),
    'with a subject that cannot be kept': () => ({ claims: { sub: 'a\0b' } }),
    'with a subject without end': () => ({ claims: { sub: 'x'.repeat(256) } }),
    'signed by another key': () => ({ hasStrangeKey: true }),
    'with a signature that is not its own': () => ({ hasBrokenSignature: true }),
    'of a key that the provider does not publish': () => ({ header: { alg: 'RS256', kid: 'unheard-of' } }),
    'signed with an algorithm that the provider does not name': () => ({ header: { alg: 'PS256', kid: 'other' } }),
    'not signed at all': () => ({ header: { alg: 'none' } }),
    'not signed, by a provider that says it does not sign': () => ({
      header: { alg: 'none' },
      metadata: { id_token_signing_alg_values_supported: ['none', 'RS256'] },
    }),
    'signed with the public key as if it were a secret': () => ({
      header: { alg: 'HS256' },
      metadata: { id_token_signing_alg_values_supported: ['HS256', 'RS256'] },
    }),
  };
  it.each(Object.keys(wrong))('%s opens nothing', async (name) => {
    expect(await outcome(wrong[name]?.() ?? {})).toBe('/sign-in?problem=answer-not-valid');
  });
});

describe('an answer', () => {
  it('from another issuer is refused before the code is traded', async () => {
    expect(await outcome({ callback: { iss: 'https://elsewhere.example' } })).toBe('/sign-in?problem=answer-not-valid');
    expect(forged.asked).not.toContain('/token');
  });

  it('of the userinfo endpoint about somebody else is refused', async () => {
    const claims = { email: undefined, email_verified: undefined };
    expect(
      await outcome({ claims, userinfo: { sub: 'another', email: 'rep@example.com', email_verified: true } }),
    ).toBe('/sign-in?problem=answer-not-valid');
  });

  it('that says verified in one place does not vouch for an address in another', async () => {
    const claims = { email: 'rep@example.com', email_verified: undefined, sub: 'forged-2' };
    const userinfo = { sub: 'forged-2', email: 'forged@example.org', email_verified: true };
    expect(await outcome({ claims, userinfo })).toBe('/sign-in?problem=unknown-person');
  });

  it('with a code that is not taken is told from a client that is not known', async () => {
    expect(await outcome({ tokenError: 'invalid_grant' })).toBe('/sign-in?problem=answer-not-valid');
    expect(await outcome({ tokenError: 'unauthorized_client' })).toBe('/sign-in?problem=provider-misconfigured');
  });

  it.each([
    ['server_error', 'provider-unavailable'],
    ['temporarily_unavailable', 'provider-unavailable'],
    ['login_required', 'denied'],
    ['invalid_scope', 'provider-misconfigured'],
    ['what-nobody-knows', 'provider-misconfigured'],
  ])('with the error %s leads to the code %s', async (error, problem) => {
    expect(await outcome({ callback: { error } })).toBe(`/sign-in?problem=${problem}`);
  });
});

describe('a description', () => {
  it.each([
    ['is of another issuer', { issuer: 'https://elsewhere.example' }],
    ['has no token endpoint', { token_endpoint: undefined }],
    ['has its keys at a cloud’s metadata service', { jwks_uri: 'https://169.254.169.254/latest/meta-data' }],
    ['has its token endpoint there', { token_endpoint: 'http://[::ffff:169.254.169.254]/token' }],
    ['has its token endpoint without TLS elsewhere', { token_endpoint: 'http://internal.example/token' }],
  ])('that %s opens nothing', async (_name, metadata) => {
    const page = await outcome({ metadata });
    expect(page).toBe('/sign-in?problem=provider-misconfigured');
  });

  it('that sends us elsewhere is not followed', async () => {
    expect(await outcome({ status: 302 })).toBe('/sign-in?problem=provider-misconfigured');
    expect(forged.asked).toEqual(['/.well-known/openid-configuration']);
  });

  it('of a provider with a fault of its own says so', async () => {
    expect(await outcome({ status: 503 })).toBe('/sign-in?problem=provider-unavailable');
  });
});
