import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IdentityProvider } from '../../../backend/contracts/administration.ts';
import { sql } from '../../../backend/db/index.ts';
import { Visitor } from '../../support/browser-visit.ts';
import { type OidcServer, reserveOidc } from '../../support/oidc.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addProvider, audited, changeProvider, forgetTries, roleIds, signInBy, whoIs } from './sso.ts';

let server: TestServer;
let oidc: OidcServer;
let provider: IdentityProvider;
let roles: Record<string, string>;
let serial = 0;

beforeAll(async () => {
  server = await startTestServer();
  oidc = await reserveOidc();
  roles = await roleIds(server);
  // A public client: PKCE alone holds the exchange together.
  provider = await addProvider(server, { name: 'Directory', issuer: oidc.issuer });
  await oidc.open(
    [{ client_id: 'salespulse', redirect_uris: [provider.redirectUri], token_endpoint_auth_method: 'none' }],
    { conformIdTokenClaims: false },
  );
});
afterAll(async () => {
  await oidc.close();
  await server.close();
});
beforeEach(async () => {
  await forgetTries(server);
  await changeProvider(server, provider.id, {
    emailDomains: ['example.com'],
    createsPeople: false,
    roleClaim: null,
    roleMapping: [],
    defaultRoleId: null,
  });
});

/** Somebody new in the directory, in front of the screen. */
function directoryPerson(claims: Record<string, unknown> = {}): string {
  serial += 1;
  const sub = `subject-${serial}`;
  oidc.accounts.set(sub, {
    email: `new${serial}@example.com`,
    email_verified: true,
    name: `Nora ${serial}`,
    ...claims,
  });
  oidc.visitor = sub;
  return sub;
}

/** A person of ours without a link. */
async function ownPerson(role: string, more: { status?: string; verified?: boolean } = {}) {
  serial += 1;
  const email = `own${serial}@example.com`;
  const row = await server.database.sql.first<{ id: string }>(sql`
    insert into app_user (email, name, role_id, status, email_verified_at)
    select ${email}, ${`Olga ${serial}`}, id, ${more.status ?? 'active'}, case when ${more.verified ?? true}::boolean then now() end
    from role where key = ${role} returning id::text as id`);
  return { id: row?.id ?? '', email };
}

const go = (browser = new Visitor()) => signInBy(server, provider, browser);
const personOf = (id: string) =>
  server.database.sql.first<{
    status: string;
    role: string;
    email: string | null;
    verified: boolean;
    hash: string | null;
  }>(sql`
    select u.status, r.key as role, u.email, u.email_verified_at is not null as verified, u.password_hash as hash
    from app_user u join role r on r.id = u.role_id where u.id = ${id}::uuid`);
const lastFailure = async () => (await audited(server, 'user.sso-sign-in-failed'))[0]?.after;

