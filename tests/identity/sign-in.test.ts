import { createHmac, hkdfSync } from 'node:crypto';
import bcrypt from 'bcrypt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import { TestClient } from '../support/client.ts';
import { PASSWORD } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const MINUTE = 60_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const login = (email: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  server.anonymous.post<Problem & { user: { name: string; role: { key: string } } }>(
    '/auth/login',
    { email, password },
    headers,
  );
const cookieOf = (answer: { headers: Headers }): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const withCookie = (cookie: string) => new TestClient(server.url, { Cookie: cookie });

/** Runs `work` at a clock of its own. */
async function at<T>(moment: Date | null, work: () => Promise<T>): Promise<T> {
  server.clock.now = moment;
  try {
    return await work();
  } finally {
    server.clock.now = null;
  }
}

describe('signing in', () => {
  it('answers the person and an HttpOnly cookie', async () => {
    const answer = await login('Rep@Example.com');
    expect(answer.status).toBe(200);
    expect(answer.body.user).toMatchObject({ name: 'Rolf Rep', role: { key: 'rep' }, team: { name: 'North' } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^salespulse_session=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
    const me = await withCookie(cookieOf(answer)).get<Record<string, unknown>>('/me');
    expect(me.body).toEqual(answer.body.user);
    expect(me.body).toMatchObject({ currency: 'EUR', timeZone: 'UTC', permissions: { 'lead.read': 'own' } });
  });

  it('keeps only a hash of the cookie', async () => {
    const token = cookieOf(await login('rep@example.com')).split('=')[1] ?? '';
    const rows = await server.database.sql.rows<{ row: string }>(sql`select to_json(s)::text as row from session s`);
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(token);
  });

  it('says the same for a wrong password, an unknown address and a deactivated person', async () => {
    await server.database.sql.rows(
      sql`update app_user set status = 'deactivated' where email = 'stranger@example.com'`,
    );
    const answers = [
      await login('rep@example.com', 'not the password'),
      await login('nobody@example.com'),
      await login('stranger@example.com'),
    ];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      expect(body).toMatchObject({ code: 'invalid_credentials', detail: answers[0]?.body.detail });
      expect(headers.getSetCookie()).toEqual([]);
    }
  });

  it('refuses unknown fields and what is no e-mail address, naming both', async () => {
    const answer = await server.anonymous.post<Problem>('/auth/login', { email: 'x', password: '', isAdmin: true });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map((error) => error.pointer).sort()).toEqual(['/email', '/isAdmin', '/password']);
  });

  it('is written down, failed or not, without the password', async () => {
    await login('rep@example.com', 'a password typed wrong');
    await login('rep@example.com');
    const rows = await server.database.sql.rows<{ action: string; text: string }>(sql`
      select action, to_json(a)::text as text from audit_entry a where action like 'user.sign%' order by id desc limit 2`);
    expect(rows.map((row) => row.action)).toEqual(['user.signed-in', 'user.sign-in-failed']);
    for (const { text } of rows) expect(text).not.toContain('typed wrong');
  });

  it('refuses a form that another site sends', async () => {
    expect((await login('rep@example.com', PASSWORD, { Origin: 'https://evil.example' })).body.code).toBe('csrf');
    expect((await login('rep@example.com', PASSWORD, { 'Sec-Fetch-Site': 'cross-site' })).body.code).toBe('csrf');
    expect((await login('rep@example.com', PASSWORD, { Origin: server.url })).status).toBe(200);
  });
});

describe('a session', () => {
  it('is replaced when its browser signs in again', async () => {
    const first = cookieOf(await login('rep@example.com'));
    const second = cookieOf(await login('rep@example.com', PASSWORD, { Cookie: first }));
    expect(second).not.toBe(first);
    expect((await withCookie(first).get<Problem>('/me')).body.code).toBe('session_ended');
    expect((await withCookie(second).get('/me')).status).toBe(200);
  });

  it('ends with sign-out, and the cookie is taken back', async () => {
    const client = withCookie(cookieOf(await login('rep@example.com')));
    const out = await client.post('/auth/logout');
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^salespulse_session=; Max-Age=0/);
    const after = await client.get<Problem>('/me');
    expect([after.status, after.body.code]).toEqual([401, 'session_ended']);
    expect(after.headers.getSetCookie()[0]).toMatch(/^salespulse_session=; Max-Age=0/);
  });

  it('ends after half an hour without a request, however often it was used before', async () => {
    const start = Date.now();
    const client = withCookie(cookieOf(await login('rep@example.com')));
    const statusAt = (minutes: number) =>
      at(new Date(start + minutes * MINUTE), async () => (await client.get('/me')).status);
    expect(await statusAt(29)).toBe(200);
    expect(await statusAt(58)).toBe(200);
    expect(await statusAt(89)).toBe(401);
  });

  it('ends after twelve hours even in constant use', async () => {
    const start = Date.now();
    const client = withCookie(cookieOf(await login('rep@example.com')));
    const statuses: number[] = [];
    for (let minutes = 20; minutes <= 12 * 60 + 20; minutes += 20) {
      statuses.push(await at(new Date(start + minutes * MINUTE), async () => (await client.get('/me')).status));
    }
    expect(statuses.slice(0, 35).every((status) => status === 200)).toBe(true);
    expect(statuses.at(-1)).toBe(401);
  });

  it('writes down when it was last seen at most once a minute', async () => {
    const start = Date.now();
    const client = withCookie(cookieOf(await login('manager@example.com')));
    const lastSeenAt = async (seconds: number) => {
      await at(new Date(start + seconds * 1000), () => client.get('/me'));
      const row = await server.database.sql.first<{ seen: number }>(sql`
        select (extract(epoch from max(last_seen_at)) * 1000)::float8 as seen from session
        where user_id = ${server.company.users.manager}::uuid`);
      return row?.seen;
    };
    const before = await lastSeenAt(1);
    expect(await lastSeenAt(50)).toBe(before);
    expect(await lastSeenAt(70)).toBe(start + 70_000);
  });
});

