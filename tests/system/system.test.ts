import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SystemCheck, SystemHealth } from '../../backend/contracts/administration.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import { CheckedClient } from '../support/checked-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: CheckedClient;

beforeAll(async () => {
  server = await startTestServer();
  admin = new CheckedClient(await server.as('admin'), server.runtime.app.routes);
});
afterAll(() => server?.close());

const health = async (headers: Record<string, string> = {}) =>
  (await admin.get<SystemHealth>('/system/health', { headers })).body;
const check = async (key: SystemCheck['key'], headers: Record<string, string> = {}): Promise<SystemCheck> => {
  const found = (await health(headers)).checks.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`no check ${key}`);
  return found;
};
const test = async (key: string, body: object = {}) =>
  (await admin.post<SystemCheck>(`/system/health/${key}/test`, body)).body;
const factsOf = ({ facts }: SystemCheck) => Object.fromEntries(facts.map(({ label, value }) => [label, value]));
const lastAudit = () =>
  server.database.sql.first<{ entityId: string; after: object; actor: string }>(sql`
    select a.entity_id as "entityId", a.after, u.name as actor from audit_entry a join app_user u on u.id = a.actor_id
    where a.action = 'system.tested' order by a.at desc, a.id desc limit 1`);

describe('the health page', () => {
  it('is for people who manage settings', async () => {
    for (const person of ['manager', 'rep', 'viewer'] as const) {
      const client = await server.as(person);
      expect((await client.get('/system/health')).status).toBe(403);
      expect((await client.post('/system/health/queue/test')).status).toBe(403);
    }
    expect((await server.anonymous.get('/system/health')).status).toBe(401);
  });

  it('names every part, says what to do in sentences, and never tells a secret', async () => {
    const { checks, version } = await health();
    expect(checks.map(({ key, status }) => [key, status])).toEqual([
      ['database', 'ok'],
      ['analytics', 'ok'],
      ['queue', 'ok'],
      ['redis', 'not-configured'],
      ['mail', 'not-configured'],
      ['model', 'not-configured'],
      ['connections', 'not-configured'],
      ['secrets', 'ok'],
      ['address', 'ok'],
    ]);
    expect(version).toMatch(/^\d/);
    for (const { detail } of checks) expect(detail).toMatch(/^[A-Z].{20,}\.$/);
    expect(JSON.stringify(checks)).not.toContain('k2J8fQx0pLz7');
    expect(checks.filter(({ canTest }) => canTest).map(({ key }) => key)).toEqual([
      'database',
      'queue',
      'redis',
      'mail',
      'model',
      'connections',
      'address',
    ]);
  });

  it('knows the version and the migrations of the database', async () => {
    const facts = factsOf(await check('database'));
    expect(facts.Version).toMatch(/^\d+/);
    expect(facts.Migrations).toMatch(/^\d+ applied, the last is \d{14}_/);
    await server.database.sql.rows(sql`
      insert into _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
      values ('half', '', '29990101000000_half', now(), 0)`);
    try {
      expect(await check('database')).toMatchObject({ status: 'failed' });
      expect((await check('database')).detail).toContain('29990101000000_half is not finished');
    } finally {
      await server.database.sql.rows(sql`delete from _prisma_migrations where id = 'half'`);
    }
  });

  it('tells of work that waits and of work that failed', async () => {
    await server.database.sql.rows(sql`
      insert into job (kind, input, state, created_at, updated_at)
      values ('import.run', '{}'::jsonb, 'queued', now() - interval '10 minutes', now())`);
    expect(await check('queue')).toMatchObject({ status: 'failed' });
    expect((await check('queue')).detail).toContain('nobody works');
    await server.database.sql.rows(sql`
      update job set state = 'failed', error = 'The file is gone.', finished_at = now() where kind = 'import.run'`);
    const failed = await check('queue');
    expect(failed).toMatchObject({ status: 'warning' });
    expect(failed.detail).toContain('import.run last: The file is gone.');
    expect(factsOf(failed)).toMatchObject({ Waiting: '0', 'Failed in the last day': '1' });
    await server.database.sql.rows(sql`delete from job where kind = 'import.run'`);
  });

  it('compares the address it is reached by with the one it is configured for', async () => {
    const proxied = await check('address', { 'X-Forwarded-For': '203.0.113.9' });
    expect(proxied).toMatchObject({ status: 'warning' });
    expect(proxied.detail).toContain('TRUST_PROXY=true');
    const other = await startTestServer({ PUBLIC_URL: 'http://crm.example.com', TRUST_PROXY: 'true' });
    try {
      const client = await other.as('admin');
      const addressOf = async (headers: Record<string, string>) =>
        (await client.get<SystemHealth>('/system/health', { headers })).body.checks.at(-1);
      expect((await addressOf({}))?.detail).toContain('links in mails and sign-in use crm.example.com');
      const right = await addressOf({ 'X-Forwarded-Host': 'crm.example.com', 'X-Forwarded-For': '203.0.113.9' });
      expect(right?.detail).toContain('travel unencrypted');
    } finally {
      await other.close();
    }
  });
});

