import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { controlAddress } from '../../backend/cli/control-address.ts';
import { remoteOperations } from '../../backend/cli/control-client.ts';
import { startControlServer } from '../../backend/cli/control-server.ts';
import { type Database, openPglite, sql } from '../../backend/db/index.ts';
import { verifyPassword } from '../../backend/identity/index.ts';
import { testConfig } from '../support/config.ts';
import { databaseForTest, openTestDatabase, testEngine } from '../support/database.ts';
import { PASSWORD } from '../support/people.ts';

const commands = fileURLToPath(new URL('../../backend/cli/', import.meta.url));
const SECRET_KEY = 'a test secret with 9 kinds of Characters: k2J8fQx0pLz7';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'salespulse-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a command to its end with nothing of this process's environment. */
function run(command: string, args: string[], environment: Record<string, string>, input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(commands, command), ...args],
      { env: { PATH: process.env.PATH, SECRET_KEY, ...environment } },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

const textFile = async (name: string, text: string): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
};

describe('npm run import, asked for what it cannot do', () => {
  it.each([
    [['--entity', 'invoices', 'x.csv'], '"invoices" is not something to import'],
    [['x.csv'], '--entity is missing'],
    [['--entity', 'sales'], 'Name one file'],
    [['--entity', 'sales', '--fast', 'x.csv'], "Unknown option '--fast'"],
    [['--entity', 'sales', '--mapping', '/nowhere.json', 'x.csv'], 'The mapping /nowhere.json cannot be read (ENOENT)'],
  ])(
    'says what is wrong with %j and fails',
    async (args, sentence) => {
      const ended = await run('import.ts', args, { DATA_DIR: path.join(folder, 'unused') });
      expect(ended).toMatchObject({ code: 1, out: '' });
      expect(ended.err).toContain(sentence);
      expect(ended.err).not.toContain('    at ');
    },
    60_000,
  );

  it('says that the database cannot be reached', async () => {
    const ended = await run('import.ts', ['--entity', 'sales', 'x.csv'], {
      DATABASE_URL: 'postgresql://127.0.0.1:1/none',
    });
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/^Cannot reach the database none on 127\.0\.0\.1:1 .*Check DATABASE_URL/);
  }, 60_000);
});

const ROWS = 40_000;
const BATCH = 5000;

/** A store that a child process can open too, and a way to look into it once the child has gone. */
async function sharedStore(): Promise<{
  environment: Record<string, string>;
  look(): Promise<Database>;
  drop(): Promise<void>;
}> {
  if (testEngine === 'pglite') {
    const dataDir = path.join(folder, 'data');
    return { environment: { DATA_DIR: dataDir }, look: () => openPglite(dataDir), drop: async () => {} };
  }
  const database = await openTestDatabase();
  const name = await database.sql.first<{ name: string }>(sql`select current_database()::text as name`);
  return {
    environment: { DATABASE_URL: `${inject('postgresUrl')}/${name?.name}` },
    look: async () => ({ ...database, close: async () => {} }),
    drop: () => database.close(),
  };
}

describe('an import that is killed', () => {
  it('leaves whole batches, and is completed by running it again', async () => {
    const lines = Array.from(
      { length: ROWS },
      (_, index) =>
        `S${index},2026-01-${String((index % 28) + 1).padStart(2, '0')},Customer ${index % 500},${index % 97}.50`,
    );
    const file = await textFile('sales.csv', `id,date,customer,amount\n${lines.join('\n')}\n`);
    const { environment, look, drop } = await sharedStore();
    const args = ['--entity', 'sales', file];

    const child = spawn(process.execPath, [path.join(commands, 'import.ts'), ...args], {
      env: { PATH: process.env.PATH, SECRET_KEY, ...environment },
    });
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    for await (const output of child.stdout) {
      if (String(output).includes(' rows')) break;
    }
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');

    let database = await look();
    const counts = sql`select (select count(*) from sale)::int as sales, (select count(*) from account)::int as accounts,
      (select rows from import_run order by created_at desc limit 1) as counted,
      (select count(*) from audit_entry where action = 'import.batch')::int as audited`;
    const left = await database.sql.first<{ sales: number; accounts: number; counted: number; audited: number }>(
      counts,
    );
    await database.close();
    expect(left?.sales).toBeGreaterThanOrEqual(BATCH);
    expect(left?.sales).toBeLessThan(ROWS);
    expect((left?.sales ?? 1) % BATCH).toBe(0);
    expect(left).toMatchObject({ counted: left?.sales, audited: (left?.sales ?? 0) / BATCH, accounts: 500 });

    const again = await run('import.ts', args, environment);
    expect(again).toMatchObject({ code: 0, err: '' });
    const created = ROWS - (left?.sales ?? 0);
    expect(again.out).toContain(
      `40,000 rows: ${created.toLocaleString('en')} created, 0 updated, ${left?.sales.toLocaleString('en')} unchanged, 0 refused.`,
    );
    database = await look();
    expect(await database.sql.first(counts)).toMatchObject({ sales: ROWS, accounts: 500 });
    await database.close();
    await drop();
  }, 240_000);
});