describe('a request', () => {
  it('is refused to strangers', async () => {
    for (const [method, path] of [
      ['GET', '/me'],
      ['POST', '/auth/logout'],
    ] as const) {
      const answer = await server.anonymous.call<Problem>(method, path);
      expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated']);
    }
  });

  it('that changes something needs the header that only our pages can send', async () => {
    const cookie = cookieOf(await login('admin@example.com'));
    const write = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/v1/auth/logout`, { method: 'POST', headers: { Cookie: cookie, ...headers } });
    const codeOf = async (response: Response) => ((await response.json()) as Problem).code;
    expect(await codeOf(await write({}))).toBe('csrf');
    const header = { 'X-SalesPulse-Request': '1' };
    expect(await codeOf(await write({ ...header, Origin: 'https://evil.example' }))).toBe('csrf');
    expect(await codeOf(await write({ ...header, Origin: 'null' }))).toBe('csrf');
    expect(await codeOf(await write({ ...header, 'Sec-Fetch-Site': 'same-site' }))).toBe('csrf');
    expect((await write({ ...header, Origin: server.url, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(204);
  });

  it('with a credential of its own is judged by that alone, not by the cookie', async () => {
    const cookie = cookieOf(await login('admin@example.com'));
    const client = new TestClient(server.url, { Cookie: cookie, Authorization: 'Bearer not-a-token' });
    expect((await client.get('/me')).status).toBe(401);
    const basic = new TestClient(server.url, { Cookie: cookie, Authorization: 'Basic YTpi' });
    expect((await basic.get('/me')).status).toBe(401);
  });
});

describe('a password hashed as it was done before', () => {
  it('opens the account and is hashed anew on the way', async () => {
    const { secret } = server.config;
    const pepper = Buffer.from(hkdfSync('sha256', secret, 'salespulse', 'password-pepper', 32));
    const cheap = await bcrypt.hash(createHmac('sha384', pepper).update(PASSWORD).digest('base64'), 10);
    const email = 'viewer@example.com';
    await server.database.sql.rows(sql`update app_user set password_hash = ${cheap} where email = ${email}`);
    const hashOf = async () =>
      (
        await server.database.sql.first<{ hash: string }>(sql`
          select password_hash as hash from app_user where email = ${email}`)
      )?.hash;
    expect((await login(email, 'not the password')).status).toBe(401);
    expect(await hashOf()).toBe(cheap);
    expect((await login(email)).status).toBe(200);
    const hash = await hashOf();
    expect(bcrypt.getRounds(hash ?? '')).toBe(server.config.passwordCost);
    expect((await login(email)).status).toBe(200);
    expect(await hashOf()).toBe(hash);
  });
});
