import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import { waitMs } from '../../backend/identity/throttle.ts';
import { PASSWORD } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.now = null;
  await server.database.sql.rows(sql`delete from sign_in_attempt`);
});

const login = (email: string, password = PASSWORD) =>
  server.anonymous.post<Problem>('/auth/login', { email, password });

/** As if `count` sign-ins had failed just now. */
async function failed(count: number, account: string, address: string): Promise<void> {
  await server.database.sql.rows(sql`
    insert into sign_in_attempt (account, address, at)
    select ${account} || case when ${account} = '' then n::text else '' end, ${address}, ${new Date().toISOString()}::timestamptz
    from generate_series(1, ${count}::int) n`);
}

/** The address that the server sees its tests come from. */
async function ownAddress(): Promise<string> {
  await login('nobody@example.com');
  const row = await server.database.sql.first<{ address: string }>(sql`
    delete from sign_in_attempt where account = 'nobody@example.com' returning address`);
  return row?.address ?? '';
}

it('waits longer with each failure, up to a limit', () => {
  const limit = { free: 5, maxWaitMs: 60_000 };
  expect([0, 4, 5, 6, 8, 11, 50].map((count) => waitMs(count, limit))).toEqual([
    0, 0, 1000, 2000, 8000, 60_000, 60_000,
  ]);
});

it('makes an account wait after five failures, the right password included', async () => {
  // A slow machine may take longer for five hashes than the first wait lasts.
  server.clock.now = new Date();
  for (let attempt = 0; attempt < 5; attempt++) {
    expect((await login('rep@example.com', 'wrong')).body.code).toBe('invalid_credentials');
  }
  const answer = await login('rep@example.com');
  expect([answer.status, answer.body.code]).toEqual([429, 'too_many_requests']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await login('manager@example.com')).status).toBe(200);
});

it('lets the person in after the wait, and forgives the failures', async () => {
  await failed(8, 'rep@example.com', await ownAddress());
  expect((await login('rep@example.com')).headers.get('retry-after')).toBe('8');
  server.clock.now = new Date(Date.now() + 9000);
  expect((await login('rep@example.com')).status).toBe(200);
  expect((await login('rep@example.com', 'wrong')).status).toBe(401);
});

it('does not let strangers elsewhere lock a person out', async () => {
  await failed(500, 'rep@example.com', '198.51.100.7');
  expect((await login('rep@example.com')).status).toBe(200);
});

it('makes an address wait that tries many accounts', async () => {
  await failed(40, '', await ownAddress());
  const answer = await login('rep@example.com');
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
});

it('counts tries that are sent at the same time', async () => {
  const answers = await Promise.all(Array.from({ length: 9 }, () => login('viewer@example.com', 'wrong')));
  const statuses = answers.map((answer) => answer.status).sort();
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429]);
});

it('makes nobody wait for a try that was counted a moment before its turn', async () => {
  const address = await ownAddress();
  await failed(1, 'rep@example.com', address);
  server.clock.now = new Date(Date.now() - 5000);
  expect((await login('rep@example.com', 'wrong')).body.code).toBe('invalid_credentials');
});
