import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RecordEvent } from '../../backend/contracts/live.ts';
import { type Database, sql } from '../../backend/db/index.ts';
import { hashPassword } from '../../backend/identity/index.ts';
import { openStore } from '../../backend/runtime.ts';
import { readEvents } from '../../widgets/live/read-events.ts';
import { until } from '../conformance/until.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { testConfig } from '../support/config.ts';
import { addPeople, type Company, PASSWORD, type PersonKey, people } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { findRedis, reportMissing } from '../support/programs.ts';
import { type PrivateRedis, startRedis } from '../support/redis.ts';

const root = path.join(import.meta.dirname, '../..');
const SECRET_KEY = 'b7Qd2xV9kLmP4sTz8wYc1nRf6hJg3aEu5oXi0';

interface Opened {
  events: { type: string; data: unknown }[];
  close(): void;
}

/** Opens the person's stream and collects what arrives. */
async function listen(client: TestClient): Promise<Opened> {
  const abort = new AbortController();
  const response = await fetch(`${client.url}/api/v1/events`, { headers: client.credential, signal: abort.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: Opened['events'] = [];
  const body = response.body as ReadableStream<Uint8Array>;
  readEvents(body, (type, data) => events.push({ type, data })).catch(() => {}); // aborted at the end
  return { events, close: () => abort.abort() };
}

const postgresUrl = inject('postgresUrl');
if (postgresUrl === null) reportMissing('postgresql', 'changes from process to process', 'postgresql');
if (!findRedis()) reportMissing('redis', 'changes from process to process over Redis', 'redis-server');

describe.skipIf(postgresUrl === null).each([
  { over: 'PostgreSQL', needsRedis: false },
  { over: 'Redis', needsRedis: true },
])('changes from one server process to another over $over', ({ over, needsRedis }) => {
  const name = `live_${over.toLowerCase()}`;
  let folder: string;
  let database: Database;
  let company: Company;
  let redis: PrivateRedis | null = null;
  const servers: { child: ChildProcess; url: string }[] = [];
  let isSkipped = false;

  async function startServer(): Promise<void> {
    const port = await freePort();
    const child = spawn(process.execPath, ['backend/main.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: String(port),
        DATABASE_URL: `${postgresUrl}/${name}`,
        SALESPULSE_ROLE: 'web',
        SECRET_KEY,
        ...(redis ? { REDIS_URL: redis.url } : {}),
      },
    });
    const url = `http://127.0.0.1:${port}`;
    servers.push({ child, url });
    await until('the server answers', async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200);
  }
  const at = (server: number, person: PersonKey) => signIn(servers[server]?.url ?? '', people[person].email, PASSWORD);

  beforeAll(async () => {
    if (needsRedis) {
      redis = await startRedis();
      isSkipped = redis === null;
      if (isSkipped) return;
    }
    folder = await mkdtemp(path.join(tmpdir(), 'salespulse-live-'));
    const admin = new pg.Client(`${postgresUrl}/postgres`);
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();
    const config = testConfig({ DATA_DIR: folder, DATABASE_URL: `${postgresUrl}/${name}`, SECRET_KEY });
    database = await openStore(config);
    company = await addPeople(database, await hashPassword(config, PASSWORD));
    await Promise.all([startServer(), startServer()]);
  });
  afterAll(async () => {
    for (const { child } of servers) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await database?.close();
    await redis?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('reach those who may see the record, and nobody else', async ({ skip }) => {
    if (isSkipped) return skip('Redis is not installed');
    const [manager, stranger, rep] = [await at(1, 'manager'), await at(1, 'stranger'), await at(0, 'rep')];
    const [heard, unheard] = [await listen(manager), await listen(stranger)];
    const stages = await database.sql.rows<{ id: string; pipelineId: string }>(sql`
      select s.id::text as id, s.pipeline_id::text as "pipelineId" from stage s join pipeline p on p.id = s.pipeline_id
      where p.entity = 'lead' and p.is_default order by s.position`);
    const made = await rep.post<{ id: string }>('/leads', { name: 'Seen' });
    expect(made.status).toBe(201);
    const { id } = made.body;
    await until('the making is heard', async () => heard.events.length > 0);
    expect((await rep.post(`/leads/${id}/stage`, { stageId: stages[1]?.id })).status).toBe(200);
    const moved = await until('the move is heard', async () =>
      heard.events.find(({ data }) => (data as RecordEvent).kind === 'moved'),
    );
    const place = (index: number) => ({ pipelineId: stages[0]?.pipelineId, stageId: stages[index]?.id });
    expect(moved).toEqual({
      type: 'record',
      data: { entity: 'lead', id, kind: 'moved', from: place(0), to: place(1), isOwn: false },
    });
    // Given to another team, the record leaves the sight of the one and enters that of the other.
    const admin = await at(0, 'admin');
    expect((await admin.patch(`/leads/${id}`, { ownerId: company.users.stranger })).status).toBe(200);
    const given = await until('the new owner hears of it', async () => unheard.events[0]);
    expect(unheard.events).toHaveLength(1);
    expect(given.data).toMatchObject({ id, kind: 'updated', from: null, to: place(1) });
    const gone = await until('the old team hears of it', async () =>
      heard.events.find(({ data }) => (data as RecordEvent).kind === 'updated'),
    );
    expect(gone.data).toMatchObject({ id, from: place(1), to: null });
    heard.close();
    unheard.close();
  });
});
