import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignInOptions } from '../../../backend/contracts/account.ts';
import type { Problem } from '../../../backend/contracts/common.ts';
import { raw, sql } from '../../../backend/db/index.ts';
import { type Mailbox, startMailbox } from '../../support/mailbox.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { tokenIn } from './outbox-reader.ts';

const PASSWORD = 'four quiet herons wading';
const DAY = 86_400_000;
let server: TestServer;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startTestServer({
    MAIL_SERVER: 'localhost',
    MAIL_PORT: String(mailbox.port),
    MAIL_DEFAULT_SENDER: 'SalesPulse <crm@example.com>',
  });
});
afterAll(async () => {
  await server.close();
  await mailbox.close();
});

const settings = async (change: object) => {
  const answer = await (await server.as('admin')).patch('/settings/sign-in', change);
  expect(answer.status).toBe(200);
};
/** Tries made before are forgotten, so that each test has its own. */
const forgetTries = () => server.database.sql.rows(sql`delete from sign_in_attempt`);
const register = (email: string, more: object = {}) =>
  server.anonymous.post<Problem & { message: string }>('/auth/register', {
    email,
    name: 'Nora New',
    password: PASSWORD,
    ...more,
  });
const verify = (token: string) => server.anonymous.post<Problem & { email: string }>('/auth/email/verify', { token });
const login = (email: string, password = PASSWORD) =>
  server.anonymous.post<Problem & { user: { role: { key: string } } }>('/auth/login', { email, password });
const rowCounts = async () =>
  (await server.database.sql.first<Record<string, number>>(sql`
    select (select count(*)::int from one_time_token) as tokens, (select count(*)::int from mail) as mails,
      (select count(*)::int from job where kind in ('mail.send', 'account.mail')) as jobs, (select count(*)::int from app_user) as people,
      (select count(*)::int from audit_entry) as entries`)) ?? {};
const personOf = (email: string) =>
  server.database.sql.first<{ id: string }>(sql`select id::text as id from app_user where email = ${email}`);

describe('while registration is off', () => {
  it('is refused in one sentence, and nothing is mailed', async () => {
    const answer = await register('early@example.com');
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect(answer.body.detail).toBe('Nobody can register here. Ask an administrator for an invitation.');
    expect(await server.database.sql.rows(sql`select id::text as id from mail`)).toEqual([]);
  });
});

