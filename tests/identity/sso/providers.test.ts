import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdentityProvider, IdentityProviderTest } from '../../../backend/contracts/administration.ts';
import type { Problem } from '../../../backend/contracts/common.ts';
import { sql } from '../../../backend/db/index.ts';
import { signIn, type TestClient } from '../../support/client.ts';
import { type ForgedOidc, startForgedOidc } from '../../support/forged-oidc.ts';
import { PASSWORD } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addProvider, audited, roleIds } from './sso.ts';

const ISSUER = 'https://login.example.com';
const NOBODY = '01890000-0000-7000-8000-000000000000';

let server: TestServer;
let admin: TestClient;
let roles: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
  roles = await roleIds(server);
});
afterAll(() => server.close());

const outcome = (answer: { status: number; body: Problem }) => [answer.status, answer.body.code];
const pointer = (answer: { body: Problem }) => answer.body.errors?.[0]?.pointer;

/** Somebody whose own role holds these rights. */
async function someoneWith(permissions: Record<string, string>): Promise<TestClient> {
  const email = `with${Object.keys(permissions).length}@example.com`;
  await server.database.sql.rows(sql`
    with r as (insert into role (key, name, permissions)
               values (${email}, ${email}, ${JSON.stringify(permissions)}::jsonb) returning id)
    insert into app_user (email, name, role_id, password_hash)
    select ${email}, 'Sam', r.id, u.password_hash from r, app_user u where u.email = 'admin@example.com'`);
  return signIn(server.url, email, PASSWORD);
}

describe('every route', () => {
  const body = { name: 'X', issuer: ISSUER, clientId: 'x' };
  const routes: [method: string, path: string, sent?: object][] = [
    ['GET', '/identity-providers'],
    ['POST', '/identity-providers', body],
    ['GET', `/identity-providers/${NOBODY}`],
    ['PATCH', `/identity-providers/${NOBODY}`, { name: 'Y' }],
    ['DELETE', `/identity-providers/${NOBODY}`],
    ['POST', `/identity-providers/${NOBODY}/test`],
  ];

  it.each(routes)('%s %s is for who manages settings', async (method, path, sent) => {
    const options = sent === undefined ? {} : { body: sent };
    expect(outcome(await server.anonymous.call(method, path, options))).toEqual([401, 'unauthenticated']);
    expect(outcome(await (await server.as('manager')).call(method, path, options))).toEqual([403, 'forbidden']);
    if (path.includes(NOBODY)) expect(outcome(await admin.call(method, path, options))).toEqual([404, 'not_found']);
  });
});

describe('a provider', () => {
  it('is added with its secret sealed, and tells the address to register', async () => {
    const added = await admin.post<IdentityProvider & { clientSecret?: string }>('/identity-providers', {
      name: 'Okta',
      issuer: ISSUER,
      clientId: 'abc',
      clientSecret: 'never shown again',
    });
    expect(added.status).toBe(201);
    expect(added.etag).toBe('"1"');
    expect(added.body).toEqual({
      id: added.body.id,
      name: 'Okta',
      issuer: ISSUER,
      clientId: 'abc',
      scopes: ['openid', 'email', 'profile'],
      roleClaim: null,
      roleMapping: [],
      defaultRoleId: null,
      createsPeople: false,
      emailDomains: [],
      isActive: true,
      hasSecret: true,
      redirectUri: `${server.config.publicUrl}/api/v1/auth/sso/${added.body.id}/callback`,
      people: 0,
      version: 1,
    });
    const list = await admin.get<{ items: IdentityProvider[] }>('/identity-providers');
    expect(list.body.items).toContainEqual(added.body);
    const options = await server.anonymous.get<{ providers: unknown[] }>('/auth/options');
    expect(options.body.providers).toContainEqual({ id: added.body.id, name: 'Okta' });
    const [row] = await audited(server, 'identity-provider.created');
    expect(JSON.stringify(row)).not.toContain('never shown');
  });

  it('keeps its secret unless another one is given, and loses it to null', async () => {
    const { id } = await addProvider(server, { issuer: ISSUER, clientSecret: 'first' });
    const change = (body: object) => admin.patch<IdentityProvider>(`/identity-providers/${id}`, body);
    const sealed = () =>
      server.database.sql.first(
        sql`select encode(secret_sealed, 'hex') as sealed from identity_provider where id = ${id}::uuid`,
      );
    const before = await sealed();
    expect((await change({ clientId: 'other' })).body).toMatchObject({
      hasSecret: true,
      clientId: 'other',
      version: 2,
    });
    expect(await sealed()).toEqual(before);
    await change({ clientSecret: 'second' });
    expect(await sealed()).not.toEqual(before);
    expect((await change({ clientSecret: null })).body.hasSecret).toBe(false);
  });

  it('is changed only from the version that was read', async () => {
    const { id } = await addProvider(server, { issuer: ISSUER });
    const path = `/identity-providers/${id}`;
    expect(outcome(await admin.patch(path, { clientId: 'a' }, { 'If-Match': '"7"' }))).toEqual([412, 'stale']);
    expect((await admin.patch(path, { clientId: 'a' }, { 'If-Match': '"1"' })).status).toBe(200);
    expect(outcome(await admin.delete(path, { 'If-Match': '"1"' }))).toEqual([412, 'stale']);
    expect((await admin.delete(path, { 'If-Match': '"2"' })).status).toBe(204);
    expect((await audited(server, 'identity-provider.deleted'))[0]?.entityId).toBe(id);
  });

  it('has a name of its own', async () => {
    const { name } = await addProvider(server, { issuer: ISSUER });
    const again = await admin.post<Problem>('/identity-providers', { name, issuer: ISSUER, clientId: 'x' });
    expect([...outcome(again), pointer(again)]).toEqual([409, 'conflict', '/name']);
  });
});

