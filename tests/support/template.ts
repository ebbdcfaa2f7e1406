// Runs once before all test files: migrates and bootstraps one store per engine, from which every test
// file then takes a copy in a fraction of a second.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openPostgres, pgliteDatabase, pgliteExtensions } from '../../backend/db/index.ts';
import { bootstrap } from '../../backend/identity/index.ts';
import { testConfig } from './config.ts';
import { startPostgres } from './postgres.ts';
import { reportMissing } from './programs.ts';

export const TEMPLATE_DATABASE = 'salespulse_template';

declare module 'vitest' {
  interface ProvidedContext {
    pgliteTemplate: string;
    /** a folder of this run, gone at its end */
    runFolder: string;
    postgresUrl: string | null;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'salespulse-template-'));
  project.provide('runFolder', folder);
  const config = testConfig({ DATA_DIR: folder });

  const client = await PGlite.create({ extensions: pgliteExtensions });
  const embedded = pgliteDatabase(client);
  await embedded.migrate();
  await bootstrap(embedded, config);
  const file = path.join(folder, 'pglite.tar');
  await writeFile(file, Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer()));
  await embedded.close();
  project.provide('pgliteTemplate', file);

  const postgres = await startPostgres();
  if (postgres === null) {
    reportMissing('PostgreSQL', 'the tests on a PostgreSQL server', 'postgresql');
  } else {
    const admin = new pg.Client(`${postgres.url}/postgres`);
    await admin.connect();
    await admin.query(`create database ${TEMPLATE_DATABASE}`);
    const server = await openPostgres(`${postgres.url}/${TEMPLATE_DATABASE}`, 4);
    await server.migrate();
    await bootstrap(server, config);
    await server.close();
    await admin.end();
  }
  project.provide('postgresUrl', postgres?.url ?? null);
  return async () => {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
