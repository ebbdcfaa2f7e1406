import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import { people } from '../support/people.ts';
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

const PROTECTION = 'The protection of your account was changed';

let server: TestServer;
beforeAll(async () => {
  // Requests of one test come from addresses of their own.
  server = await startTestServer({ TRUST_PROXY: 'true' });
  server.clock.now = new Date();
});
afterAll(() => server.close());

let addresses = 0;
/** A browser at an address that nobody used before. */
const elsewhere = (): Browser => {
  addresses += 1;
  return new Browser(server.url, { 'X-Forwarded-For': `198.51.100.${addresses}` });
};
const answer = (browser: Browser, kind: 'totp' | 'recovery', challenge: string, code: string) =>
  browser.post<Refusal>(`/auth/mfa/${kind}`, { challenge, code });
/** A fresh challenge for somebody whose password is right. */
const challengeOf = async (person: keyof typeof people): Promise<string> =>
  (await login(server, person, elsewhere())).body.challenge;
/** The next code that was not shown before. */
const nextCode = (secret: string): string => codeAt(secret, wait(server, 30));

describe('an authenticator app', () => {
  let browser: Browser;
  let secret: string;
  beforeAll(async () => {
    browser = await signedIn(server, 'rep');
  });

  it('is offered as text, address and QR code, and counts only once confirmed', async () => {
    const { body } = await browser.post<{ secret: string; uri: string; qr: { size: number; rows: string[] } }>(
      '/me/totp',
    );
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body.uri).toMatch(/^otpauth:\/\/totp\/SalesPulse:rep%40example\.com\?/);
    expect(body.uri).toContain(`secret=${body.secret}`);
    expect(body.qr.rows).toHaveLength(body.qr.size);
    for (const row of body.qr.rows) expect(row).toMatch(new RegExp(`^[01]{${body.qr.size}}$`));
    expect((await securityOf(browser)).totp).toEqual({ isOn: false, since: null });
    expect((await login(server, 'rep')).body.user.name).toBe('Rolf Rep');
  });

  it('is confirmed by its first code, which brings ten recovery codes and a mail', async () => {
    secret = (await browser.post<{ secret: string }>('/me/totp')).body.secret;
    const wrong = await browser.post<Refusal>('/me/totp/confirm', { code: '000000' });
    expect([wrong.status, wrong.body.errors?.[0]?.pointer]).toEqual([422, '/code']);
    const code = codeAt(secret, server.clock.now ?? new Date());
    const right = await browser.post<{ recoveryCodes: string[] }>('/me/totp/confirm', { code });
    expect(new Set(right.body.recoveryCodes).size).toBe(10);
    for (const one of right.body.recoveryCodes) expect(one).toMatch(/^([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}$/);
    expect(await securityOf(browser)).toMatchObject({ totp: { isOn: true }, recoveryCodesLeft: 10 });
    expect(outcome(await browser.post('/me/totp'))).toEqual([409, 'conflict']);
    expect(await mailsTo(server, 'rep')).toEqual([PROTECTION]);
  });

  it('asks for its code after the right password, and opens the session with it', async () => {
    const other = elsewhere();
    const first = await login(server, 'rep', other);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ mfaRequired: true, methods: ['totp', 'recovery'] });
    expect(first.headers.getSetCookie()).toEqual([]);
    const second = await answer(other, 'totp', first.body.challenge, nextCode(secret));
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ user: { name: 'Rolf Rep' } });
    const { body } = await other.get<{ items: { method: string; isCurrent: boolean }[] }>('/me/sessions');
    expect(body.items.find(({ isCurrent }) => isCurrent)?.method).toBe('password+totp');
    const again = await answer(other, 'totp', first.body.challenge, nextCode(secret));
    expect(outcome(again)).toEqual([401, 'session_ended']);
  });

  it('takes no code twice, not even at the same time', async () => {
    const challenges = [await challengeOf('rep'), await challengeOf('rep'), await challengeOf('rep')];
    const code = nextCode(secret);
    const answers = await Promise.all(challenges.map((challenge) => answer(elsewhere(), 'totp', challenge, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    expect(outcome(await answer(elsewhere(), 'totp', await challengeOf('rep'), code))).toEqual([422, 'invalid']);
    // A code of a step before the last one taken is as good as used.
    const earlier = codeAt(secret, new Date((server.clock.now?.getTime() ?? 0) - 30_000));
    expect(outcome(await answer(elsewhere(), 'totp', await challengeOf('rep'), earlier))).toEqual([422, 'invalid']);
  });

  it('bears a wrong code: the challenge works for five minutes', async () => {
    const challenge = await challengeOf('rep');
    const other = elsewhere();
    const wrong = await answer(other, 'totp', challenge, '123456');
    expect(wrong.body.errors).toEqual([{ pointer: '/code', message: expect.stringMatching(/wrong/) }]);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    wait(server, 4 * 60);
    expect((await answer(other, 'totp', challenge, nextCode(secret))).status).toBe(200);
    const late = await challengeOf('rep');
    wait(server, 5 * 60);
    expect(outcome(await answer(other, 'totp', late, nextCode(secret)))).toEqual([401, 'session_ended']);
  });

  it('is guessed slowly, from wherever, and the right code waits too', async () => {
    const challenge = await challengeOf('rep');
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await answer(elsewhere(), 'totp', challenge, `00000${guess}`)).status).toBe(422);
    }
    const refused = await answer(elsewhere(), 'totp', challenge, nextCode(secret));
    // 30 s have passed: by then the wait of one second was over, so the code counted and was right.
    expect(refused.status).toBe(200);
    const next = await challengeOf('rep');
    for (let guess = 0; guess < 5; guess += 1) await answer(elsewhere(), 'totp', next, `00000${guess}`);
    const code = codeAt(secret, server.clock.now ?? new Date());
    const waiting = await answer(elsewhere(), 'totp', next, code);
    expect(outcome(waiting)).toEqual([429, 'too_many_requests']);
    expect(waiting.headers.get('retry-after')).toBe('1');
    wait(server, 16 * 60);
  });

  it('leaves no secret in the database or in the audit log', async () => {
    const rows = await server.database.sql.rows<{ text: string }>(sql`
      select to_json(u)::text as text from app_user u union all select to_json(t)::text from one_time_token t
      union all select to_json(a)::text from audit_entry a`);
    for (const { text } of rows) expect(text).not.toContain(secret);
    const actions = (await auditOf(server, 'rep')).map(({ action }) => action);
    for (const action of ['user.totp-added', 'user.second-step-asked', 'user.second-step-failed', 'user.signed-in']) {
      expect(actions).toContain(action);
    }
  });

  it('is removed with a mail, and the recovery codes go with it', async () => {
    const fresh = elsewhere();
    const { body } = await login(server, 'rep', fresh);
    await answer(fresh, 'totp', body.challenge, nextCode(secret));
    expect((await fresh.delete('/me/totp')).status).toBe(204);
    expect(await securityOf(fresh)).toMatchObject({ totp: { isOn: false }, recoveryCodesLeft: 0 });
    expect((await mailsTo(server, 'rep')).at(-1)).toBe(PROTECTION);
    expect((await login(server, 'rep', elsewhere())).body.user.name).toBe('Rolf Rep');
    expect(outcome(await fresh.delete('/me/totp'))).toEqual([404, 'not_found']);
  });
});

