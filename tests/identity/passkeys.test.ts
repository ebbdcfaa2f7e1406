import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Passkey } from '../../backend/contracts/account.ts';
import { sql } from '../../backend/db/index.ts';
import { Authenticator } from '../support/authenticator.ts';
import type { PersonKey } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { Browser } from '../support/signed-in.ts';
import { addTotp, auditOf, login, mailsTo, outcome, securityOf, signedIn, wait } from './second-steps.ts';

type CreationOptions = Parameters<Authenticator['create']>[0];
type RequestOptions = Parameters<Authenticator['get']>[0];
interface Asked<Options> {
  challenge: string;
  options: Options;
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ TRUST_PROXY: 'true' });
  server.clock.now = new Date();
});
afterAll(() => server.close());

let addresses = 0;
const elsewhere = (): Browser => {
  addresses += 1;
  return new Browser(server.url, { 'X-Forwarded-For': `203.0.113.${addresses}` });
};
const askCreation = async (browser: Browser) =>
  (await browser.post<Asked<CreationOptions & { excludeCredentials: { id: string }[] }>>('/me/passkeys/options')).body;
const askSignIn = async (browser: Browser) =>
  (await browser.post<Asked<RequestOptions & { userVerification: string }>>('/auth/passkey/options')).body;
const askSecondStep = async (browser: Browser, challenge: string) =>
  (await browser.post<Asked<RequestOptions & { userVerification: string }>>('/auth/mfa/passkey/options', { challenge }))
    .body;

/** Signs a person in and gives them a passkey. */
async function withPasskey(person: PersonKey, name = 'Laptop') {
  const browser = await signedIn(server, person);
  const authenticator = new Authenticator(server.url);
  const { challenge, options } = await askCreation(browser);
  const added = await browser.post<{ passkey: Passkey; recoveryCodes: string[] | null }>('/me/passkeys', {
    challenge,
    name,
    response: authenticator.create(options),
  });
  return { browser, authenticator, added };
}

/** Signs in with the passkey alone. */
async function signInBy(authenticator: Authenticator, ways: Parameters<Authenticator['get']>[1] = {}) {
  const browser = elsewhere();
  const { challenge, options } = await askSignIn(browser);
  const sent = { challenge, response: authenticator.get(options, ways) };
  return { browser, answer: await browser.post('/auth/passkey', sent), sent };
}

