import { loadConfig } from '../config.ts';
import { type Database, DataDirLockedError } from '../db/index.ts';
import { createLogger } from '../observability/index.ts';
import { openStore } from '../runtime.ts';
import { remoteOperations } from './control-client.ts';
import { directOperations, type Operations } from './operations.ts';

/**
 * Runs a command on the configured store, whether the server runs or not: a database server directly, the
 * embedded store through the process that has it open, else directly.
 */
export async function withStore<Result>(work: (operations: Operations) => Promise<Result>): Promise<Result> {
  const config = loadConfig({ LOG_LEVEL: 'warn', ...process.env });
  const remote = config.databaseUrl === null ? await remoteOperations(config.dataDir) : null;
  if (remote) return work(remote);
  let database: Database;
  try {
    database = await openStore(config);
  } catch (error) {
    // A server that was just starting when we looked listens by now.
    const late = error instanceof DataDirLockedError ? await remoteOperations(config.dataDir) : null;
    if (!late) throw error;
    return work(late);
  }
  try {
    const logger = createLogger({ level: config.logLevel });
    return await work(directOperations({ config, database, logger, clock: () => new Date() }));
  } finally {
    await database.close();
  }
}
