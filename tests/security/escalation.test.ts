import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import type { TestClient } from '../support/client.ts';
import { send } from './support/ask.ts';
import { openSession } from './support/company.ts';
import { unwanted } from './support/unrelated-writes.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
const role: Record<string, string> = {};
const team: Record<string, string> = {};

beforeAll(async () => {
  world = await startWorld();
  const { database } = world.server;
  for (const { key, id } of await database.sql.rows<{ key: string; id: string }>(
    sql`select key, id::text as id from role`,
  )) {
    role[key] = id;
  }
  for (const { name, id } of await database.sql.rows<{ name: string; id: string }>(
    sql`select name, id::text as id from team`,
  )) {
    team[name] = id;
  }
});
afterAll(() => world?.close());

/** Somebody of North with a role of just these rights: who they are, their role, and a session of theirs. */
async function somebody(
  key: string,
  rights: Record<string, string>,
): Promise<{ id: string; roleId: string; client: TestClient }> {
  const row = await world.server.database.sql.first<{ id: string; role: string }>(sql`
    with made as (insert into role (key, name, permissions) values (${key}, ${key}, ${JSON.stringify(rights)}::jsonb) returning id)
    insert into app_user (email, name, role_id, team_id) select ${`${key}@example.com`}, ${key}, made.id, ${team.North}::uuid from made
    returning id::text as id, role_id::text as role`);
  if (!row) throw new Error('nobody was made');
  const client = await openSession(world.server, row.id);
  await world.log.seen();
  return { id: row.id, roleId: row.role, client };
}

type Attempt = [method: string, path: string, body?: unknown];

/** Tries each, and answers those that were not refused or that left something behind. */
async function notRefused(
  client: TestClient,
  attempts: readonly Attempt[],
  refusals = [403, 404, 409],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const [method, path, body] of attempts) {
    const reply = await send(client, { method, path, body: body === undefined ? undefined : JSON.stringify(body) });
    const written = await world.log.undo();
    const left = reply.status >= 400 ? unwanted(written) : [];
    const isRefused = refusals.includes(reply.status);
    if (!isRefused || left.length > 0)
      wrong.push(`${method} ${path} ${JSON.stringify(body)}: ${reply.status} ${left} ${reply.text.slice(0, 160)}`);
  }
  return wrong;
}

const all = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'all']));

describe('whoever manages', () => {
  const everyDesk = all(
    'user.read',
    'user.manage',
    'role.read',
    'role.manage',
    'team.manage',
    'api-key.manage',
    'settings.manage',
    'embed.manage',
  );

  it('people and roles without the rights of an administrator gives no such right to anybody, themselves least', async () => {
    const { id, roleId, client } = await somebody('desk', everyDesk);
    const { admin, junior } = world.people;
    const wide = { permissions: all('lead.read') };
    const provider = { name: 'Mine', issuer: 'http://127.0.0.1:9/', clientId: 'mine' };
    const site = { name: 'Mine', allowedOrigins: ['https://mine.example.com'], key: { kind: 'hs256' } };
    const existing = world.recordOf('identityProvider', null);
    expect(
      await notRefused(client, [
        ['POST', '/roles', { name: 'Mine', ...wide }],
        ['POST', '/roles', { name: 'Mine', permissions: {}, fieldGroups: ['cost'] }],
        ['PATCH', `/roles/${roleId}`, wide],
        ['PATCH', `/roles/${roleId}`, { permissions: { ...everyDesk, 'audit.read': 'all' } }],
        ['PATCH', `/roles/${role.spare}`, wide],
        ['PATCH', `/roles/${role.admin}`, { permissions: {} }],
        ['DELETE', `/roles/${role.admin}`],
        ['PATCH', `/users/${id}`, { roleId: role.admin }],
        ['PATCH', `/users/${junior}`, { roleId: role.admin }],
        ['PATCH', `/users/${junior}`, { roleId: role.viewer }],
        ['POST', '/users', { email: 'mine@example.com', name: 'Mine', roleId: role.admin }],
        [
          'POST',
          '/api-keys',
          { name: 'Mine', ...wide, expiresOn: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) },
        ],
        ['PATCH', '/settings/sign-in', { defaultRoleId: role.admin }],
        ['POST', '/embed/clients', { ...site, defaultRoleId: role.admin }],
        ['PATCH', `/embed/clients/${world.recordOf('embedClient', null)}`, { defaultRoleId: role.admin }],
        ['POST', '/identity-providers', { ...provider, defaultRoleId: role.admin }],
        ['POST', '/identity-providers', { ...provider, roleMapping: [{ value: 'x', roleId: role.admin }] }],
        ['PATCH', `/identity-providers/${existing}`, { defaultRoleId: role.admin }],
        ['PATCH', `/identity-providers/${existing}`, { roleMapping: [{ value: 'x', roleId: role.admin }] }],
        ['PATCH', `/users/${admin}`, { status: 'deactivated' }],
        ['PATCH', `/users/${admin}`, { roleId: role.spare }],
        ['PATCH', `/users/${admin}`, { teamId: team.North }],
        ['POST', `/users/${admin}/mfa-reset`],
        ['POST', `/users/${admin}/password-reset`],
        ['POST', `/users/${admin}/sign-out`],
      ]),
    ).toEqual([]);
  });

  it('a team keeps to it', async () => {
    const { client } = await somebody('lead-of-team', { 'user.read': 'team', 'user.manage': 'team' });
    const { stranger, rep } = world.people;
    expect(
      await notRefused(client, [
        ['PATCH', `/users/${stranger}`, { name: 'Mine' }],
        ['PATCH', `/users/${stranger}`, { teamId: team.North }],
        ['PATCH', `/users/${rep}`, { teamId: team.South }],
        ['POST', '/users', { email: 'mine@example.com', name: 'Mine', roleId: role.powerless, teamId: team.South }],
        ['POST', `/users/${stranger}/sign-out`],
        ['POST', `/users/${stranger}/password-reset`],
      ]),
    ).toEqual([]);
  });

  it('teams or people comes no nearer to records of other teams by it', async () => {
    const { id, client } = await somebody('gardener', {
      'lead.read': 'team',
      ...all('user.read', 'user.manage', 'team.manage'),
    });
    const foreign = world.recordOf('lead', 'stranger');
    expect((await client.get(`/leads/${foreign}`)).status).toBe(404);
    const ways: Attempt[] = [
      ['PATCH', `/teams/${team.South}`, { parentId: team.North }],
      ['PATCH', `/teams/${team.South}`, { parentId: team['North East'] }],
      ['PATCH', `/teams/${team.North}`, { parentId: team['North East'] }],
      ['PATCH', `/users/${id}`, { teamId: team.South }],
    ];
    expect(await notRefused(client, ways)).toEqual([]);
  });
});

