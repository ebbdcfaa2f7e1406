import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MySession } from '../../backend/contracts/account.ts';
import { sql } from '../../backend/db/index.ts';
import { type Host, registerHost } from '../embed/host.ts';
import { TestClient } from '../support/client.ts';
import { PASSWORD, people } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { Browser } from '../support/signed-in.ts';
import { auditOf, outcome, signedIn, wait } from './second-steps.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

let server: TestServer;
let host: Host;
beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date();
  host = await registerHost(server);
});
afterAll(() => server.close());

const listOf = async (browser: Browser): Promise<MySession[]> =>
  (await browser.get<{ items: MySession[] }>('/me/sessions')).body.items;
const currentOf = async (browser: Browser): Promise<MySession | undefined> =>
  (await listOf(browser)).find(({ isCurrent }) => isCurrent);
const statusOf = async (browser: Browser): Promise<number> => (await browser.get('/me')).status;

describe('own sessions', () => {
  it('are listed with where from and how long, and only one’s own', async () => {
    const mine = await signedIn(server, 'rep');
    const other = new Browser(server.url, { 'User-Agent': 'Old phone' });
    await other.post('/auth/login', { email: people.rep.email, password: PASSWORD });
    await signedIn(server, 'colleague');
    const sessions = await listOf(mine);
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    const phone = sessions.find(({ userAgent }) => userAgent === 'Old phone');
    expect(phone).toMatchObject({ isCurrent: false, method: 'password', address: expect.stringMatching(/127|::1/) });
    expect(Date.parse(phone?.expiresAt ?? '') - Date.parse(phone?.createdAt ?? '')).toBe(12 * HOUR * 1000);
  });

  it('are ended one by one, and nobody else’s', async () => {
    const mine = await signedIn(server, 'colleague');
    const lost = await signedIn(server, 'colleague');
    const { id = '' } = (await currentOf(lost)) ?? {};
    const stranger = await signedIn(server, 'stranger');
    expect(outcome(await stranger.delete(`/me/sessions/${id}`))).toEqual([404, 'not_found']);
    expect(await statusOf(lost)).toBe(200);
    expect((await mine.delete(`/me/sessions/${id}`)).status).toBe(204);
    expect(outcome(await lost.get('/me'))).toEqual([401, 'session_ended']);
    expect(outcome(await mine.delete(`/me/sessions/${id}`))).toEqual([404, 'not_found']);
    expect((await listOf(mine)).map((session) => session.id)).not.toContain(id);
    const [row] = (await auditOf(server, 'colleague')).filter(({ action }) => action === 'user.session-ended');
    expect(JSON.parse(row?.text ?? '{}').before).toEqual({ sessionId: id });
  });

  it('include the one that asks, whose cookie is then taken back', async () => {
    const browser = await signedIn(server, 'colleague');
    const { id } = (await currentOf(browser)) ?? {};
    const answer = await browser.delete(`/me/sessions/${id}`);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^salespulse_session=; Max-Age=0/);
    expect(outcome(await new Browser(server.url).get('/me/sessions'))).toEqual([401, 'unauthenticated']);
  });

  it('all end at once, in host pages too', async () => {
    const browsers = [await signedIn(server, 'rep'), await signedIn(server, 'rep')];
    const page = await host.visit();
    const colleague = await signedIn(server, 'colleague');
    expect((await page.get('/me')).status).toBe(200);
    const answer = await browsers[0]?.post('/auth/logout/everywhere');
    expect(answer?.status).toBe(204);
    expect(answer?.headers.getSetCookie()[0]).toMatch(/^salespulse_session=; Max-Age=0/);
    wait(server, 4);
    expect(await statusOf(browsers[1] ?? colleague)).toBe(401);
    expect(outcome(await page.get('/me'))).toEqual([401, 'session_ended']);
    expect(await statusOf(colleague)).toBe(200);
    expect((await auditOf(server, 'rep')).at(-1)?.action).toBe('user.signed-out-everywhere');
  });

  it('are out of reach for pages of other sites', async () => {
    const page = await host.visit();
    for (const [method, path] of [
      ['GET', '/me/sessions'],
      ['GET', '/me/security'],
      ['POST', '/auth/logout/everywhere'],
    ] as const) {
      expect(outcome(await page.call(method, path)), path).toEqual([403, 'forbidden']);
    }
  });
});