describe('a recovery code', () => {
  let codes: string[];
  let browser: Browser;
  beforeAll(async () => {
    browser = await signedIn(server, 'manager');
    codes = (await addTotp(server, browser)).recoveryCodes;
  });

  it('opens the session once, however it is typed', async () => {
    const other = elsewhere();
    const typed = ` ${codes[0]?.toLowerCase().replaceAll('-', ' ')} `;
    const { status } = await answer(other, 'recovery', await challengeOf('manager'), typed);
    expect(status).toBe(200);
    expect(await securityOf(other)).toMatchObject({ recoveryCodesLeft: 9, totp: { isOn: true } });
    const again = await answer(elsewhere(), 'recovery', await challengeOf('manager'), codes[0] ?? '');
    expect(outcome(again)).toEqual([422, 'invalid']);
    const used = (await auditOf(server, 'manager')).filter(({ action }) => action === 'user.recovery-code-used');
    expect(used.map(({ text }) => JSON.parse(text).after)).toEqual([{ left: 9 }]);
    expect((await mailsTo(server, 'manager')).at(-1)).toBe(PROTECTION);
  });

  it('is spent once by many at the same time', async () => {
    const challenges = [await challengeOf('manager'), await challengeOf('manager'), await challengeOf('manager')];
    const answers = await Promise.all(
      challenges.map((challenge) => answer(elsewhere(), 'recovery', challenge, codes[1] ?? '')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
  });

  it('is kept only as a keyed hash, and is nobody else’s', async () => {
    const rows = await server.database.sql.rows<{ text: string }>(sql`
      select to_json(c)::text as text from recovery_code c union all select to_json(a)::text from audit_entry a`);
    for (const { text } of rows) for (const code of codes) expect(text).not.toContain(code);
    await addTotp(server, await signedIn(server, 'viewer'));
    const foreign = await answer(elsewhere(), 'recovery', await challengeOf('viewer'), codes[2] ?? '');
    expect(outcome(foreign)).toEqual([422, 'invalid']);
  });

  it('is replaced by new ones', async () => {
    const fresh = elsewhere();
    await answer(fresh, 'recovery', await challengeOf('manager'), codes[3] ?? '');
    const made = await fresh.post<{ recoveryCodes: string[] }>('/me/recovery-codes');
    expect(made.status).toBe(201);
    expect(made.body.recoveryCodes).toHaveLength(10);
    const old = await answer(elsewhere(), 'recovery', await challengeOf('manager'), codes[4] ?? '');
    expect(outcome(old)).toEqual([422, 'invalid']);
    const { status } = await answer(
      elsewhere(),
      'recovery',
      await challengeOf('manager'),
      made.body.recoveryCodes[0] ?? '',
    );
    expect(status).toBe(200);
  });

  it('is not made for people without a second step', async () => {
    const plain = await signedIn(server, 'colleague');
    expect(outcome(await plain.post('/me/recovery-codes'))).toEqual([409, 'conflict']);
  });
});

describe('a sign-in half done', () => {
  let secret: string;
  beforeAll(async () => {
    secret = (await addTotp(server, await signedIn(server, 'stranger'))).secret;
  });
  const set = (fields: ReturnType<typeof sql>) =>
    server.database.sql.rows(sql`update app_user set ${fields} where email = ${people.stranger.email}`);

  it('is refused to another site, to made-up challenges and without a code', async () => {
    const forged = new Browser(server.url, { Origin: 'https://evil.example' });
    expect(outcome(await answer(forged, 'totp', 'x'.repeat(43), '123456'))).toEqual([403, 'csrf']);
    expect(outcome(await answer(elsewhere(), 'totp', 'x'.repeat(43), '123456'))).toEqual([401, 'session_ended']);
    expect(outcome(await elsewhere().post('/auth/mfa/totp', { challenge: 'x'.repeat(43) }))).toEqual([422, 'invalid']);
  });

  it('is over when the person was deactivated meanwhile', async () => {
    const challenge = await challengeOf('stranger');
    await set(sql`status = 'deactivated'`);
    expect(outcome(await answer(elsewhere(), 'totp', challenge, nextCode(secret)))).toEqual([401, 'session_ended']);
    await set(sql`status = 'active'`);
  });

  it('is over when a new password was demanded, which only the right password is told', async () => {
    const challenge = await challengeOf('stranger');
    await set(sql`must_reset_password = true`);
    expect(outcome(await answer(elsewhere(), 'totp', challenge, nextCode(secret)))).toEqual([401, 'session_ended']);
    expect(outcome(await login(server, 'stranger', elsewhere()))).toEqual([403, 'password_reset_required']);
    const guess = await elsewhere().post('/auth/login', { email: people.stranger.email, password: 'a wrong guess' });
    expect(outcome(guess)).toEqual([401, 'invalid_credentials']);
    await set(sql`must_reset_password = false`);
  });
});
