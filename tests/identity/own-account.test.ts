import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me } from '../../backend/contracts/auth.ts';
import { sql } from '../../backend/db/index.ts';
import { Authenticator } from '../support/authenticator.ts';
import { TestClient } from '../support/client.ts';
import { PASSWORD, people } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { Browser } from '../support/signed-in.ts';
import {
  addTotp,
  auditOf,
  codeAt,
  login,
  mailsTo,
  outcome,
  type Refusal,
  securityOf,
  signedIn,
  wait,
} from './second-steps.ts';

const MINUTE = 60;
const NEW_PASSWORD = 'Zweiundvierzig Giraffen tanzen leise';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date();
});
afterAll(() => server.close());

/** The same session as another tab would use it: with the cookie of now. */
const tabOf = (browser: Browser): TestClient => new TestClient(server.url, { Cookie: browser.cookie });

describe('the own name, language and time zone', () => {
  it('are changed by their person, seen at once and written down', async () => {
    const browser = await signedIn(server, 'viewer');
    const change = { name: 'Vera van Viewer', locale: 'nl-NL', timeZone: 'Europe/Amsterdam' };
    const changed = await browser.patch<Me>('/me', change);
    expect(changed.body).toMatchObject(change);
    expect((await browser.get<Me>('/me')).body).toEqual(changed.body);
    const [row] = (await auditOf(server, 'viewer')).filter(({ action }) => action === 'user.changed');
    expect(JSON.parse(row?.text ?? '{}')).toMatchObject({
      actor_id: server.company.users.viewer,
      before: { name: 'Vera Viewer', locale: null, timeZone: null },
      after: change,
    });
    const cleared = await browser.patch<Me>('/me', { locale: null, timeZone: null });
    expect(cleared.body).toMatchObject({ locale: null, timeZone: 'UTC', name: change.name });
  });

  it('are refused where they make no sense, and nothing else can be changed here', async () => {
    const browser = await signedIn(server, 'viewer');
    const unknown = await browser.patch<Refusal>('/me', { timeZone: 'Mars/Olympus' });
    expect([unknown.status, unknown.body.errors?.[0]?.pointer]).toEqual([422, '/timeZone']);
    const more = { roleId: server.company.users.admin, status: 'active', email: 'boss@example.com', permissions: {} };
    const answer = await browser.patch<Refusal>('/me', more);
    expect(answer.body.errors?.map(({ pointer }) => pointer).sort()).toEqual(
      Object.keys(more)
        .map((key) => `/${key}`)
        .sort(),
    );
  });
});

describe('the own password', () => {
  it('needs the present one, and a good new one', async () => {
    const browser = await signedIn(server, 'rep');
    const change = (current: string, password: string) => browser.post<Refusal>('/me/password', { current, password });
    const pointers = async (answer: Promise<{ status: number; body: Refusal }>) => {
      const { status, body } = await answer;
      return [status, body.errors?.map(({ pointer }) => pointer)];
    };
    expect(await pointers(change('not my password', NEW_PASSWORD))).toEqual([422, ['/current']]);
    expect(await pointers(change(PASSWORD, 'short'))).toEqual([422, ['/password']]);
    expect(await pointers(change(PASSWORD, 'passwordpassword'))).toEqual([422, ['/password']]);
    expect(await pointers(change(PASSWORD, `${people.rep.name} 2026!`))).toEqual([422, ['/password']]);
    expect(await pointers(change(PASSWORD, PASSWORD))).toEqual([422, ['/password']]);
    const rows = await auditOf(server, 'rep');
    expect(rows.map(({ action }) => action)).toContain('user.proof-failed');
    for (const { text } of rows) expect(text).not.toMatch(/not my password|battery/);
  });

  it('ends all other sessions, replaces the own cookie and brings a mail', async () => {
    const other = await signedIn(server, 'rep');
    const browser = await signedIn(server, 'rep');
    const old = tabOf(browser);
    expect((await browser.post('/me/password', { current: PASSWORD, password: NEW_PASSWORD })).status).toBe(204);
    expect((await browser.get('/me')).status).toBe(200);
    expect(outcome(await other.get('/me'))).toEqual([401, 'session_ended']);
    expect(outcome(await old.get('/me'))).toEqual([401, 'session_ended']);
    expect(await mailsTo(server, 'rep')).toEqual(['Your password was changed']);
    expect((await auditOf(server, 'rep')).at(-1)?.action).toBe('user.password-changed');
    expect(outcome(await login(server, 'rep'))).toEqual([401, 'invalid_credentials']);
    const { status } = await new Browser(server.url).post('/auth/login', {
      email: people.rep.email,
      password: NEW_PASSWORD,
    });
    expect(status).toBe(200);
  });

  it('is guessed slowly, before anything is hashed', async () => {
    const browser = await signedIn(server, 'colleague');
    for (let guess = 0; guess < 5; guess += 1) {
      await browser.post('/me/password', { current: `guess ${guess}`, password: NEW_PASSWORD });
    }
    const right = await browser.post('/me/password', { current: PASSWORD, password: NEW_PASSWORD });
    expect(outcome(right)).toEqual([429, 'too_many_requests']);
    expect(outcome(await browser.post('/me/proof', { password: PASSWORD }))).toEqual([429, 'too_many_requests']);
    wait(server, 16 * MINUTE);
    expect((await browser.post('/me/proof', { password: PASSWORD })).status).toBe(204);
  });

  it('is not there for people who come in another way', async () => {
    const browser = await signedIn(server, 'stranger');
    const email = people.stranger.email;
    const row = await server.database.sql.first<{ hash: string }>(sql`
      select password_hash as hash from app_user where email = ${email}`);
    await server.database.sql.rows(sql`update app_user set password_hash = null where email = ${email}`);
    const change = await browser.post('/me/password', { current: PASSWORD, password: NEW_PASSWORD });
    expect(outcome(change)).toEqual([409, 'conflict']);
    expect(outcome(await browser.post('/me/proof', { password: PASSWORD }))).toEqual([422, 'invalid']);
    await server.database.sql.rows(sql`update app_user set password_hash = ${row?.hash} where email = ${email}`);
  });
});