describe('settings that cannot work or let strangers in', () => {
  it.each([
    ['/issuer', { issuer: 'http://login.example.com' }],
    ['/issuer', { issuer: 'https://169.254.169.254' }],
    ['/issuer', { issuer: 'https://user:password@login.example.com' }],
    ['/issuer', { issuer: 'https://login.example.com/?x=1' }],
    ['/issuer', { issuer: 'https://login.example.com/#x' }],
    ['/issuer', { issuer: 'https://login.example.com/.well-known/openid-configuration' }],
    ['/issuer', { issuer: 'ftp://login.example.com' }],
    ['/issuer', { issuer: 'https://login.microsoftonline.com/common/v2.0' }],
    ['/issuer', { issuer: 'https://login.microsoftonline.com/organizations/v2.0' }],
    ['/scopes', { scopes: ['email'] }],
    ['/scopes', { scopes: ['openid', 'a b'] }],
    ['/emailDomains', { issuer: 'https://accounts.google.com', createsPeople: true }],
    ['/emailDomains/0', { emailDomains: ['com'] }],
    ['/roleClaim', { roleMapping: [{ value: 'x', roleId: NOBODY }] }],
    ['/roleMapping/0/roleId', { roleClaim: 'groups', roleMapping: [{ value: 'x', roleId: NOBODY }] }],
    ['/defaultRoleId', { defaultRoleId: NOBODY }],
    ['/people', { people: 7 }],
  ])('are refused: %s', async (where, more) => {
    const answer = await admin.post<Problem>('/identity-providers', {
      name: 'Wrong',
      issuer: ISSUER,
      clientId: 'x',
      ...more,
    });
    expect([...outcome(answer), pointer(answer)]).toEqual([422, 'invalid', where]);
  });

  it('are refused in changes too', async () => {
    const { id } = await addProvider(server, {
      issuer: 'https://accounts.google.com',
      emailDomains: ['example.com'],
      createsPeople: true,
    });
    const answer = await admin.patch<Problem>(`/identity-providers/${id}`, { emailDomains: [] });
    expect([...outcome(answer), pointer(answer)]).toEqual([422, 'invalid', '/emailDomains']);
  });
});

describe('who may decide', () => {
  it('is only who holds all that an administrator holds: a provider can sign anybody in', async () => {
    const clerk = await someoneWith({ 'settings.manage': 'all', 'user.manage': 'all' });
    const body = { name: 'Mine', issuer: ISSUER, clientId: 'x' };
    expect(outcome(await clerk.post('/identity-providers', body))).toEqual([403, 'forbidden']);
    const { id } = await addProvider(server, { issuer: ISSUER });
    expect(outcome(await clerk.patch(`/identity-providers/${id}`, { issuer: 'https://evil.example' }))).toEqual([
      403,
      'forbidden',
    ]);
    expect(outcome(await clerk.delete(`/identity-providers/${id}`))).toEqual([403, 'forbidden']);
    expect((await clerk.get(`/identity-providers/${id}`)).status).toBe(200);
  });

  it('may map to the administrator’s role when holding it', async () => {
    const mapping = { roleClaim: 'groups', roleMapping: [{ value: 'board', roleId: roles.admin }] };
    expect((await addProvider(server, { issuer: ISSUER, ...mapping })).roleMapping).toHaveLength(1);
  });
});

