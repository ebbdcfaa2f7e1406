import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { type Database, openPglite, openPostgres } from '../../backend/db/index.ts';
import { TEMPLATE_DATABASE } from './template.ts';

/** Which engine this run tests: set by the vitest project. */
export const testEngine = process.env.TEST_DATABASE === 'postgres' ? 'postgres' : 'pglite';

export interface TestDatabase extends Database {
  /** where a server has it, for who connects by themselves; null: PGlite */
  url: string | null;
}

/**
 * A migrated and bootstrapped store of one's own: a copy of the template on the engine of this run. The
 * caller closes it; `close` also drops a server's database.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  if (testEngine === 'pglite') {
    return { ...(await openPglite(null, await openAsBlob(inject('pgliteTemplate')))), url: null };
  }
  const server = inject('postgresUrl');
  if (server === null) throw new Error('This run has no PostgreSQL server.');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `create database ${name} template ${TEMPLATE_DATABASE}`);
  const url = `${server}/${name}`;
  const database = await openPostgres(url, 10);
  return {
    ...database,
    url,
    async close() {
      await database.close();
      await administer(server, `drop database ${name} with (force)`);
    },
  };
}

/** The same for one test; closed when it ends. */
export async function databaseForTest(): Promise<TestDatabase> {
  const database = await openTestDatabase();
  onTestFinished(() => database.close());
  return database;
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client(`${server}/postgres`);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
