import { execFile } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../backend/cli/control-server.ts';
import { openPglite } from '../../backend/db/index.ts';
import { addSales } from '../analytics/facts.ts';
import { testConfig } from '../support/config.ts';

const command = fileURLToPath(new URL('../../backend/cli/analytics-rebuild.ts', import.meta.url));
const SECRET_KEY = 'a test secret with 9 kinds of Characters: k2J8fQx0pLz7';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'salespulse-rebuild-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command with nothing of this process's environment. */
const run = (environment: Record<string, string>, args: string[] = []) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { PATH: process.env.PATH, SECRET_KEY, DATA_DIR: folder, ...environment };
    execFile(process.execPath, [command, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
  });

describe('npm run analytics:rebuild', () => {
  it('says in a sentence why it can do nothing', async () => {
    const unreachable = await run({ DATABASE_URL: 'postgresql://127.0.0.1:1/none' });
    expect(unreachable).toMatchObject({ code: 1, out: '' });
    expect(unreachable.err).toMatch(/^Cannot reach the database none on 127\.0\.0\.1:1 .*Check DATABASE_URL/);
    const surplus = await run({}, ['now']);
    expect(surplus).toMatchObject({ code: 1, err: 'Usage: npm run analytics:rebuild   (it takes no arguments)\n' });
  });

  it('works on the embedded database, whether a server has it open or not', async () => {
    const alone = await run({});
    expect(alone).toMatchObject({ code: 0, err: '' });
    expect(alone.out).toMatch(/The copy of the figures was made anew in [\d.]+ s: 0 facts, \d+ MiB\./);
    await access(path.join(folder, 'analytics', 'facts.bin'));

    const database = await openPglite(folder);
    await addSales(database, [{ soldOn: '2026-01-05', amount: '10.00' }]);
    const open = (environment: Record<string, string>) =>
      startControlServer({
        config: testConfig({ DATA_DIR: folder, ...environment }),
        database,
        logger: pino({ level: 'silent' }),
        clock: () => new Date(),
      });
    try {
      const close = await open({ ANALYTICS_ENGINE: 'columnar' });
      expect(await run({})).toMatchObject({ code: 0, out: expect.stringMatching(/^1 of 1 rows\n.*: 1 facts, /) });
      await close();
      const closeOther = await open({ ANALYTICS_ENGINE: 'sql' });
      expect(await run({})).toMatchObject({ code: 1, err: expect.stringContaining('(ANALYTICS_ENGINE is sql)') });
      await closeOther();
    } finally {
      await database.close();
    }
  });
});