describe('whom the provider vouches for', () => {
  it('is nobody here without a verified e-mail address', async () => {
    const own = await ownPerson('rep');
    directoryPerson({ email: own.email, email_verified: false });
    expect(await go()).toBe('/sign-in?problem=unknown-person');
    directoryPerson({ email: own.email, email_verified: undefined });
    expect(await go()).toBe('/sign-in?problem=unknown-person');
    expect(await lastFailure()).toMatchObject({
      email: own.email,
      reason: expect.stringContaining('not say that it is verified'),
    });
  });

  it('is nobody here when the provider may not speak for the domain', async () => {
    const own = await ownPerson('rep');
    directoryPerson({ email: own.email });
    for (const emailDomains of [[], ['example.org'], ['sub.example.com', 'ample.com']]) {
      await changeProvider(server, provider.id, { emailDomains });
      expect(await go()).toBe('/sign-in?problem=unknown-person');
    }
    expect(
      await server.database.sql.rows(sql`select 1 as x from sso_identity where user_id = ${own.id}::uuid`),
    ).toEqual([]);
  });

  it('is nobody new unless the provider may add people', async () => {
    directoryPerson();
    expect(await go()).toBe('/sign-in?problem=unknown-person');
  });

  it('is refused once deactivated, linked or not', async () => {
    const own = await ownPerson('rep');
    directoryPerson({ email: own.email });
    expect(await go()).toBe('/');
    await server.database.sql.rows(sql`update app_user set status = 'deactivated' where id = ${own.id}::uuid`);
    expect(await go()).toBe('/sign-in?problem=deactivated');
    const other = await ownPerson('rep', { status: 'deactivated' });
    directoryPerson({ email: other.email });
    expect(await go()).toBe('/sign-in?problem=deactivated');
  });

  it('answers an invitation by coming in; what else could have opened the account is gone', async () => {
    const own = await ownPerson('viewer', { status: 'invited', verified: false });
    await server.database.sql.rows(sql`
      insert into one_time_token (purpose, token_hash, user_id, payload, expires_at)
      values ('invitation', decode('00', 'hex'), ${own.id}::uuid, '{}'::jsonb, now() + interval '1 day')`);
    directoryPerson({ email: own.email });
    const browser = new Visitor();
    expect(await go(browser)).toBe('/');
    expect((await whoIs(server, browser))?.id).toBe(own.id);
    expect(await personOf(own.id)).toMatchObject({ status: 'active', role: 'viewer', verified: true, hash: null });
    expect((await audited(server, 'user.changed'))[0]).toMatchObject({
      entityId: own.id,
      before: { status: 'invited' },
      after: { status: 'active', provider: 'Directory' },
    });
    const open = await server.database.sql.rows(sql`
      select 1 as x from one_time_token where user_id = ${own.id}::uuid and used_at is null`);
    expect(open).toEqual([]);
  });

  it('is not somebody whose address another provider only claimed', async () => {
    const own = await ownPerson('rep', { verified: false });
    const elsewhere = await addProvider(server, { issuer: 'https://elsewhere.example' });
    await server.database.sql.rows(sql`
      insert into sso_identity (provider_id, subject, user_id) values (${elsewhere.id}::uuid, 'x', ${own.id}::uuid)`);
    directoryPerson({ email: own.email });
    expect(await go()).toBe('/sign-in?problem=unknown-person');
  });
});

describe('adding people', () => {
  it('gives them the default role and no password', async () => {
    await changeProvider(server, provider.id, { createsPeople: true, defaultRoleId: roles.viewer });
    directoryPerson({ name: 'Nora New' });
    const browser = new Visitor();
    expect(await go(browser)).toBe('/');
    const me = await whoIs(server, browser);
    expect([me?.name, me?.role.key]).toEqual(['Nora New', 'viewer']);
    expect(await personOf(me?.id ?? '')).toMatchObject({ verified: true, hash: null });
    expect((await audited(server, 'user.created'))[0]).toMatchObject({
      entityId: me?.id,
      after: { name: 'Nora New', provider: 'Directory' },
    });
  });

  it('is refused without a role, and for addresses outside of the listed domains', async () => {
    await changeProvider(server, provider.id, { createsPeople: true });
    directoryPerson();
    expect(await go()).toBe('/sign-in?problem=no-role');
    await changeProvider(server, provider.id, { defaultRoleId: roles.viewer });
    directoryPerson({ email: 'stranger@example.org' });
    expect(await go()).toBe('/sign-in?problem=unknown-person');
    directoryPerson({ email_verified: false });
    expect(await go()).toBe('/sign-in?problem=unknown-person');
  });

  it('takes anybody of the directory where no domain is listed, but believes no address', async () => {
    await changeProvider(server, provider.id, { createsPeople: true, defaultRoleId: roles.viewer, emailDomains: [] });
    const arrive = async (claims: Record<string, unknown>) => {
      directoryPerson(claims);
      const browser = new Visitor();
      expect(await go(browser)).toBe('/');
      return personOf((await whoIs(server, browser))?.id ?? '');
    };
    expect(await arrive({ email: 'one@example.net' })).toMatchObject({ email: 'one@example.net', verified: false });
    expect(await arrive({ email: 'two@example.net', email_verified: false })).toMatchObject({
      email: null,
      verified: false,
    });
  });

  it('makes one person of two first visits at once', async () => {
    await changeProvider(server, provider.id, { createsPeople: true, defaultRoleId: roles.viewer });
    directoryPerson();
    const browsers = [new Visitor(), new Visitor(), new Visitor()];
    expect(await Promise.all(browsers.map(go))).toEqual(['/', '/', '/']);
    const ids = new Set(await Promise.all(browsers.map(async (browser) => (await whoIs(server, browser))?.id)));
    expect(ids.size).toBe(1);
  });
});

