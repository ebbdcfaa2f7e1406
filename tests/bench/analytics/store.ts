import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { type Database, openPglite, openPostgres, sql } from '../../../backend/db/index.ts';
import { bootstrap, hashPassword } from '../../../backend/identity/index.ts';
import { testConfig } from '../../support/config.ts';
import { addPeople, PASSWORD } from '../../support/people.ts';
import { SERVER_MEMORY, startPostgres } from '../../support/postgres.ts';
import { fillFacts } from './fill.ts';

/** A filled database, and how a server is told of it. */
export interface BenchStore {
  /** null: embedded */
  url: string | null;
  /** where the server keeps its files */
  dataDir: string;
  stop(): Promise<void>;
}

/** A private PostgreSQL with the facts in it; one of an earlier run is taken as it is. */
export async function openServerStore(folder: string, sales: number): Promise<BenchStore> {
  const postgres = await startPostgres(SERVER_MEMORY, path.join(folder, 'postgres'));
  if (postgres === null) throw new Error('This benchmark needs PostgreSQL: apt-get install postgresql');
  const name = `sales_${sales}`;
  const admin = new pg.Client(`${postgres.url}/postgres`);
  await admin.connect();
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name]);
  const url = `${postgres.url}/${name}`;
  try {
    if (!rowCount) {
      await admin.query(`create database filling`);
      const filling = `${postgres.url}/filling`;
      await fillStore(await openPostgres(filling, 2), sales, { DATABASE_URL: filling });
      await admin.query(`alter database filling rename to ${name}`);
    }
  } finally {
    await admin.end();
  }
  return { url, dataDir: path.join(folder, `data-${sales}`), stop: postgres.stop };
}

/** The embedded store with the facts in it; one of an earlier run is taken as it is. */
export async function openEmbeddedStore(folder: string, sales: number): Promise<BenchStore> {
  const dataDir = path.join(folder, `embedded-${sales}`);
  await mkdir(dataDir, { recursive: true });
  const database = await openPglite(dataDir);
  await fillStore(database, sales, { DATA_DIR: dataDir });
  return { url: null, dataDir, stop: async () => {} };
}

/** Does nothing where there are sales already; closes the database. */
async function fillStore(database: Database, sales: number, environment: NodeJS.ProcessEnv): Promise<void> {
  try {
    const config = testConfig(environment);
    await database.migrate();
    if (await database.sql.first(sql`select id::text as id from sale limit 1`)) return;
    await bootstrap(database, config);
    await addPeople(database, await hashPassword(config, PASSWORD));
    const started = performance.now();
    await fillFacts(database, sales, 'rep@example.com');
    console.log(`filled in ${Math.round((performance.now() - started) / 1000)} s`);
  } finally {
    await database.close();
  }
}
