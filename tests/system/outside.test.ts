import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SystemCheck, SystemHealth } from '../../backend/contracts/administration.ts';
import type { TestClient } from '../support/client.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { freePort } from '../support/ports.ts';
import { startRedis } from '../support/redis.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const KEY = 'sk-very-secret-key';
const MODELS = JSON.stringify({ data: [{ id: 'small' }, { id: 'large' }] });

let mailbox: Mailbox;
let model: Server;
let answer: { status: number; body: string; headers?: Record<string, string> };
const asked: IncomingMessage[] = [];
let server: TestServer;
let admin: TestClient;

beforeAll(async () => {
  mailbox = await startMailbox({
    login: { username: 'postman', password: 'mail secret' },
    refuses: (address) => address.startsWith('nobody@'),
  });
  model = createServer((req, res) => {
    asked.push(req);
    res.writeHead(answer.status, answer.headers).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(model, 'listening');
  server = await startTestServer({
    MAIL_SERVER: '127.0.0.1',
    MAIL_PORT: String(mailbox.port),
    MAIL_USERNAME: 'postman',
    MAIL_PASSWORD: 'mail secret',
    MAIL_DEFAULT_SENDER: 'SalesPulse <crm@example.com>',
    LLM_API_KEY: KEY,
    LLM_API_BASE: `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1/`,
    LLM_MODEL_NAME: 'large',
  });
  admin = await server.as('admin');
});
afterAll(async () => {
  await server?.close();
  await mailbox?.close();
  model?.close();
});

const check = async (key: string) =>
  (await admin.get<SystemHealth>('/system/health')).body.checks.find((candidate) => candidate.key === key);
const test = async (key: string, body: object = {}) => {
  const answered = await admin.post<SystemCheck>(`/system/health/${key}/test`, body);
  expect(answered.status).toBe(200);
  return answered.body;
};

describe('mail', () => {
  it('is looked at without sending, and its account is not told in full', async () => {
    expect(await check('mail')).toMatchObject({ status: 'ok', canTest: true });
    expect(mailbox.mails).toEqual([]);
    const text = JSON.stringify(await check('mail'));
    expect(text).not.toMatch(/postman|mail secret/);
  });

  it('is tested by a mail to the caller, or to the address given', async () => {
    expect((await test('mail')).detail).toBe(
      'The mail server accepted a mail to admin@example.com. Look whether it arrives.',
    );
    expect((await mailbox.mailTo('admin@example.com')).subject).toContain('Test mail');
    await test('mail', { email: 'other@example.com' });
    expect((await mailbox.mailTo('other@example.com')).from?.text).toContain('crm@example.com');
  });

  it('says what the server said when it refuses', async () => {
    const refused = await test('mail', { email: 'nobody@example.com' });
    expect(refused).toMatchObject({ status: 'failed' });
    expect(refused.detail).toContain('no such mailbox here');
  });
});

describe('the language model', () => {
  it('counts as untried until it was tested, and as what the test said afterwards', async () => {
    expect(await check('model')).toMatchObject({ status: 'warning' });
    expect(asked).toEqual([]);
    answer = { status: 200, body: MODELS };
    expect(await test('model')).toMatchObject({ status: 'ok' });
    expect(asked[0]).toMatchObject({ method: 'GET', url: '/v1/models' });
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(await check('model')).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['refuses the key', { status: 401, body: '{}' }, 'failed', 'LLM_API_KEY'],
    ['is not there', { status: 404, body: 'nothing' }, 'failed', 'LLM_API_BASE'],
    ['is something else', { status: 200, body: '<html>' }, 'failed', 'no language model API'],
    ['lacks the model', { status: 200, body: '{"data":[{"id":"small"}]}' }, 'warning', 'does not list "large"'],
    ['points elsewhere', { status: 302, body: '', headers: { Location: 'http://x.invalid/' } }, 'failed', 'HTTP 302'],
  ])('says so when it %s', async (_what, given, status, words) => {
    answer = given;
    const tested = await test('model');
    expect(tested).toMatchObject({ status });
    expect(tested.detail).toContain(words);
    expect(JSON.stringify(tested)).not.toContain(KEY);
    expect(await check('model')).toMatchObject({ status });
  });
});

describe('redis', () => {
  it('is asked for an answer, and named without its password', async () => {
    const redis = await startRedis();
    if (!redis) return;
    const withRedis = await startTestServer({ REDIS_URL: redis.url });
    try {
      const client = await withRedis.as('admin');
      const tested = (await client.post<SystemCheck>('/system/health/redis/test')).body;
      expect(tested).toMatchObject({ status: 'ok' });
      const queue = (await client.post<SystemCheck>('/system/health/queue/test')).body;
      expect(queue).toMatchObject({ status: 'ok' });
      expect(queue.facts[0]?.value).toBe('Redis (BullMQ)');
    } finally {
      await withRedis.close();
      await redis.stop();
    }
  });

  it('that is away is reported in time', async () => {
    const { redisPart } = await import('../../backend/system/parts/redis.part.ts');
    const part = redisPart({ redisUrl: `redis://someone:secret@127.0.0.1:${await freePort()}/0` });
    const seen = await part.look({ arrival: { host: undefined, forwardedFor: undefined }, lastTest: null });
    expect(seen).toMatchObject({ status: 'failed' });
    expect(seen.detail).toContain('ECONNREFUSED');
    expect(JSON.stringify(seen)).not.toMatch(/someone|secret/);
  });
});