describe('roles from the provider', () => {
  const mapped = () =>
    changeProvider(server, provider.id, {
      createsPeople: true,
      roleClaim: 'groups',
      roleMapping: [
        { value: 'sales-leads', roleId: roles.manager },
        { value: 'sales', roleId: roles.rep },
        { value: 'board', roleId: roles.admin },
      ],
    });

  it('come from the first mapping that fits one value of the list', async () => {
    await mapped();
    directoryPerson({ groups: ['everybody', 'sales', 'sales-leads'] });
    const browser = new Visitor();
    expect(await go(browser)).toBe('/');
    expect((await whoIs(server, browser))?.role.key).toBe('manager');
  });

  it('follow the provider at each sign-in', async () => {
    await mapped();
    const sub = directoryPerson({ groups: 'sales' });
    const browser = new Visitor();
    expect(await go(browser)).toBe('/');
    expect((await whoIs(server, browser))?.role.key).toBe('rep');
    oidc.accounts.set(sub, { ...oidc.accounts.get(sub), groups: ['sales-leads'] });
    expect(await go(browser)).toBe('/');
    const me = await whoIs(server, browser);
    expect(me?.role.key).toBe('manager');
    expect((await audited(server, 'user.changed'))[0]).toMatchObject({
      entityId: me?.id,
      before: { role: { key: 'rep' } },
      after: { role: { key: 'manager' }, provider: 'Directory' },
    });
  });

  it('fall back to the default role, and to a refusal where there is none', async () => {
    await mapped();
    directoryPerson({ groups: ['kitchen'] });
    expect(await go()).toBe('/sign-in?problem=no-role');
    await changeProvider(server, provider.id, { defaultRoleId: roles.viewer });
    const browser = new Visitor();
    expect(await go(browser)).toBe('/');
    expect((await whoIs(server, browser))?.role.key).toBe('viewer');
  });

  it('are found at the end of a dotted path', async () => {
    await mapped();
    await changeProvider(server, provider.id, { roleClaim: 'realm_access.roles' });
    directoryPerson({ realm_access: { roles: ['x', 'sales'] } });
    const browser = new Visitor();
    expect(await go(browser)).toBe('/');
    expect((await whoIs(server, browser))?.role.key).toBe('rep');
  });

  it('leave the roles of known people alone where no claim is named', async () => {
    await changeProvider(server, provider.id, { defaultRoleId: roles.viewer });
    const own = await ownPerson('manager');
    directoryPerson({ email: own.email });
    expect(await go()).toBe('/');
    expect((await personOf(own.id))?.role).toBe('manager');
  });

  it('never take the last administrator away', async () => {
    await mapped();
    const boss = await ownPerson('admin');
    const sub = directoryPerson({ email: boss.email, groups: ['board'] });
    expect(await go()).toBe('/');
    await server.database.sql.rows(sql`
      update app_user set status = 'deactivated' where id = ${server.company.users.admin}::uuid`);
    oidc.accounts.set(sub, { ...oidc.accounts.get(sub), groups: ['sales'] });
    expect(await go()).toBe('/');
    expect((await personOf(boss.id))?.role).toBe('admin');
    expect((await audited(server, 'user.sso-role-kept'))[0]).toMatchObject({
      entityId: boss.id,
      after: { role: { key: 'admin' }, wanted: { key: 'rep' } },
    });
    await server.database.sql.rows(sql`
      update app_user set status = 'active' where id = ${server.company.users.admin}::uuid`);
    expect(await go()).toBe('/');
    expect((await personOf(boss.id))?.role).toBe('rep');
  });

  it('are refused when the role was deleted meanwhile', async () => {
    await mapped();
    const gone = await server.database.sql.first<{ id: string }>(sql`
      insert into role (key, name, permissions) values ('gone', 'Gone', '{}'::jsonb) returning id::text as id`);
    await changeProvider(server, provider.id, { roleMapping: [{ value: 'sales', roleId: gone?.id }] });
    await server.database.sql.rows(sql`delete from role where key = 'gone'`);
    directoryPerson({ groups: ['sales'] });
    expect(await go()).toBe('/sign-in?problem=no-role');
  });
});