describe.skipIf(testEngine === 'postgres')('commands while the server has the embedded store open', () => {
  it('work through its socket, which only its user can reach', async () => {
    const database = await databaseForTest();
    const config = testConfig({ DATA_DIR: await mkdtemp(path.join(folder, 'served-')) });
    expect(await remoteOperations(config.dataDir)).toBeNull();
    const stop = await startControlServer({
      config,
      database,
      logger: pino({ level: 'silent' }),
      clock: () => new Date(),
    });
    try {
      if (process.platform !== 'win32') expect((await stat(controlAddress(config.dataDir))).mode & 0o777).toBe(0o600);
      const environment = { DATA_DIR: config.dataDir };
      const file = await textFile('accounts.csv', 'Account Name,Employees,Mood\nAcme,3,good\n=Zeta,+many,bad\n');
      const errors = path.join(folder, 'refused.csv');
      const imported = await run('import.ts', ['--entity', 'accounts', file, '--errors', errors], environment);
      expect(imported).toMatchObject({ code: 2, err: '' });
      expect(imported.out).toContain('2 rows: 1 created, 0 updated, 0 unchanged, 1 refused.');
      expect(imported.out).toContain('columns left out: Mood');
      expect(imported.out).toContain('line 3: Employees "+many" is not a number');
      const report = await readFile(errors, 'utf8');
      expect(report).toBe(
        `\ufeffImport problem,Account Name,Employees,Mood\r\n"Employees ""+many"" is not a number",'=Zeta,'+many,bad\r\n`,
      );

      const mended = await textFile('mended.csv', report.replace("'+many", '7'));
      expect(await run('import.ts', ['--entity', 'accounts', mended], environment)).toMatchObject({ code: 0 });
      expect(await database.sql.rows(sql`select name, employees from account order by created_at, name`)).toEqual([
        { name: 'Acme', employees: 3 },
        { name: '=Zeta', employees: 7 },
      ]);

      const missing = await run('import.ts', ['--entity', 'accounts', path.join(folder, 'gone.csv')], environment);
      expect(missing).toMatchObject({ code: 1 });
      expect(missing.err).toMatch(/^There is no file .*gone\.csv\.\n$/);

      const args = ['--email', 'Eve@Example.com', '--name', 'Eve', '--role', 'manager'];
      expect(await run('user-create.ts', args, environment, 'short\n')).toMatchObject({ code: 1 });
      expect(await run('user-create.ts', args, environment, `${PASSWORD}\n`)).toMatchObject({
        code: 0,
        out: 'Eve (eve@example.com) can sign in as manager.\n',
      });
      const twice = await run('user-create.ts', args, environment, `${PASSWORD}\n`);
      expect(twice).toMatchObject({ code: 1 });
      expect(twice.err).toBe('Somebody with the e-mail address eve@example.com exists already.\n');
      const eve = await database.sql.first<{ hash: string }>(sql`
        select password_hash as hash from app_user where email = 'eve@example.com' and status = 'active'`);
      expect(await verifyPassword(config, PASSWORD, eve?.hash ?? null)).toBe(true);
    } finally {
      await stop();
    }
    expect(await remoteOperations(config.dataDir)).toBeNull();
  }, 120_000);
});
