import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Role, Team, User } from '../../backend/contracts/users.ts';
import { sql } from '../../backend/db/index.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { PASSWORD, type PersonKey } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

type List<T> = { items: T[]; nextCursor: string | null; total?: number };

let server: TestServer;
let admin: TestClient;
let roles: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
  const { body } = await admin.get<List<Role>>('/roles');
  roles = Object.fromEntries(body.items.map((role) => [role.key, role.id]));
});
afterAll(() => server.close());

const outcome = (answer: { status: number; body: Problem }) => [answer.status, answer.body.code];
const idOf = (person: PersonKey) => server.company.users[person];
let serial = 0;

/** A person to do things to. */
async function someone(role: string, more: Record<string, unknown> = {}): Promise<User> {
  serial += 1;
  const answer = await admin.post<User>('/users', {
    email: `person${serial}@example.com`,
    name: `Person ${serial}`,
    roleId: roles[role],
    password: PASSWORD,
    ...more,
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

/** Somebody who manages people and nothing else. */
async function peopleManager(scope: 'team' | 'all', teamId: string | null): Promise<TestClient> {
  const rights = JSON.stringify({ 'user.read': scope, 'user.manage': scope });
  const role = await server.database.sql.first<{ id: string }>(sql`
    insert into role (key, name, permissions) values (${`people-${serial}-${scope}`}, 'People', ${rights}::jsonb)
    returning id::text as id`);
  serial += 1;
  await server.database.sql.rows(sql`
    insert into app_user (email, name, role_id, team_id, password_hash)
    select ${`people${serial}@example.com`}, 'Pia People', ${role?.id}::uuid, ${teamId}::uuid, password_hash
    from app_user where email = 'admin@example.com'`);
  return signIn(server.url, `people${serial}@example.com`, PASSWORD);
}

describe('every route', () => {
  const routes = [
    ['GET', '/users'],
    ['GET', '/users/01890000-0000-7000-8000-000000000000'],
    ['POST', '/users'],
    ['PATCH', '/users/01890000-0000-7000-8000-000000000000'],
    ['GET', '/roles'],
    ['GET', '/teams'],
    ['GET', '/people'],
  ] as const;

  it.each(routes)('%s %s refuses strangers', async (method, path) => {
    const answer = await server.anonymous.call<Problem>(method, path, method === 'GET' ? {} : { body: {} });
    expect(outcome(answer)).toEqual([401, 'unauthenticated']);
  });

  it.each([
    ['viewer', 'GET', '/users'],
    ['viewer', 'GET', '/teams'],
    ['manager', 'POST', '/users'],
    ['manager', 'PATCH', '/users/01890000-0000-7000-8000-000000000000'],
    ['manager', 'GET', '/roles'],
  ] as const)('refuses a %s %s %s', async (person, method, path) => {
    const client = await server.as(person);
    const answer = await client.call<Problem>(method, path, method === 'GET' ? {} : { body: {} });
    expect(outcome(answer)).toEqual([403, 'forbidden']);
  });
});

describe('the list of people', () => {
  it('reaches as far as the role: everybody, own team, nobody else', async () => {
    const names = async (person: PersonKey) =>
      (await (await server.as(person)).get<List<User>>('/users')).body.items.map((user) => user.name);
    expect(await names('admin')).toContain('Stan Stranger');
    expect(await names('manager')).toEqual(['Cora Colleague', 'Mona Manager', 'Rolf Rep']);
    expect(await names('rep')).toEqual(['Cora Colleague', 'Mona Manager', 'Rolf Rep']);
  });

  it('includes the teams below one’s own', async () => {
    await server.database.sql.rows(sql`
      insert into team (name, parent_id) values ('North coast', ${server.company.teams.North}::uuid)`);
    const coast = await server.database.sql.first<{ id: string }>(sql`
      select id::text as id from team where name = 'North coast'`);
    const below = await someone('rep', { teamId: coast?.id, name: 'Bo Below' });
    server.clock.now = new Date(Date.now() + 3500); // past what is remembered about the manager's teams
    const manager = await server.as('manager');
    expect((await manager.get<User>(`/users/${below.id}`)).body.name).toBe('Bo Below');
    server.clock.now = null;
  });

  it('pages by name without losing or repeating anybody', async () => {
    const all = (await admin.get<List<User>>('/users?limit=200&count=true')).body;
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: List<User> = (await admin.get<List<User>>(`/users?limit=2${cursor && `&cursor=${cursor}`}`)).body;
      seen.push(...page.items.map((user) => user.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.items.map((user) => user.id));
    expect(all.total).toBe(seen.length);
  });

  it('is narrowed by text, role, team and status; wild cards are plain characters', async () => {
    const found = async (query: string) => (await admin.get<List<User>>(`/users?${query}`)).body.items;
    expect((await found('q=ROLF')).map((user) => user.name)).toEqual(['Rolf Rep']);
    expect(await found('q=%25')).toEqual([]);
    expect((await found('role=viewer')).map((user) => user.name)).toEqual(['Vera Viewer']);
    expect((await found(`team=${server.company.teams.South}`)).map((user) => user.name)).toEqual(['Stan Stranger']);
    expect(await found('status=deactivated')).toEqual([]);
  });

  it('refuses what it does not know', async () => {
    const wrong = await admin.get<Problem>('/users?limit=0&sort=password_hash');
    expect(wrong.body.errors?.map((error) => error.pointer).sort()).toEqual(['/query/limit', '/query/sort']);
    expect(outcome(await admin.get<Problem>('/users?cursor=abc'))).toEqual([422, 'invalid']);
    const forged = Buffer.from(JSON.stringify(['name', 'a', "' or true"])).toString('base64url');
    expect((await admin.get<List<User>>(`/users?cursor=${forged}`)).status).toBe(200);
  });

  it('never shows a hash', async () => {
    expect(JSON.stringify((await admin.get('/users')).body)).not.toMatch(/hash|\$2b\$/);
  });
});

describe('one person', () => {
  it('is found within reach, and hidden beyond it', async () => {
    const rep = await server.as('rep');
    const own = await rep.get<User>(`/users/${idOf('rep')}`);
    expect([own.status, own.etag]).toEqual([200, `"${own.body.version}"`]);
    expect(outcome(await rep.get<Problem>(`/users/${idOf('stranger')}`))).toEqual([404, 'not_found']);
    expect(outcome(await rep.get<Problem>('/users/not-an-id'))).toEqual([404, 'not_found']);
  });
});

describe('adding a person', () => {
  it('answers the person, who can sign in at once', async () => {
    const user = await someone('rep', { email: 'New.Person@Example.com', teamId: server.company.teams.North });
    expect(user).toMatchObject({ email: 'new.person@example.com', status: 'active', team: { name: 'North' } });
    await signIn(server.url, 'new.person@example.com', PASSWORD);
  });

  it('names every problem with the input', async () => {
    const answer = await admin.post<Problem>('/users', { email: 'x', name: ' ', roleId: '1', password: 'short', a: 1 });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map((error) => error.pointer).sort()).toEqual([
      '/a',
      '/email',
      '/name',
      '/password',
      '/roleId',
    ]);
  });

  it('refuses an address in use, whatever its case', async () => {
    const answer = await admin.post<Problem>('/users', {
      email: 'REP@example.com',
      name: 'Twin',
      roleId: roles.rep,
      password: PASSWORD,
    });
    expect(outcome(answer)).toEqual([409, 'conflict']);
  });

  it('refuses a role or team that does not exist', async () => {
    const nowhere = '01890000-0000-7000-8000-000000000000';
    const input = { email: 'a@example.com', name: 'A', roleId: roles.rep, password: PASSWORD };
    expect(outcome(await admin.post<Problem>('/users', { ...input, roleId: nowhere }))).toEqual([422, 'invalid']);
    expect(outcome(await admin.post<Problem>('/users', { ...input, teamId: nowhere }))).toEqual([422, 'invalid']);
  });

  it('is written down without the password', async () => {
    const user = await someone('viewer');
    const row = await server.database.sql.first<{ text: string; actor: string }>(sql`
      select to_json(a)::text as text, actor_id::text as actor from audit_entry a
      where action = 'user.created' and entity_id = ${user.id}`);
    expect(row?.actor).toBe(idOf('admin'));
    expect(row?.text).not.toContain(PASSWORD);
    expect(row?.text).not.toContain('$2b$');
  });
});

describe('changing a person', () => {
  it('answers the new state under a new version, and refuses a stale one', async () => {
    const user = await someone('rep');
    const first = await admin.patch<User>(`/users/${user.id}`, { name: 'Renamed' }, { 'If-Match': '"1"' });
    expect([first.status, first.etag, first.body.name]).toEqual([200, '"2"', 'Renamed']);
    const late = await admin.patch<Problem>(`/users/${user.id}`, { name: 'Late' }, { 'If-Match': '"1"' });
    expect(outcome(late)).toEqual([412, 'stale']);
  });

  it('refuses fields that are not to be set', async () => {
    const change = { email: 'a@example.com', passwordHash: 'x', version: 9, isActive: true };
    const answer = await admin.patch<Problem>(`/users/${idOf('rep')}`, change);
    expect(answer.body.errors).toHaveLength(4);
  });

  it('takes effect on the person’s own requests within three seconds', async () => {
    const user = await someone('rep');
    const client = await signIn(server.url, user.email ?? '', PASSWORD);
    expect((await client.get('/roles')).status).toBe(403);
    await admin.patch(`/users/${user.id}`, { roleId: roles.admin });
    server.clock.now = new Date(Date.now() + 3000);
    expect((await client.get('/roles')).status).toBe(200);
    server.clock.now = null;
    await admin.patch(`/users/${user.id}`, { roleId: roles.rep });
  });

  it('ends all sessions of who is deactivated, and being active again does not bring them back', async () => {
    const user = await someone('rep');
    const client = await signIn(server.url, user.email ?? '', PASSWORD);
    expect((await client.get('/me')).status).toBe(200);
    await admin.patch(`/users/${user.id}`, { status: 'deactivated' });
    expect(outcome(await client.get<Problem>('/me'))).toEqual([401, 'session_ended']);
    await admin.patch(`/users/${user.id}`, { status: 'active' });
    expect((await client.get('/me')).status).toBe(401);
  });

  it('made by another process is seen within three seconds', async () => {
    const user = await someone('rep');
    const client = await signIn(server.url, user.email ?? '', PASSWORD);
    const start = Date.now();
    server.clock.now = new Date(start);
    expect((await client.get('/me')).status).toBe(200);
    await server.database.sql.rows(sql`update app_user set status = 'deactivated' where id = ${user.id}::uuid`);
    server.clock.now = new Date(start + 3000);
    expect((await client.get('/me')).status).toBe(401);
    server.clock.now = null;
  });

  it('cannot wake a person whom an import made up', async () => {
    const row = await server.database.sql.first<{ id: string }>(sql`
      insert into app_user (name, status, role_id) values ('From a file', 'placeholder', ${roles.rep}::uuid)
      returning id::text as id`);
    const answer = await admin.patch<Problem>(`/users/${row?.id}`, { status: 'active' });
    expect(outcome(answer)).toEqual([409, 'conflict']);
  });
});

describe('nobody', () => {
  it('gives away more than they hold', async () => {
    const people = await peopleManager('all', null);
    const input = { email: 'puppet@example.com', name: 'Puppet', roleId: roles.admin, password: PASSWORD };
    expect(outcome(await people.post<Problem>('/users', input))).toEqual([403, 'forbidden']);
    const user = await someone('viewer');
    const raised = await people.patch<Problem>(`/users/${user.id}`, { roleId: roles.admin });
    expect(outcome(raised)).toEqual([403, 'forbidden']);
  });

  it('touches who holds more than they do', async () => {
    const people = await peopleManager('all', null);
    const answer = await people.patch<Problem>(`/users/${idOf('admin')}`, { status: 'deactivated' });
    expect(outcome(answer)).toEqual([403, 'forbidden']);
  });

  it('manages people of teams beyond their reach', async () => {
    const people = await peopleManager('team', server.company.teams.North);
    const other = await people.patch<Problem>(`/users/${idOf('stranger')}`, { name: 'X' });
    expect(outcome(other)).toEqual([404, 'not_found']);
  });
});

describe('the last active administrator', () => {
  it('can be neither deactivated nor demoted', async () => {
    const path = `/users/${idOf('admin')}`;
    expect(outcome(await admin.patch<Problem>(path, { status: 'deactivated' }))).toEqual([409, 'conflict']);
    expect(outcome(await admin.patch<Problem>(path, { roleId: roles.rep }))).toEqual([409, 'conflict']);
    expect((await admin.patch<User>(path, { name: 'Ada Admin' })).status).toBe(200);
  });

  it('remains when two administrators remove each other at the same moment', async () => {
    const second = await someone('admin');
    const other = await signIn(server.url, second.email ?? '', PASSWORD);
    const answers = await Promise.all([
      admin.patch<Problem>(`/users/${second.id}`, { status: 'deactivated' }),
      other.patch<Problem>(`/users/${idOf('admin')}`, { status: 'deactivated' }),
    ]);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    const left = await server.database.sql.rows(sql`
      select u.id from app_user u join role r on r.id = u.role_id where r.key = 'admin' and u.status = 'active'`);
    expect(left).toHaveLength(1);
    await server.database.sql.rows(sql`update app_user set status = 'active' where id = ${idOf('admin')}::uuid`);
    server.clock.now = new Date(Date.now() + 4000);
    admin = await signIn(server.url, 'admin@example.com', PASSWORD);
    server.clock.now = null;
  });
});

describe('the directory', () => {
  it('lists roles with what they grant and how many hold them', async () => {
    const { body } = await admin.get<List<Role>>('/roles');
    const rep = body.items.find((role) => role.key === 'rep');
    expect(rep).toMatchObject({ name: 'Sales rep', isBuiltIn: true, fieldGroups: [] });
    expect(rep?.permissions['lead.read']).toBe('own');
    expect(rep?.users).toBeGreaterThanOrEqual(3);
  });

  it('lists teams as a tree with their active members', async () => {
    const { body } = await (await server.as('rep')).get<List<Team>>('/teams');
    expect(body.items.find((team) => team.name === 'North')).toMatchObject({ region: 'North region', parentId: null });
  });

  it('lists whom the asker may give records to', async () => {
    const names = async (person: PersonKey) =>
      (await (await server.as(person)).get<List<{ name: string }>>('/people')).body.items.map(({ name }) => name);
    expect(await names('rep')).toEqual(['Rolf Rep']);
    expect(await names('manager')).toEqual(expect.arrayContaining(['Cora Colleague', 'Mona Manager', 'Rolf Rep']));
    expect(await names('manager')).not.toContain('Stan Stranger');
    expect(await names('viewer')).toEqual([]);
  });
});