describe('testing a part', () => {
  it('sends a job through queue and worker, and writes the outcome down', async () => {
    const tested = await test('queue');
    expect(tested).toMatchObject({ key: 'queue', status: 'ok' });
    expect(tested.detail).toMatch(/went through queue and worker in \d+ ms/);
    expect(await lastAudit()).toMatchObject({ entityId: 'queue', actor: 'Ada Admin', after: { status: 'ok' } });
    expect(factsOf(await check('queue'))['Last tested']).toContain('went through queue and worker');
  });

  it('writes to the database and reads it back', async () => {
    expect(await test('database')).toMatchObject({ status: 'ok' });
  });

  it('asks the own address', async () => {
    expect((await test('address')).detail).toContain('leads here');
  });

  it('keeps the test mail in the outbox where there is no mail server', async () => {
    const tested = await test('mail');
    expect(tested).toMatchObject({ status: 'not-configured' });
    expect(tested.detail).toContain('kept in the outbox');
    const mail = await server.database.sql.first(sql`select kind, to_address as "to", state from mail`);
    expect(mail).toEqual({ kind: 'test', to: 'admin@example.com', state: 'kept' });
  });

  it.each(['redis', 'model', 'connections'])(
    'says of %s, which is not set up, that there is nothing to test',
    async (key) => {
      const tested = await test(key);
      expect(tested).toMatchObject({ key, status: 'not-configured' });
      expect(tested.detail).toMatch(/^No /);
      expect(await lastAudit()).toMatchObject({ entityId: key, after: { status: 'not-configured' } });
    },
  );

  it('finds connections that another version made', async () => {
    await server.database.sql.rows(
      sql`insert into connection (provider, name, updated_at) values ('hubspot', 'Portal', now())`,
    );
    const found = await test('connections');
    await server.database.sql.rows(sql`delete from connection`);
    expect(found).toMatchObject({ status: 'warning' });
    expect(factsOf(found)).toMatchObject({ Portal: 'hubspot' });
  });

  it('refuses what can not be tested, and an address where none is meant', async () => {
    const refused = await admin.post<Problem>('/system/health/secrets/test');
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    expect((await admin.post('/system/health/nothing/test')).status).toBe(404);
    expect((await admin.post('/system/health/queue/test', { email: 'a@example.com' })).status).toBe(422);
  });

  it('says so when nobody does the work', { timeout: 60_000 }, async () => {
    const web = await startTestServer({ SALESPULSE_ROLE: 'web' });
    try {
      const { body } = await (await web.as('admin')).post<SystemCheck>('/system/health/queue/test');
      expect(body).toMatchObject({ status: 'failed' });
      expect(body.detail).toContain('Nobody did the test job within 10 seconds');
      expect(body.detail).toContain('SALESPULSE_ROLE');
    } finally {
      await web.close();
    }
  });
});
