import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mail } from '../../../backend/contracts/administration.ts';
import type { Page, Problem } from '../../../backend/contracts/common.ts';
import { sql } from '../../../backend/db/index.ts';
import { startForcedReset } from '../../../backend/identity/registration/reset-link.service.ts';
import { until } from '../../conformance/until.ts';
import { signIn } from '../../support/client.ts';
import { PASSWORD } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { keptMail, tokenIn } from './outbox-reader.ts';

const NEW = 'seven copper kettles hum';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
/** Each test has its own tries, and mails of the tests before don't count as a flood. */
beforeEach(async () => {
  server.clock.now = null;
  await server.database.sql.rows(sql`delete from sign_in_attempt`);
  await server.database.sql.rows(sql`delete from mail`);
});

const forgot = (email: string) => server.anonymous.post<Problem>('/auth/password/forgot', { email });
const reset = (token: string, password = NEW) =>
  server.anonymous.post<Problem>('/auth/password/reset', { token, password });
const login = (email: string, password: string) => server.anonymous.post<Problem>('/auth/login', { email, password });
/** Waits until all jobs are done. */
const settled = () =>
  until('the jobs', async () => {
    const open = await server.database.sql.first(sql`
      select 1 as found from job where kind = 'account.mail' and state in ('queued', 'running')`);
    return open === undefined;
  });
const linkFor = async (email: string): Promise<string> => {
  expect((await forgot(email)).status).toBe(202);
  return tokenIn((await keptMail(server, email)).text);
};

it('leads by a mailed link to a new password, ends every session and opens none', async () => {
  const person = await signIn(server.url, 'rep@example.com', PASSWORD);
  const token = await linkFor('rep@example.com');
  const answer = await reset(token);
  expect(answer.status).toBe(204);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect((await person.get('/me')).status).toBe(401);
  expect((await login('rep@example.com', PASSWORD)).status).toBe(401);
  expect((await login('rep@example.com', NEW)).status).toBe(200);
  const told = await keptMail(server, 'rep@example.com', 2);
  expect(told.kind).toBe('password-changed');
});

it('takes a link once, also of two at the same time', async () => {
  const token = await linkFor('colleague@example.com');
  const answers = await Promise.all([reset(token), reset(token, 'nine marble stairs creak')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 403]);
  expect((await reset(token)).body.code).toBe('link_not_valid');
});

it('ends older links when a new one is asked for', async () => {
  const first = await linkFor('manager@example.com');
  await forgot('manager@example.com');
  const second = tokenIn((await keptMail(server, 'manager@example.com', 2)).text);
  expect((await reset(first)).body.code).toBe('link_not_valid');
  expect((await reset(second)).status).toBe(204);
});

it('takes a link for ten minutes', async () => {
  const token = await linkFor('stranger@example.com');
  server.clock.now = new Date(Date.now() + 10 * 60_000 + 1000);
  expect((await reset(token)).body.code).toBe('link_not_valid');
});

it('refuses a weak password, and the link stays good', async () => {
  const token = await linkFor('stranger@example.com');
  const weak = await reset(token, 'stan stranger 1');
  expect(weak.status).toBe(422);
  expect(weak.body.errors?.[0]?.message).toMatch(/made of your name/);
  expect((await reset(token)).status).toBe(204);
});

it('never lets a link of another purpose pass', async () => {
  const token = await linkFor('viewer@example.com');
  expect((await server.anonymous.post<Problem>('/auth/email/verify', { token })).body.code).toBe('link_not_valid');
  expect((await server.anonymous.post<Problem>('/auth/invitation', { token })).body.code).toBe('link_not_valid');
});

it('counts what comes after 72 bytes, in any script', async () => {
  const long = 'Пятнадцать серых журавлей летят над тихой рекой к морю, ';
  expect(Buffer.byteLength(long)).toBeGreaterThan(72);
  expect((await reset(await linkFor('viewer@example.com'), `${long}утро`)).status).toBe(204);
  expect((await login('viewer@example.com', `${long}ночь`)).status).toBe(401);
  expect((await login('viewer@example.com', `${long}утро`)).status).toBe(200);
});

it('leaves the second step of signing in where it was', async () => {
  await server.database.sql.rows(sql`
    insert into app_user (email, name, role_id, password_hash, totp_sealed, totp_confirmed_at)
    select 'careful@example.com', 'Cleo Careful', role_id, password_hash, '\\x00'::bytea, now()
    from app_user where email = 'viewer@example.com'`);
  expect((await reset(await linkFor('careful@example.com'))).status).toBe(204);
  const answer = await server.anonymous.post<{ mfaRequired: boolean }>('/auth/login', {
    email: 'careful@example.com',
    password: NEW,
  });
  expect([answer.status, answer.body.mfaRequired]).toEqual([200, true]);
  expect(answer.headers.getSetCookie()).toEqual([]);
});

