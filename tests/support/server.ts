import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { Config } from '../../backend/config.ts';
import { type Database, sql } from '../../backend/db/index.ts';
import { hashPassword } from '../../backend/identity/index.ts';
import { MAINTENANCE_KIND } from '../../backend/jobs/maintenance.job.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from '../../backend/runtime.ts';
import { signIn, TestClient } from './client.ts';
import { testConfig } from './config.ts';
import { openTestDatabase } from './database.ts';
import { addPeople, type Company, PASSWORD, type PersonKey, people } from './people.ts';
import { freePort } from './ports.ts';

/** A whole server on a store of its own, with two teams and six people. */
export interface TestServer {
  url: string;
  config: Config;
  database: Database;
  runtime: Runtime;
  company: Company;
  /** the server's clock; it stands where the test puts it once set, and runs with real time until then */
  clock: { now: Date | null };
  anonymous: TestClient;
  as(person: PersonKey): Promise<TestClient>;
  close(): Promise<void>;
}

export async function startTestServer(
  environment: NodeJS.ProcessEnv = {},
  options: Pick<RuntimeOptions, 'pagesFolder'> = {},
): Promise<TestServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'salespulse-server-'));
  const port = await freePort();
  const database = await openTestDatabase();
  const wanted = testConfig({ DATA_DIR: folder, PORT: String(port), ...environment });
  // A copy of the facts reads a server on a connection of its own.
  const config = wanted.analyticsEngine === 'sql' ? wanted : Object.freeze({ ...wanted, databaseUrl: database.url });
  const company = await addPeople(database, await hashPassword(config, PASSWORD));
  await keepMaintenanceAway(database);
  const clock: TestServer['clock'] = { now: null };
  const runtime = await startRuntime({
    config,
    database,
    logger: pino({ level: config.logLevel }),
    clock: () => clock.now ?? new Date(),
    ...options,
  });
  await runtime.analytics.settled();
  const url = `http://localhost:${port}`;
  const signedIn = new Map<PersonKey, Promise<TestClient>>();
  return {
    url,
    config,
    database,
    runtime,
    company,
    clock,
    anonymous: new TestClient(url),
    as(person) {
      let client = signedIn.get(person);
      if (!client) {
        client = signIn(url, people[person].email, PASSWORD);
        signedIn.set(person, client);
      }
      return client;
    },
    async close() {
      await runtime.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Maintenance begins with the server and goes by the database's clock: a session that a test opens while its
 * server's clock stands in the past is over for it. A job of just now makes it not due.
 */
const keepMaintenanceAway = (database: Database): Promise<unknown> =>
  database.sql.rows(sql`
    insert into job (kind, state, updated_at, finished_at) values (${MAINTENANCE_KIND}, 'done', now(), now())`);