describe('whoever sells', () => {
  it("hands nothing to people out of reach, and ties nothing to others' records", async () => {
    const { client } = world.callers.find(({ name }) => name === 'rep') ?? {};
    if (!client) throw new Error('there is no rep');
    const { stranger, rep } = world.people;
    const [mine, foreign] = ['rep', 'stranger'] as const;
    expect(
      await notRefused(
        client,
        [
          ['POST', '/leads', { name: 'Mine', ownerId: stranger }],
          ['PATCH', `/leads/${world.recordOf('lead', mine)}`, { ownerId: stranger }],
          ['PATCH', `/leads/${world.recordOf('lead', mine)}`, { ownerId: null }],
          ['PATCH', `/leads/${world.recordOf('lead', foreign)}`, { ownerId: rep }],
          ['POST', '/tasks', { title: 'Yours', assigneeId: stranger }],
          ['POST', '/opportunities', { name: 'Mine', accountId: world.recordOf('account', foreign) }],
          ['POST', '/opportunities', { name: 'Mine', contactId: world.recordOf('contact', foreign) }],
          ['POST', '/contacts', { name: 'Mine', accountId: world.recordOf('account', foreign) }],
          ['PATCH', `/contacts/${world.recordOf('contact', mine)}`, { accountId: world.recordOf('account', foreign) }],
          [
            'POST',
            `/leads/${world.recordOf('lead', mine)}/convert`,
            { account: { id: world.recordOf('account', foreign) } },
          ],
          [
            'POST',
            `/leads/${world.recordOf('lead', mine)}/stage`,
            { stageId: world.stages.lead.first, before: world.recordOf('lead', foreign) },
          ],
          ['POST', `/leads/${world.recordOf('lead', mine)}/stage`, { stageId: world.stages.opportunity.first }],
        ],
        [404, 409, 422],
      ),
    ).toEqual([]);
  });
});

describe('a key', () => {
  it('does not do what its person may, where it was not given that', async () => {
    const { client } = world.callers.find(({ name }) => name === "administrator's key") ?? {};
    if (!client) throw new Error('there is no key');
    const { rep } = world.people;
    const expiresOn = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    expect(
      await notRefused(client, [
        ['PATCH', `/users/${rep}`, { roleId: role.admin }],
        ['POST', '/api-keys', { name: 'Longer', permissions: all('lead.read'), expiresOn }],
        ['POST', '/me/password', { current: 'x', password: 'correct horse battery staple' }],
        ['POST', '/auth/logout/everywhere'],
        ['PATCH', '/me', { name: 'Mine' }],
        ['GET', '/me/sessions'],
        ['GET', '/settings/sign-in'],
      ]),
    ).toEqual([]);
  });
});