describe('people who depend on a provider', () => {
  /** Somebody without a password, linked to it. */
  async function dependent(providerId: string, role: string): Promise<string> {
    const row = await server.database.sql.first<{ id: string }>(sql`
      with u as (insert into app_user (name, role_id) select 'Dora', id from role where key = ${role} returning id)
      insert into sso_identity (provider_id, subject, user_id) select ${providerId}::uuid, u.id::text, u.id from u
      returning user_id::text as id`);
    return row?.id ?? '';
  }

  it('keep it from being deleted, and from changing its address', async () => {
    const { id } = await addProvider(server, { issuer: ISSUER });
    const people = [await dependent(id, 'rep'), await dependent(id, 'rep')];
    const path = `/identity-providers/${id}`;
    const answer = await admin.delete<Problem>(path);
    expect(outcome(answer)).toEqual([409, 'conflict']);
    expect(answer.body.detail).toMatch(/^2 people have no other way in\./);
    expect(outcome(await admin.patch(path, { issuer: 'https://other.example.com' }))).toEqual([409, 'conflict']);
    expect((await admin.get<IdentityProvider>(path)).body.people).toBe(2);
    await server.database.sql.rows(sql`update app_user set status = 'deactivated' where id = any(${people}::uuid[])`);
    expect((await admin.delete(path)).status).toBe(204);
  });

  it('do not, where they have another way in', async () => {
    const [one, two] = [await addProvider(server, { issuer: ISSUER }), await addProvider(server, { issuer: ISSUER })];
    const person = await dependent(one.id, 'rep');
    await server.database.sql.rows(sql`
      insert into sso_identity (provider_id, subject, user_id) values (${two.id}::uuid, 'x', ${person}::uuid)`);
    expect((await admin.delete(`/identity-providers/${one.id}`)).status).toBe(204);
    expect(outcome(await admin.delete(`/identity-providers/${two.id}`))).toEqual([409, 'conflict']);
  });

  it('keep it from being switched off when no administrator could come in any more', async () => {
    const { id } = await addProvider(server, { issuer: ISSUER });
    const boss = await dependent(id, 'admin');
    await server.database.sql.rows(
      sql`update app_user set must_reset_password = true where email = 'admin@example.com'`,
    );
    const answer = await admin.patch<Problem>(`/identity-providers/${id}`, { isActive: false });
    await server.database.sql.rows(
      sql`update app_user set must_reset_password = false where email = 'admin@example.com'`,
    );
    expect(outcome(answer)).toEqual([409, 'conflict']);
    expect((await admin.patch(`/identity-providers/${id}`, { isActive: false })).status).toBe(200);
    await server.database.sql.rows(sql`delete from app_user where id = ${boss}::uuid`);
  });
});

describe('the test of a provider', () => {
  let forged: ForgedOidc;
  let id: string;
  beforeAll(async () => {
    forged = await startForgedOidc();
    ({ id } = await addProvider(server, { issuer: forged.issuer }));
  });
  afterAll(() => forged.close());

  const test = async () => {
    const { status, body } = await admin.post<IdentityProviderTest>(`/identity-providers/${id}/test`);
    expect(status).toBe(200);
    return body;
  };

  it('says that it works', async () => {
    expect(await test()).toMatchObject({ status: 'ok', detail: expect.stringContaining('2 keys') });
    forged.forgery.metadata = { code_challenge_methods_supported: undefined };
    expect(await test()).toMatchObject({ status: 'ok', detail: expect.stringContaining('PKCE') });
  });

  it.each([
    ['the endpoint that is missing', { token_endpoint: undefined }, 'token_endpoint'],
    ['the key set that is missing', { jwks_uri: undefined }, 'jwks_uri'],
    ['the endpoint without TLS', { authorization_endpoint: 'http://login.example.com/auth' }, 'https://'],
    ['another name', { issuer: 'https://elsewhere.example' }, 'issuer'],
    ['PKCE without S256', { code_challenge_methods_supported: ['plain'] }, 'S256'],
    ['no code flow', { response_types_supported: ['id_token'] }, 'code flow'],
    ['no public keys', { id_token_signing_alg_values_supported: ['HS256', 'none'] }, 'public key'],
    ['keys at an address of ours', { jwks_uri: 'http://127.0.0.1:1/keys' }, 'cannot be reached'],
  ])('names what is wrong: %s', async (_name, metadata, word) => {
    forged.repent();
    forged.forgery.metadata = metadata;
    expect(await test()).toMatchObject({ status: 'failed', detail: expect.stringContaining(word) });
  });

  it('tells a provider that is down from an address that is none', async () => {
    forged.repent();
    forged.forgery.status = 503;
    expect((await test()).detail).toBe('The provider answered with status 503.');
    forged.forgery.status = 404;
    expect((await test()).detail).toBe('There is no provider at this address: it answered with status 404.');
    forged.forgery.status = 302;
    expect((await test()).detail).toContain('status 302');
    await forged.close();
    expect((await test()).detail).toBe('The provider cannot be reached (ECONNREFUSED).');
  });

  it('asks for the secret again after SECRET_KEY was changed', async () => {
    const sealed = await addProvider(server, { issuer: ISSUER, clientSecret: 'x' });
    await server.database.sql.rows(sql`
      update identity_provider set secret_sealed = set_byte(secret_sealed, 20, 255 - get_byte(secret_sealed, 20)) where id = ${sealed.id}::uuid`);
    const { body } = await admin.post<IdentityProviderTest>(`/identity-providers/${sealed.id}/test`);
    expect(body).toMatchObject({ status: 'failed', detail: expect.stringContaining('SECRET_KEY') });
  });
});
