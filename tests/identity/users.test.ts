import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Role, User } from '../../backend/contracts/users.ts';
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

describe('the directory', () => {
  it('lists whom the asker may give records to', async () => {
    const names = async (person: PersonKey) =>
      (await (await server.as(person)).get<List<{ name: string }>>('/people')).body.items.map(({ name }) => name);
    expect(await names('rep')).toEqual(['Rolf Rep']);
    expect(await names('manager')).toEqual(expect.arrayContaining(['Cora Colleague', 'Mona Manager', 'Rolf Rep']));
    expect(await names('manager')).not.toContain('Stan Stranger');
    expect(await names('viewer')).toEqual([]);
  });
});
