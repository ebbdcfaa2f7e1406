import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Invitation } from '../../../backend/contracts/account.ts';
import type { Me } from '../../../backend/contracts/auth.ts';
import type { Problem } from '../../../backend/contracts/common.ts';
import { sql } from '../../../backend/db/index.ts';
import { inviteUser } from '../../../backend/identity/registration/invitation.service.ts';
import { TestClient } from '../../support/client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { keptMail, tokenIn } from './outbox-reader.ts';

const PASSWORD = 'four quiet herons wading';
const HOUR = 3_600_000;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = null;
  await server.database.sql.rows(sql`delete from sign_in_attempt`);
});

const now = () => server.clock.now ?? new Date();
/** Makes an invited person and answers the secret of their link. */
async function invite(email: string): Promise<string> {
  await server.database.transaction(async (tx) => {
    const row = await tx.sql.first<{ id: string }>(sql`
      insert into app_user (email, name, role_id, status)
      select ${email}, 'Ina Invited', id, 'invited' from role where key = 'rep' returning id::text as id`);
    await inviteUser(tx, { config: server.config, clock: now }, null, {
      id: row?.id ?? '',
      email,
      name: 'Ina Invited',
    });
  });
  return tokenIn((await keptMail(server, email)).text);
}
const ask = (token: string) => server.anonymous.post<Invitation & Problem>('/auth/invitation', { token });
const accept = (token: string, more: object = {}) =>
  server.anonymous.post<Problem & { user: Me }>('/auth/invitation/accept', {
    token,
    name: 'Ina I. Invited',
    password: PASSWORD,
    ...more,
  });

it('tells whom it is for, as often as asked, and then lets the person in', async () => {
  const token = await invite('ina@example.com');
  for (const _ of [1, 2]) {
    const { status, body } = await ask(token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ email: 'ina@example.com', name: 'Ina Invited', invitedBy: null });
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(71 * HOUR);
  }
  const answer = await accept(token);
  expect(answer.status).toBe(201);
  expect(answer.body.user).toMatchObject({ email: 'ina@example.com', name: 'Ina I. Invited', role: { key: 'rep' } });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect((await new TestClient(server.url, { Cookie: cookie }).get<Me>('/me')).body.name).toBe('Ina I. Invited');
  const row = await server.database.sql.first(sql`
    select status, email_verified_at is not null as "isVerified" from app_user where email = 'ina@example.com'`);
  expect(row).toEqual({ status: 'active', isVerified: true });
  const session = await server.database.sql.first(sql`
    select s.method from session s join app_user u on u.id = s.user_id where u.email = 'ina@example.com'`);
  expect(session).toEqual({ method: 'invitation' });
  expect((await ask(token)).body.code).toBe('link_not_valid');
});

it('lets one of two accept at the same time', async () => {
  const token = await invite('race@example.com');
  const answers = await Promise.all([accept(token), accept(token)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
});

it('refuses a weak password, and stays good', async () => {
  const token = await invite('weak@example.com');
  expect((await accept(token, { password: 'ina i. invited' })).status).toBe(422);
  expect((await accept(token)).status).toBe(201);
});

it('ends after 72 hours', async () => {
  const token = await invite('late@example.com');
  server.clock.now = new Date(Date.now() + 72 * HOUR + 1000);
  expect((await ask(token)).body.code).toBe('link_not_valid');
  expect((await accept(token)).body.code).toBe('link_not_valid');
});

it('is worth nothing once the person was deactivated', async () => {
  const token = await invite('off@example.com');
  await server.database.sql.rows(sql`update app_user set status = 'deactivated' where email = 'off@example.com'`);
  expect((await accept(token)).body.code).toBe('link_not_valid');
});

it('gives no sign-in before it is accepted, and is mailed again to who forgot it', async () => {
  const first = await invite('later@example.com');
  const login = await server.anonymous.post<Problem>('/auth/login', { email: 'later@example.com', password: PASSWORD });
  expect([login.status, login.body.code]).toEqual([401, 'invalid_credentials']);
  await server.anonymous.post('/auth/password/forgot', { email: 'later@example.com' });
  const second = tokenIn((await keptMail(server, 'later@example.com', 2)).text);
  expect((await ask(first)).body.code).toBe('link_not_valid');
  expect((await accept(second)).status).toBe(201);
});

it('makes those wait who try link after link', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 11; n++) statuses.push((await ask(`${n}`.padEnd(43, 'x'))).status);
  expect(statuses).toEqual([...Array(10).fill(403), 429]);
});