describe('a fresh proof of who is there', () => {
  const changes: [string, string, unknown?][] = [
    ['POST', '/me/totp'],
    ['POST', '/me/totp/confirm', { code: '123456' }],
    ['DELETE', '/me/totp'],
    ['POST', '/me/recovery-codes'],
    ['POST', '/me/passkeys/options'],
    ['POST', '/me/passkeys', { challenge: 'x'.repeat(43), name: 'Key', response: {} }],
    ['DELETE', '/me/passkeys/01890000-0000-7000-8000-000000000000'],
  ];

  it('is asked ten minutes after the last one, before every change of protection', async () => {
    const browser = await signedIn(server, 'manager');
    wait(server, 10 * MINUTE - 1);
    expect((await securityOf(browser)).needsProof).toBe(false);
    expect((await browser.post('/me/totp')).status).toBe(201);
    wait(server, 1);
    expect((await securityOf(browser)).needsProof).toBe(true);
    for (const [method, path, body] of changes) {
      expect(outcome(await browser.call(method, path, body)), path).toEqual([403, 'proof_required']);
    }
  });

  it('by password opens ten minutes and gives the session a new cookie; the old one is dead', async () => {
    const browser = await signedIn(server, 'manager');
    wait(server, 11 * MINUTE);
    const old = tabOf(browser);
    const before = (
      await browser.get<{ items: { id: string; isCurrent: boolean; expiresAt: string }[] }>('/me/sessions')
    ).body;
    const answer = await browser.post('/me/proof', { password: PASSWORD });
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^salespulse_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const refused = await old.get('/me');
    expect(outcome(refused)).toEqual([401, 'session_ended']);
    // A tab that asks with the old cookie must not take the new one away.
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect((await browser.post('/me/totp')).status).toBe(201);
    const after = (await browser.get<typeof before>('/me/sessions')).body;
    const current = ({ items }: typeof before) => items.find(({ isCurrent }) => isCurrent);
    expect(current(after)).toMatchObject({ id: current(before)?.id, expiresAt: current(before)?.expiresAt });
  });

  it('is given by a code of the app, by a recovery code, or by a passkey', async () => {
    const browser = await signedIn(server, 'admin');
    const { secret, recoveryCodes } = await addTotp(server, browser);
    const authenticator = new Authenticator(server.url);
    const creation = (
      await browser.post<{ challenge: string; options: Parameters<Authenticator['create']>[0] }>('/me/passkeys/options')
    ).body;
    const made = { challenge: creation.challenge, name: 'Key', response: authenticator.create(creation.options) };
    expect((await browser.post('/me/passkeys', made)).status).toBe(201);
    const ask = async () =>
      (
        await browser.post<{ challenge: string; options: Parameters<Authenticator['get']>[0] }>(
          '/me/proof/passkey/options',
        )
      ).body;
    const later = async (proof: () => Promise<unknown>) => {
      wait(server, 11 * MINUTE);
      expect((await securityOf(browser)).needsProof).toBe(true);
      const { status } = await browser.post('/me/proof', await proof());
      return [status, (await securityOf(browser)).needsProof];
    };
    expect(await later(async () => ({ code: codeAt(secret, server.clock.now ?? new Date()) }))).toEqual([204, false]);
    expect(await later(async () => ({ code: recoveryCodes[0] }))).toEqual([204, false]);
    const byPasskey = async () => {
      const { challenge, options } = await ask();
      return { challenge, response: authenticator.get(options) };
    };
    expect(await later(byPasskey)).toEqual([204, false]);
    const methods = (await auditOf(server, 'admin'))
      .filter(({ action }) => action === 'user.proof-given')
      .map(({ text }) => JSON.parse(text).after.method);
    expect(methods).toEqual(['totp', 'recovery', 'passkey']);

    const used = await browser.post('/me/proof', { code: recoveryCodes[0] });
    expect(outcome(used)).toEqual([422, 'invalid']);
    const { options } = await ask();
    const foreign = { challenge: creation.challenge, response: authenticator.get(options) };
    expect(outcome(await browser.post('/me/proof', foreign))).toEqual([422, 'invalid']);
  });

  it('needs the header that only our pages can send, and somebody in person', async () => {
    const browser = await signedIn(server, 'viewer');
    const bare = await fetch(`${server.url}/api/v1/me/proof`, {
      method: 'POST',
      headers: { Cookie: browser.cookie, 'Content-Type': 'application/json' },
      body: JSON.stringify({ password: PASSWORD }),
    });
    expect([bare.status, ((await bare.json()) as Refusal).code]).toEqual([403, 'csrf']);
    for (const [method, path, body] of changes) {
      expect(outcome(await server.anonymous.call(method, path, { body })), path).toEqual([401, 'unauthenticated']);
    }
  });

  it('lets one of two at the same time have the session', async () => {
    const browser = await signedIn(server, 'viewer');
    const tabs = [tabOf(browser), tabOf(browser)];
    const answers = await Promise.all(tabs.map((tab) => tab.post('/me/proof', { password: PASSWORD })));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
  });
});