describe('how long a session lasts', () => {
  const decide = async (settings: { sessionIdleMinutes?: number; sessionMaxHours?: number }) => {
    const admin = await signedIn(server, 'admin');
    expect((await admin.patch('/settings/sign-in', settings)).status).toBe(200);
    wait(server, 4);
  };
  beforeEach(() => decide({ sessionIdleMinutes: 30, sessionMaxHours: 12 }));

  it('is half an hour without a request', async () => {
    const browser = await signedIn(server, 'viewer');
    wait(server, 29 * MINUTE);
    expect(await statusOf(browser)).toBe(200);
    wait(server, 30 * MINUTE);
    expect(await statusOf(browser)).toBe(401);
  });

  it('is what administrators decide, for sessions that are open too', async () => {
    const browser = await signedIn(server, 'viewer');
    await decide({ sessionIdleMinutes: 5 });
    wait(server, 5 * MINUTE);
    expect(await statusOf(browser)).toBe(401);
    const long = await signedIn(server, 'viewer');
    await decide({ sessionMaxHours: 1 });
    expect(
      Date.parse((await currentOf(long))?.expiresAt ?? '') - (server.clock.now?.getTime() ?? 0),
    ).toBeLessThanOrEqual(HOUR * 1000);
    for (let minutes = 0; minutes < 56; minutes += 4) {
      wait(server, 4 * MINUTE);
      expect(await statusOf(long)).toBe(200);
    }
    wait(server, 4 * MINUTE);
    expect(await statusOf(long)).toBe(401);
    expect(await listOf(await signedIn(server, 'viewer'))).toHaveLength(1);
  });

  it('is never longer than what was promised when it began', async () => {
    await decide({ sessionIdleMinutes: 30, sessionMaxHours: 1 });
    const browser = await signedIn(server, 'viewer');
    await decide({ sessionMaxHours: 24 });
    for (let minutes = 0; minutes < 40; minutes += 20) {
      wait(server, 20 * MINUTE);
      expect(await statusOf(browser)).toBe(200);
    }
    wait(server, 20 * MINUTE);
    expect(await statusOf(browser)).toBe(401);
  });
});

describe('a deactivated person', () => {
  it('is out within 5 seconds, in the console, in host pages and by key', async () => {
    const browser = await signedIn(server, 'rep');
    const page = await host.visit();
    const admin = await signedIn(server, 'admin');
    const { body } = await admin.post<{ key: string }>('/api-keys', {
      name: 'Reader',
      permissions: { 'lead.read': 'all' },
      expiresOn: new Date((server.clock.now?.getTime() ?? 0) + 48 * HOUR * 1000).toISOString().slice(0, 10),
    });
    const key = new TestClient(server.url, { Authorization: `Bearer ${body.key}` });
    const statuses = async () => [
      await statusOf(browser),
      (await page.get('/leads')).status,
      (await key.get('/leads')).status,
    ];
    expect(await statuses()).toEqual([200, 200, 200]);
    // By another process: nothing in this one is told.
    await server.database.sql.rows(sql`
      update app_user set status = 'deactivated' where email in (${people.rep.email}, ${people.admin.email})`);
    wait(server, 5);
    expect(await statuses()).toEqual([401, 401, 401]);
  });
});

describe('a cookie over TLS', () => {
  it('is bound to this host, and the plain name counts for nothing', async () => {
    const secure = await startTestServer({ PUBLIC_URL: 'https://sales.example.com' });
    try {
      const answer = await new TestClient(secure.url).post('/auth/login', {
        email: people.rep.email,
        password: PASSWORD,
      });
      const [cookie = ''] = answer.headers.getSetCookie();
      const [value = '', ...attributes] = cookie.split('; ');
      expect(value).toMatch(/^__Host-salespulse_session=[\w-]{43}$/);
      expect(attributes.sort()).toEqual(['HttpOnly', `Max-Age=${12 * HOUR}`, 'Path=/', 'SameSite=Lax', 'Secure']);
      const plain = new TestClient(secure.url, { Cookie: value.replace('__Host-', '') });
      expect(outcome(await plain.get('/me'))).toEqual([401, 'unauthenticated']);
      expect((await new TestClient(secure.url, { Cookie: value }).get('/me')).status).toBe(200);
    } finally {
      await secure.close();
    }
  });
});