describe('a passkey', () => {
  let rep: Awaited<ReturnType<typeof withPasskey>>;
  beforeAll(async () => {
    rep = await withPasskey('rep');
  });

  it('is added with a name, recovery codes and a mail, and none of its keys is told', async () => {
    const { added, browser, authenticator } = rep;
    expect(added.status).toBe(201);
    expect(added.body.passkey).toMatchObject({ name: 'Laptop', lastUsedAt: null });
    expect(added.body.recoveryCodes).toHaveLength(10);
    expect((await securityOf(browser)).passkeys).toEqual([added.body.passkey]);
    expect(await mailsTo(server, 'rep')).toEqual(['The protection of your account was changed']);
    const [row] = (await auditOf(server, 'rep')).filter(({ action }) => action === 'user.passkey-added');
    expect(JSON.parse(row?.text ?? '{}').after).toEqual({ passkeyId: added.body.passkey.id, name: 'Laptop' });
    const { options } = await askCreation(browser);
    expect(options.excludeCredentials.map(({ id }) => id)).toEqual([authenticator.credentialId]);
    expect(options.rp.id).toBe('localhost');
  });

  it('signs in alone when it checked the person', async () => {
    const { browser, answer, sent } = await signInBy(rep.authenticator);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ user: { name: 'Rolf Rep' } });
    const { body } = await browser.get<{ items: { method: string; isCurrent: boolean }[] }>('/me/sessions');
    expect(body.items.find(({ isCurrent }) => isCurrent)?.method).toBe('passkey');
    expect((await securityOf(browser)).passkeys[0]?.lastUsedAt).not.toBeNull();
    const { options } = await askSignIn(browser);
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(options.allowCredentials).toBeUndefined();
    const replayed = await elsewhere().post('/auth/passkey', sent);
    expect(outcome(replayed)).toEqual([401, 'invalid_credentials']);
  });

  it.each([
    ['did not check the person', { isVerified: false }],
    ['was asked by a page of another site', { origin: 'https://evil.example' }],
    ['was asked on another port', { origin: 'http://localhost:1' }],
  ])('does not sign in alone when it %s', async (_, ways) => {
    const { answer, browser } = await signInBy(rep.authenticator, ways);
    expect(outcome(answer)).toEqual([401, 'invalid_credentials']);
    expect(browser.cookie).toBe('');
  });

  it('does not answer a question put to somebody else, for something else, or too long ago', async () => {
    const browser = elsewhere();
    const asked = await askSignIn(browser);
    const other = await askSignIn(browser);
    const mixed = { challenge: asked.challenge, response: rep.authenticator.get(other.options) };
    expect(outcome(await browser.post('/auth/passkey', mixed))).toEqual([401, 'invalid_credentials']);
    const proof = (await rep.browser.post<Asked<RequestOptions>>('/me/proof/passkey/options')).body;
    const swapped = { challenge: proof.challenge, response: rep.authenticator.get(proof.options) };
    expect(outcome(await elsewhere().post('/auth/passkey', swapped))).toEqual([401, 'invalid_credentials']);
    wait(server, 5 * 60);
    const late = { challenge: asked.challenge, response: rep.authenticator.get(asked.options) };
    expect(outcome(await elsewhere().post('/auth/passkey', late))).toEqual([401, 'invalid_credentials']);
  });

  it('that nobody added opens nothing', async () => {
    const unknown = new Authenticator(server.url);
    expect(outcome((await signInBy(unknown)).answer)).toEqual([401, 'invalid_credentials']);
    const shapeless = await elsewhere().post('/auth/passkey', {
      challenge: (await askSignIn(elsewhere())).challenge,
      response: { id: 7, response: 'text' },
    });
    expect(outcome(shapeless)).toEqual([401, 'invalid_credentials']);
  });

  it('that was copied is refused and written down, but a forged signature is not taken for a copy', async () => {
    const copies = async () =>
      (await auditOf(server, 'rep')).filter(({ action }) => action === 'user.passkey-copied').length;
    const { counter } = rep.authenticator;
    expect(outcome((await signInBy(rep.authenticator, { counter: 1 })).answer)).toEqual([401, 'invalid_credentials']);
    expect(await copies()).toBe(1);
    const browser = elsewhere();
    const { challenge, options } = await askSignIn(browser);
    const response = rep.authenticator.get(options, { counter: 1 });
    response.response.signature = Buffer.from('not a signature').toString('base64url');
    expect(outcome(await browser.post('/auth/passkey', { challenge, response }))).toEqual([401, 'invalid_credentials']);
    expect(await copies()).toBe(1);
    expect((await signInBy(rep.authenticator, { counter: counter + 1 })).answer.status).toBe(200);
  });

  it('of an authenticator that does not count works again and again', async () => {
    const { authenticator } = await withPasskey('viewer');
    for (let time = 0; time < 2; time += 1) {
      expect((await signInBy(authenticator, { counter: 0 })).answer.status).toBe(200);
    }
  });

  it('opens nothing for a deactivated person', async () => {
    const set = (status: string) =>
      server.database.sql.rows(sql`update app_user set status = ${status} where email = 'rep@example.com'`);
    await set('deactivated');
    expect(outcome((await signInBy(rep.authenticator)).answer)).toEqual([401, 'invalid_credentials']);
    await set('active');
    expect((await signInBy(rep.authenticator)).answer.status).toBe(200);
  });
});

describe('a passkey as the second step', () => {
  let manager: Awaited<ReturnType<typeof withPasskey>>;
  let colleague: Awaited<ReturnType<typeof withPasskey>>;
  beforeAll(async () => {
    manager = await withPasskey('manager');
    colleague = await withPasskey('colleague');
  });

  it('follows the password, for one of the own passkeys', async () => {
    const browser = elsewhere();
    const { body } = await login(server, 'manager', browser);
    expect(body.methods).toEqual(['passkey', 'recovery']);
    const { challenge, options } = await askSecondStep(browser, body.challenge);
    expect(options.allowCredentials?.map(({ id }) => id)).toEqual([manager.authenticator.credentialId]);
    expect(options.userVerification).toBe('preferred');
    const response = manager.authenticator.get(options, { isVerified: false });
    expect((await browser.post('/auth/mfa/passkey', { challenge, response })).status).toBe(200);
    const { body: mine } = await browser.get<{ items: { method: string; isCurrent: boolean }[] }>('/me/sessions');
    expect(mine.items.find(({ isCurrent }) => isCurrent)?.method).toBe('password+passkey');
    expect(outcome(await elsewhere().post('/auth/mfa/passkey', { challenge, response }))).toEqual([
      401,
      'session_ended',
    ]);
  });

  it('of somebody else does not do', async () => {
    const browser = elsewhere();
    const { body } = await login(server, 'manager', browser);
    const { challenge, options } = await askSecondStep(browser, body.challenge);
    const foreign = await browser.post('/auth/mfa/passkey', {
      challenge,
      response: colleague.authenticator.get(options),
    });
    expect(outcome(foreign)).toEqual([422, 'invalid']);
    expect(browser.cookie).toBe('');
  });

  it('answers only the question put last, and none that was not put', async () => {
    const browser = elsewhere();
    const { body } = await login(server, 'manager', browser);
    const unasked = {
      challenge: body.challenge,
      response: manager.authenticator.get({ challenge: 'AAAA', rpId: 'localhost' }),
    };
    expect(outcome(await browser.post('/auth/mfa/passkey', unasked))).toEqual([422, 'invalid']);
    const first = await askSecondStep(browser, body.challenge);
    const second = await askSecondStep(browser, body.challenge);
    const answer = (options: RequestOptions) =>
      browser.post('/auth/mfa/passkey', { challenge: body.challenge, response: manager.authenticator.get(options) });
    expect(outcome(await answer(first.options))).toEqual([422, 'invalid']);
    expect((await answer(second.options)).status).toBe(200);
  });

  it('lets one of two answers at the same time through', async () => {
    const browser = elsewhere();
    const { body } = await login(server, 'manager', browser);
    const { challenge, options } = await askSecondStep(browser, body.challenge);
    const response = manager.authenticator.get(options);
    const answers = await Promise.all(
      [elsewhere(), elsewhere()].map((one) => one.post('/auth/mfa/passkey', { challenge, response })),
    );
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  });
});

