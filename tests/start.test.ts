import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TestClient } from './support/client.ts';
import { freePort } from './support/ports.ts';

const root = path.join(import.meta.dirname, '..');
const SECRET_KEY = 'b7Qd2xV9kLmP4sTz8wYc1nRf6hJg3aEu5oXi0';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'salespulse-start-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Started {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  ended: Promise<number | null>;
}

function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, ['backend/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

/** Waits until the process has printed `text`; fails when it ends before. */
async function printed(started: Started, text: string): Promise<void> {
  while (!started.stdout().includes(text)) {
    const data = once(started.child.stdout ?? started.child, 'data');
    const code = await Promise.race([data.then(() => 'more' as const), started.ended]);
    if (code !== 'more' && !started.stdout().includes(text)) throw new Error(`ended with ${code}: ${started.stderr()}`);
  }
}

/** Starts, waits for the end, and holds the refusal against the house rule: clear words, no stack, exit code 1. */
async function refusal(environment: Record<string, string>): Promise<string> {
  const started = start(environment);
  expect(await started.ended).toBe(1);
  expect(started.stderr()).not.toMatch(/\n\s+at /);
  return started.stderr().trim();
}

describe('npm start refuses, in a sentence that says what to do,', () => {
  it('a missing, short or example SECRET_KEY in production', async () => {
    const production = { NODE_ENV: 'production', DATA_DIR: folder, PORT: '0' };
    expect(await refusal(production)).toMatch(/SECRET_KEY: is missing\. Make one with: openssl rand/);
    expect(await refusal({ ...production, SECRET_KEY: 'short' })).toMatch(/SECRET_KEY: has 5 characters, at least 32/);
    expect(await refusal({ ...production, SECRET_KEY: 'change-me-change-me-change-me-change-me' })).toMatch(
      /looks like an example/,
    );
  });

  it('every problem of the configuration at once', async () => {
    const message = await refusal({
      DATA_DIR: folder,
      PORT: 'five',
      COMPANY_CURRENCY: 'euro',
      COMPANY_TIME_ZONE: 'Mars',
      DATABASE_URL: 'mysql://x',
    });
    for (const name of ['PORT', 'COMPANY_CURRENCY', 'COMPANY_TIME_ZONE', 'DATABASE_URL', 'SECRET_KEY'])
      expect(message).toContain(`${name}:`);
  });

  it('a database that cannot be reached, without telling its password', async () => {
    const url = `postgresql://someone:hunter2@127.0.0.1:${await freePort()}/sales`;
    const message = await refusal({ DATABASE_URL: url, SECRET_KEY, DATA_DIR: folder, PORT: '0' });
    expect(message).toMatch(/^Cannot reach the database sales on 127\.0\.0\.1:\d+ .*Check DATABASE_URL/);
    expect(message).not.toContain('hunter2');
  });

  it('a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const data = path.join(folder, 'port');
    expect(await refusal({ DATA_DIR: data, PORT: String(port) })).toBe(
      `Port ${port} is in use by another program. Stop it, or set PORT (or METRICS_PORT) to a free one.`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it('a second process on the same DATA_DIR, and takes over from one that was killed', async () => {
    const data = path.join(folder, 'locked');
    const first = start({ DATA_DIR: data, PORT: String(await freePort()) });
    await printed(first, '/setup#token=');
    const message = await refusal({ DATA_DIR: data, PORT: '0' });
    expect(message).toMatch(/is in use by process \d+\. Stop that process, or set DATA_DIR/);
    first.child.kill('SIGKILL');
    await first.ended;
    const next = start({ DATA_DIR: data, PORT: String(await freePort()) });
    await printed(next, '/setup#token=');
    next.child.kill('SIGTERM');
    expect(await next.ended).toBe(0);
  });
});

describe('npm start with WEB_CONCURRENCY', () => {
  it('serves from several processes and stops all of them', async ({ skip }) => {
    const server = inject('postgresUrl');
    if (server === null) return skip('PostgreSQL is not installed');
    const admin = new pg.Client(`${server}/postgres`);
    await admin.connect();
    await admin.query('create database many_processes');
    const port = await freePort();
    const started = start({
      DATABASE_URL: `${server}/many_processes`,
      SECRET_KEY,
      WEB_CONCURRENCY: '2',
      PORT: String(port),
    });
    await printed(started, '/setup#token=');
    const client = new TestClient(`http://127.0.0.1:${port}`);
    const answer = async () => (await client.get('//readyz').catch(() => null))?.status;
    while ((await answer()) !== 200) await new Promise((resolve) => setImmediate(resolve));
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    expect(await answer()).toBeUndefined();
    await admin.query('drop database many_processes with (force)');
    await admin.end();
  }, 120_000);
});