describe('while it is on', () => {
  beforeAll(() => settings({ registration: 'on' }));

  it('is said by the options of the sign-in page', async () => {
    const { body } = await server.anonymous.get<SignInOptions>('/auth/options');
    expect(body).toEqual({ registration: 'on', registrationDomains: [], providers: [], canMail: true });
  });

  it('leads by a mailed link to an account with the default role', async () => {
    expect((await register('Nora@Example.com')).status).toBe(202);
    const early = await login('nora@example.com');
    expect([early.status, early.body.code]).toEqual([403, 'forbidden']);
    expect(early.body.detail).toMatch(/Open the link in the mail/);
    expect(await personOf('nora@example.com')).toBeUndefined();

    const mail = await mailbox.mailTo('nora@example.com');
    expect(mail.subject).toBe('Confirm your e-mail address');
    expect(mail.text).toContain(`${server.url}/verify#token=`);
    expect(mail.html).toContain(`href="${server.url}/verify#token=${tokenIn(mail.text)}"`);
    const verified = await verify(tokenIn(mail.text));
    expect([verified.status, verified.body.email]).toEqual([200, 'nora@example.com']);
    const signedIn = await login('nora@example.com');
    expect([signedIn.status, signedIn.body.user.role.key]).toEqual([200, 'viewer']);
  });

  it('tells who does not know the password nothing about a registration that waits', async () => {
    await register('waiting@example.com');
    const wrong = await login('waiting@example.com', 'not the password');
    const unknown = await login('nobody@example.com', 'not the password');
    const { instance: _, ...body } = wrong.body;
    expect({ ...unknown.body, ...body }).toEqual(unknown.body);
    expect(wrong.status).toBe(401);
  });

  it('answers the same for an address that has an account; its owner is told by mail', async () => {
    const traces = async (email: string) => {
      const before = await rowCounts();
      const { status, body } = await register(email);
      const after = await rowCounts();
      return {
        status,
        body,
        work: Object.fromEntries(Object.entries(after).map(([k, n]) => [k, n - (before[k] ?? 0)])),
      };
    };
    await forgetTries();
    const known = await traces('rep@example.com');
    expect(known).toEqual(await traces('fresh@example.com'));
    expect(known.work).toEqual({ tokens: 1, mails: 1, jobs: 1, people: 0, entries: 0 });
    const mail = await mailbox.mailTo('rep@example.com');
    expect(mail.subject).toBe('You already have an account');
    expect(mail.text).not.toContain('#token=');
    expect((await login('rep@example.com')).status).toBe(401);
  });

  it('lets one of two verify at the same time', async () => {
    await forgetTries();
    await register('twice@example.com');
    const token = tokenIn((await mailbox.mailTo('twice@example.com')).text);
    const answers = await Promise.all([verify(token), verify(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  it('keeps the link out of the database, as text', async () => {
    await forgetTries();
    await register('sealed@example.com');
    const token = tokenIn((await mailbox.mailTo('sealed@example.com')).text);
    for (const table of ['one_time_token', 'mail', 'job', 'outbox', 'audit_entry', 'sign_in_attempt']) {
      const row = await server.database.sql.first<{ text: string | null }>(
        sql`select string_agg(row_to_json(t)::text, '') as text from ${raw(table)} t`,
      );
      expect(row?.text ?? '', table).not.toContain(token);
    }
  });

  it('sends the link again on request; each link carries its own password', async () => {
    await forgetTries();
    await register('again@example.com');
    const first = tokenIn((await mailbox.mailTo('again@example.com')).text);
    const answer = await server.anonymous.post<{ message: string }>('/auth/email/resend', {
      email: 'again@example.com',
    });
    const unknown = await server.anonymous.post<{ message: string }>('/auth/email/resend', { email: 'no@example.com' });
    expect([answer.status, answer.body]).toEqual([unknown.status, unknown.body]);
    const second = tokenIn((await mailbox.mailTo('again@example.com', 2)).text);
    expect(second).not.toBe(first);
    expect((await verify(second)).status).toBe(200);
    expect((await verify(first)).body.code).toBe('link_not_valid');
    expect((await login('again@example.com')).status).toBe(200);
  });

  it('ends after a day', async () => {
    await forgetTries();
    await register('late@example.com');
    const token = tokenIn((await mailbox.mailTo('late@example.com')).text);
    server.clock.now = new Date(Date.now() + DAY + 1000);
    const answer = await verify(token);
    server.clock.now = null;
    expect([answer.status, answer.body.code]).toEqual([403, 'link_not_valid']);
  });

  it('takes nothing but good passwords', async () => {
    await forgetTries();
    const answer = await register('weak@example.com', { password: 'password1234' });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([{ pointer: '/password', message: expect.stringMatching(/^is .*; take four/) }]);
  });

  it('takes no more fields than it names', async () => {
    await forgetTries();
    const answer = await register('more@example.com', { roleId: server.company.users.admin, status: 'active' });
    expect(answer.status).toBe(422);
  });

  it('makes those wait who ask for mail after mail', async () => {
    await forgetTries();
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++) {
      const answer = await server.anonymous.post('/auth/password/forgot', { email: 'flood@example.com' });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([202, 202, 202, 429]);
  });
});

describe('while it is open to listed domains', () => {
  beforeAll(async () => {
    await forgetTries();
    await settings({ registration: 'domains', registrationDomains: ['corp.example'] });
  });

  it('refuses other addresses, also those that only end alike', async () => {
    for (const email of ['a@example.com', 'a@evilcorp.example', 'a@corp.example.com', 'a@sub.corp.example']) {
      const answer = await register(email);
      expect([email, answer.status]).toEqual([email, 403]);
    }
    expect((await register('ok@corp.example')).status).toBe(202);
  });

  it('holds when the link is opened, not only when it was asked for', async () => {
    const token = tokenIn((await mailbox.mailTo('ok@corp.example')).text);
    await settings({ registration: 'off' });
    expect((await verify(token)).body.code).toBe('forbidden');
    await settings({ registration: 'on' });
    expect((await verify(token)).status).toBe(200);
  });
});
