// npm start: production start. No demo data; the first run prints a one-time set-up link.
import { startControlServer } from './cli/control-server.ts';
import { explainAndExit, untilStopped } from './cli/process.ts';
import { loadConfig } from './config.ts';
import { ensureSetupLink } from './identity/index.ts';
import { createLogger } from './observability/index.ts';
import { openStore, startRuntime } from './runtime.ts';

async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel });
  const database = await openStore(config);
  try {
    const runtime = await startRuntime({ config, database, logger });
    const stopControl =
      config.databaseUrl === null
        ? await startControlServer({ config, database, logger, clock: () => new Date() })
        : null;
    logger.info({ url: runtime.url, role: config.role, store: database.engine }, 'SalesPulse is running');
    const setupLink = config.role === 'worker' ? null : await ensureSetupLink(database, config, () => new Date());
    if (setupLink)
      process.stdout.write(
        `\nNobody can sign in yet. Open this link within 24 hours to create the first administrator:\n  ${setupLink}\n\n`,
      );
    const signal = await untilStopped();
    logger.info({ signal }, 'stopping');
    await stopControl?.();
    await runtime.stop();
  } finally {
    await database.close();
  }
}

main().then(() => process.exit(0), explainAndExit);