it('is not kept from anybody by a flood of other mails', async () => {
  await server.database.sql.rows(sql`
    insert into mail (kind, to_address, subject, state)
    select kind, 'manager@example.com', 'x', 'kept' from unnest(array['already-registered', 'verify-email']) kind, generate_series(1, 9)`);
  await forgot('manager@example.com');
  expect((await keptMail(server, 'manager@example.com', 19)).kind).toBe('reset-password');
});

it('mails no more than six links in a quarter of an hour, however many ask', async () => {
  for (let n = 0; n < 8; n++) {
    await forgot('rep@example.com');
    await server.database.sql.rows(sql`delete from sign_in_attempt`);
  }
  await settled();
  const row = await server.database.sql.first<{ n: number }>(sql`
    select count(*)::int as n from mail where to_address = 'rep@example.com'`);
  expect(row?.n).toBe(6);
});

describe('who has no password here', () => {
  it('is told where to sign in, without a link', async () => {
    await server.database.sql.rows(sql`
      insert into app_user (email, name, role_id) select 'sso@example.com', 'Sam Sso', id from role where key = 'viewer'`);
    await server.database.sql.rows(sql`
      with p as (insert into identity_provider (name, issuer, client_id) values ('Corp login', 'https://login.example', 'x') returning id)
      insert into sso_identity (provider_id, subject, user_id)
      select p.id, 's', u.id from p, app_user u where u.email = 'sso@example.com'`);
    await forgot('sso@example.com');
    const mail = await keptMail(server, 'sso@example.com');
    expect(mail.kind).toBe('reset-not-possible');
    expect(mail.text).toContain('Corp login');
    expect(mail.text).not.toContain('#token=');
  });

  it('gets none by a link from before', async () => {
    await server.database.sql.rows(sql`
      insert into app_user (email, name, role_id, password_hash)
      select 'moved@example.com', 'Mo Moved', role_id, password_hash from app_user where email = 'viewer@example.com'`);
    const token = await linkFor('moved@example.com');
    await server.database.sql.rows(sql`update app_user set password_hash = null where email = 'moved@example.com'`);
    expect((await reset(token)).body.code).toBe('link_not_valid');
  });
});

describe('what can be learned about addresses', () => {
  /** What a request for a mail leaves behind at once, by table. */
  const traces = async (email: string) => {
    const before = await counts();
    const answer = await forgot(email);
    const { status, body } = answer;
    const after = await counts();
    await settled();
    return { status, body, work: Object.fromEntries(Object.entries(after).map(([k, n]) => [k, n - (before[k] ?? 0)])) };
  };
  const counts = async () =>
    (await server.database.sql.first<Record<string, number>>(sql`
      select (select count(*)::int from sign_in_attempt) as tries,
        (select count(*)::int from job where kind = 'account.mail') as jobs`)) ?? {};

  it('is nothing: same answer and same work, whoever is asked about', async () => {
    await server.database.sql.rows(sql`
      insert into app_user (email, name, role_id, status) select 'off@example.com', 'Olga Off', id, 'deactivated' from role where key = 'viewer'`);
    const known = await traces('rep@example.com');
    expect(known.work).toEqual({ tries: 1, jobs: 1 });
    for (const email of ['nobody@example.com', 'off@example.com', 'sso@example.com']) {
      expect(await traces(email), email).toEqual(known);
    }
    const admin = await server.as('admin');
    const { body } = await admin.get<Page<Mail>>('/mails');
    expect(body.items.map(({ to }) => to).sort()).toEqual(['rep@example.com', 'sso@example.com']);
  });
});

describe('a reset that an administrator asks for', () => {
  it('ends sessions and the present password until a new one is chosen', async () => {
    await server.database.sql.rows(sql`
      insert into app_user (email, name, role_id, password_hash)
      select 'forced@example.com', 'Fay Forced', role_id, password_hash from app_user where email = 'viewer@example.com'`);
    await reset(await linkFor('forced@example.com'));
    const person = await signIn(server.url, 'forced@example.com', NEW);
    const row = await server.database.sql.first<{ id: string }>(sql`
      select id::text as id from app_user where email = 'forced@example.com'`);
    const deps = { config: server.config, clock: () => new Date() };
    await server.database.sql.rows(sql`delete from mail`);
    await server.database.transaction((tx) =>
      startForcedReset(tx, deps, null, { id: row?.id ?? '', email: 'forced@example.com', name: 'Fay Forced' }),
    );
    server.clock.now = new Date(Date.now() + 5000);
    expect((await person.get('/me')).status).toBe(401);
    const refused = await login('forced@example.com', NEW);
    expect([refused.status, refused.body.code]).toEqual([403, 'password_reset_required']);
    const mail = await keptMail(server, 'forced@example.com');
    expect(mail.kind).toBe('password-reset-forced');
    expect((await reset(tokenIn(mail.text), 'eleven paper boats drift')).status).toBe(204);
    expect((await login('forced@example.com', 'eleven paper boats drift')).status).toBe(200);
  });
});
