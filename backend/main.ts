// npm start: production start. No demo data; the first run prints a one-time set-up link.
import cluster from 'node:cluster';
import type { Logger } from 'pino';
import { startControlServer } from './cli/control-server.ts';
import { explainAndExit, untilStopped } from './cli/process.ts';
import { isSupervisor, startWebProcesses } from './cluster.ts';
import { type Config, loadConfig } from './config.ts';
import type { Database } from './db/index.ts';
import { ensureSetupLink } from './identity/index.ts';
import { createLogger } from './observability/index.ts';
import { openStore, startRuntime } from './runtime.ts';

interface Part {
  stop(): Promise<void>;
  failed?: Promise<never>;
}

/** What this process runs: everything by itself, or web processes beside its own jobs. */
async function startParts(config: Config, database: Database, logger: Logger): Promise<Part[]> {
  const parts: Part[] = [];
  const isSupervising = isSupervisor(config);
  if (!isSupervising || config.role === 'all') {
    const runtime = await startRuntime({
      config: isSupervising ? { ...config, role: 'worker' } : config,
      database,
      logger,
    });
    parts.push(runtime);
  }
  if (isSupervising) parts.push(startWebProcesses(config, logger));
  if (config.databaseUrl === null) {
    const stop = await startControlServer({ config, database, logger, clock: () => new Date() });
    parts.push({ stop });
  }
  return parts;
}

async function announceSetup(config: Config, database: Database): Promise<void> {
  if (config.role === 'worker' || !cluster.isPrimary) return;
  const link = await ensureSetupLink(database, config, () => new Date());
  if (link === null) return;
  process.stdout.write(
    `\nNobody can sign in yet. Open this link within 24 hours to create the first administrator:\n  ${link}\n\n`,
  );
}

async function main(): Promise<void> {
  // From the first moment: an order to stop that comes during the start is obeyed after it, not lost.
  const stopped = untilStopped();
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel });
  const database = await openStore(config);
  try {
    const parts = await startParts(config, database, logger);
    logger.info({ url: config.publicUrl, role: config.role, store: database.engine }, 'SalesPulse is running');
    await announceSetup(config, database);
    try {
      const signal = await Promise.race([stopped, ...parts.flatMap(({ failed }) => failed ?? [])]);
      logger.info({ signal }, 'stopping');
    } finally {
      for (const part of parts.toReversed()) await part.stop();
    }
  } finally {
    await database.close();
  }
}

main().then(() => process.exit(0), explainAndExit);
