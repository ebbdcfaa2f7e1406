import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Mail } from '../../../backend/contracts/administration.ts';
import type { Page, Problem } from '../../../backend/contracts/common.ts';
import { sql } from '../../../backend/db/index.ts';
import { postMail } from '../../../backend/notify/mail/index.ts';
import { signIn, type TestClient } from '../../support/client.ts';
import { PASSWORD, type PersonKey, people } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

const LINK = 'https://sales.example.com/reset#token=for-its-reader-only';
let server: TestServer;
let admin: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
});
afterAll(() => server.close());

const post = (to: PersonKey) =>
  server.database.transaction((tx) =>
    postMail(
      tx.sql,
      { config: server.config, clock: () => server.clock.now ?? new Date() },
      {
        kind: 'reset-password',
        to: { email: people[to].email, name: people[to].name, userId: server.company.users[to] },
        link: LINK,
      },
    ),
  );

/** Somebody who may see settings and nothing else. */
async function officer(): Promise<TestClient> {
  await server.database.sql.rows(sql`
    insert into role (key, name, permissions) values ('officer', 'Mail officer', '{"settings.manage": "all"}'::jsonb)`);
  await server.database.sql.rows(sql`
    insert into app_user (email, name, role_id, password_hash)
    select 'officer@example.com', 'Otto Officer', r.id, u.password_hash
    from role r, app_user u where r.key = 'officer' and u.email = 'rep@example.com'`);
  return signIn(server.url, 'officer@example.com', PASSWORD);
}

it('keeps mails where there is no server, for administrators to hand on', async () => {
  const id = await post('rep');
  const { body } = await admin.get<Page<Mail>>('/mails');
  expect(body.items[0]).toMatchObject({ id, state: 'kept', to: 'rep@example.com', subject: 'Choose a new password' });
  expect(JSON.stringify(body)).not.toContain('for-its-reader-only');
  expect((await admin.get<Mail>(`/mails/${id}`)).body.text).toContain(LINK);
});

it('shows what a mail says only to who could be its reader', async () => {
  const client = await officer();
  for (const to of ['admin', 'rep'] as const) {
    const { status, body } = await client.get<Mail>(`/mails/${await post(to)}`);
    expect([status, body.text]).toEqual([200, null]);
  }
});

it('is for those who manage the settings', async () => {
  for (const person of ['manager', 'rep', 'viewer'] as const) {
    const client = await server.as(person);
    expect((await client.get('/mails')).status).toBe(403);
    expect((await client.get(`/mails/${await post('rep')}`)).status).toBe(403);
  }
  expect((await server.anonymous.get('/mails')).status).toBe(401);
});

it('comes in pages, the latest first', async () => {
  const all = (await admin.get<Page<Mail>>('/mails?limit=200')).body.items.map(({ id }) => id);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page<Mail> = (await admin.get<Page<Mail>>(`/mails?limit=2${cursor && `&cursor=${cursor}`}`)).body;
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(all);
  expect((await admin.get<Problem>('/mails?cursor=nonsense')).status).toBe(422);
});

it('has no such mail: 404', async () => {
  expect((await admin.get('/mails/0199aaaa-0000-7000-8000-000000000000')).status).toBe(404);
});
