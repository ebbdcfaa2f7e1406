import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import { ensureSetupLink } from '../../backend/identity/index.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const DAY = 86_400_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.database.sql.rows(sql`delete from session`);
  await server.database.sql.rows(sql`delete from app_user`);
});
afterAll(() => server.close());

const newLink = async (): Promise<string> =>
  (await ensureSetupLink(server.database, server.config, () => server.clock.now ?? new Date()))?.split('#token=')[1] ??
  '';
const setUp = (token: string, more: Record<string, unknown> = {}) =>
  server.anonymous.post<Problem & { user: { role: { key: string } } }>('/auth/setup', {
    token,
    email: 'Boss@Example.com',
    name: 'Bea Boss',
    password: 'a long enough password',
    ...more,
  });

it('points to the page of this server, the secret in the fragment', async () => {
  const link = await ensureSetupLink(server.database, server.config, () => new Date());
  expect(link).toMatch(new RegExp(`^${server.url}/setup#token=[\\w-]{43}$`));
});

it('refuses a link that is not ours', async () => {
  const answer = await setUp('x'.repeat(43));
  expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
});

it('refuses a short password, and the link stays good', async () => {
  const answer = await setUp(await newLink(), { password: 'short' });
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toEqual([{ pointer: '/password', message: 'must have at least 12 characters' }]);
});

it('refuses a password that is tried first, and the link stays good', async () => {
  const answer = await setUp(await newLink(), { password: 'password1234' });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/password']);
});

it('refuses a link after a day', async () => {
  server.clock.now = new Date(Date.now() - DAY - 1000);
  const old = await newLink();
  server.clock.now = null;
  expect((await setUp(old)).status).toBe(403);
});

it('makes one administrator, however many try at once', async () => {
  const links = [await newLink(), await newLink()];
  const answers = await Promise.all([
    setUp(links[0] ?? ''),
    setUp(links[1] ?? '', { email: 'other@example.com' }),
    setUp(links[0] ?? '', { email: 'third@example.com' }),
  ]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 403, 403]);
  const won = answers.find((answer) => answer.status === 201);
  expect(won?.body.user.role.key).toBe('admin');
  expect(won?.headers.getSetCookie()[0]).toMatch(/^salespulse_session=/);
});

it('gives no more links once somebody can sign in', async () => {
  expect(await ensureSetupLink(server.database, server.config, () => new Date())).toBeNull();
});