describe('own passkeys', () => {
  it('are renamed and removed by their person alone', async () => {
    const { browser, added } = await withPasskey('stranger');
    const { id } = added.body.passkey;
    const other = await signedIn(server, 'admin');
    expect(outcome(await other.patch(`/me/passkeys/${id}`, { name: 'Mine' }))).toEqual([404, 'not_found']);
    expect(outcome(await other.delete(`/me/passkeys/${id}`))).toEqual([404, 'not_found']);
    expect((await browser.patch<Passkey>(`/me/passkeys/${id}`, { name: 'Old laptop' })).body.name).toBe('Old laptop');
    expect((await browser.delete(`/me/passkeys/${id}`)).status).toBe(204);
    expect(await securityOf(browser)).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
    expect((await login(server, 'stranger', elsewhere())).body.user.name).toBe('Stan Stranger');
  });

  it('bring recovery codes only to who has none, and keep them while a second step is left', async () => {
    const browser = await signedIn(server, 'stranger');
    await addTotp(server, browser);
    const { challenge, options } = await askCreation(browser);
    const response = new Authenticator(server.url).create(options);
    const added = await browser.post<{ passkey: Passkey; recoveryCodes: null }>('/me/passkeys', {
      challenge,
      name: 'Key',
      response,
    });
    expect(added.body.recoveryCodes).toBeNull();
    await browser.delete('/me/totp');
    expect((await securityOf(browser)).recoveryCodesLeft).toBe(10);
    await browser.delete(`/me/passkeys/${added.body.passkey.id}`);
    expect((await securityOf(browser)).recoveryCodesLeft).toBe(0);
  });

  it('are not taken twice, from another page, for another question, or with a chain of certificates', async () => {
    const browser = await signedIn(server, 'stranger');
    const authenticator = new Authenticator(server.url);
    const add = async (make: (options: CreationOptions) => unknown, asked?: Asked<CreationOptions>) => {
      const { challenge, options } = asked ?? (await askCreation(browser));
      return outcome(await browser.post('/me/passkeys', { challenge, name: 'Key', response: make(options) }));
    };
    const chain = new Map<string, unknown>([
      ['alg', -7],
      ['sig', Buffer.alloc(8)],
      ['x5c', new Map()],
    ]);
    expect(await add((options) => authenticator.create(options, { attestation: ['packed', chain] }))).toEqual([
      422,
      'invalid',
    ]);
    expect(await add((options) => authenticator.create(options, { attestation: ['apple', chain] }))).toEqual([
      422,
      'invalid',
    ]);
    expect(await add((options) => authenticator.create(options, { origin: 'https://evil.example' }))).toEqual([
      422,
      'invalid',
    ]);
    expect(await add((options) => authenticator.create({ ...options, challenge: 'AAAA' }))).toEqual([422, 'invalid']);
    const foreign = await askCreation(await signedIn(server, 'admin'));
    expect(await add((options) => authenticator.create(options), foreign)).toEqual([422, 'invalid']);
    const asked = await askCreation(browser);
    expect((await add((options) => authenticator.create(options), asked))[0]).toBe(201);
    expect(await add((options) => authenticator.create(options), asked)).toEqual([422, 'invalid']);
    expect(await add((options) => authenticator.create(options))).toEqual([409, 'conflict']);
  });

  it('can’t be removed while they are the only way in', async () => {
    const { body } = await (await signedIn(server, 'admin')).get<{ id: string }>('/me');
    const { browser, added } = await withPasskey('admin');
    const hash = await server.database.sql.first<{ hash: string }>(sql`
      select password_hash as hash from app_user where id = ${body.id}::uuid`);
    await server.database.sql.rows(sql`update app_user set password_hash = null where id = ${body.id}::uuid`);
    expect(outcome(await browser.delete(`/me/passkeys/${added.body.passkey.id}`))).toEqual([409, 'conflict']);
    await server.database.sql.rows(sql`update app_user set password_hash = ${hash?.hash} where id = ${body.id}::uuid`);
    expect((await browser.delete(`/me/passkeys/${added.body.passkey.id}`)).status).toBe(204);
  });
});
