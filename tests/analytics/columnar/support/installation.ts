import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type SharedEngine, startAnalytics } from '../../../../backend/analytics/index.ts';
import type { Dependencies } from '../../../../backend/dependencies.ts';
import { testConfig } from '../../../support/config.ts';
import { openTestDatabase, type TestDatabase } from '../../../support/database.ts';

export const TODAY = '2026-02-10';

/** A database and a data folder, for processes that answer with figures. */
export interface Installation {
  database: TestDatabase;
  /** where processes keep their file */
  folder: string;
  close(): Promise<void>;
}

/** An installation of one's own, with nothing in it. */
export async function openInstallation(): Promise<Installation> {
  const database = await openTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'salespulse-facts-'));
  return {
    database,
    folder,
    async close() {
      await rm(folder, { recursive: true, force: true });
      await database.close();
    },
  };
}

/** The same for one test. */
export async function installationForTest(): Promise<Installation> {
  const installation = await openInstallation();
  onTestFinished(() => installation.close());
  return installation;
}

type Place = Pick<Installation, 'database' | 'folder'>;

/** What a process of the installation works with. Its clock stands at noon of TODAY. */
export function dependenciesOf({ database, folder }: Place, environment: NodeJS.ProcessEnv = {}): Dependencies {
  const wanted = testConfig({ ANALYTICS_ENGINE: 'columnar', DATA_DIR: folder, ...environment });
  return {
    config: Object.freeze({ ...wanted, databaseUrl: database.url }),
    database,
    logger: pino({ level: wanted.logLevel }),
    clock: () => new Date(`${TODAY}T12:00:00Z`),
  };
}

/** Starts what a process answers figures with, and waits until it is settled who does; stopped when the test ends. */
export async function startEngine(place: Place, environment?: NodeJS.ProcessEnv): Promise<SharedEngine> {
  const shared = startAnalytics(dependenciesOf(place, environment));
  onTestFinished(() => shared.stop());
  await shared.settled();
  return shared;
}
