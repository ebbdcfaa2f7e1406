// npm run demo [-- --reset]: a demo company on this machine, with nothing to configure.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startIntranetDemo } from '../../manifests/intranet/server.ts';
import { loadDemoData } from '../../prisma/demo/index.ts';
import { businessDay } from '../calendar/index.ts';
import { type Config, loadConfig } from '../config.ts';
import { type Database, lockDataDir, sql } from '../db/index.ts';
import { ensureDemoClient } from '../embed/index.ts';
import { hashPassword } from '../identity/index.ts';
import { createLogger } from '../observability/index.ts';
import { defaultPagesFolder, openStore, startRuntime } from '../runtime.ts';
import { buildPages } from './build-pages.ts';
import { startControlServer } from './control-server.ts';
import { explainAndExit, UsageError, untilStopped } from './process.ts';

const DEMO_PASSWORD = 'salespulse-demo';
const LOGINS = ['admin@example.com', 'manager@example.com', 'rep@example.com', 'viewer@example.com'];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function demoConfig(): { config: Config; isReset: boolean } {
  let isReset = false;
  try {
    isReset = parseArgs({ options: { reset: { type: 'boolean', default: false } } }).values.reset;
  } catch {
    throw new UsageError('Usage: npm run demo [-- --reset]');
  }
  // Beside the data of `npm start`, never among it.
  const dataDir = process.env.DATA_DIR ?? './data/demo';
  return { config: loadConfig({ LOG_LEVEL: 'warn', ...process.env, DATA_DIR: dataDir }), isReset };
}

/** Deletes the demo's own data folder; a server's database is never dropped from here. */
async function reset(config: Config): Promise<void> {
  if (config.databaseUrl !== null) {
    throw new UsageError(
      '--reset only deletes the embedded demo data. With DATABASE_URL set, drop and create that database yourself.',
    );
  }
  const lock = path.join(config.dataDir, 'salespulse.lock');
  if (existsSync(lock)) {
    await (await lockDataDir(config.dataDir))();
  }
  await rm(path.join(config.dataDir, 'pglite'), { recursive: true, force: true });
}

async function fill(database: Database, config: Config): Promise<void> {
  if (await database.sql.first(sql`select 1 as found from setting where key = 'demo'`)) return;
  if (await database.sql.first(sql`select 1 as found from app_user limit 1`)) {
    throw new UsageError('This store holds data that is not the demo. Set DATA_DIR (or DATABASE_URL) to an empty one.');
  }
  const passwordHash = await hashPassword(config, config.demoPassword ?? DEMO_PASSWORD);
  const today = businessDay(new Date(), config.timeZone);
  const { rows } = await loadDemoData(database, { today, passwordHash, currency: config.currency });
  say(`Demo company loaded: ${rows.lead} leads, ${rows.opportunity} opportunities, ${rows.sale} sales.`);
}

/** The page of another origin. @throws UsageError when its port is taken */
async function startIntranet(database: Database, config: Config, intranetUrl: string) {
  const client = await ensureDemoClient(database, config, intranetUrl);
  const port = config.demoIntranetPort;
  try {
    return await startIntranetDemo({ port, salesPulseUrl: config.publicUrl, ...client });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new UsageError(
      `Port ${port} is in use by another program. Stop it, or set DEMO_INTRANET_PORT to a free one.`,
    );
  }
}

async function main(): Promise<void> {
  const stopped = untilStopped();
  const { config, isReset } = demoConfig();
  if (isReset) await reset(config);
  const building = buildPages(defaultPagesFolder);
  building.catch(() => {}); // awaited below; this only keeps an early failure from ending the process unheard
  const logger = createLogger({ level: config.logLevel });
  const database = await openStore(config);
  const stops: (() => Promise<void>)[] = [() => database.close()];
  try {
    await fill(database, config);
    await building;
    const runtime = await startRuntime({ config, database, logger });
    stops.push(() => runtime.stop());
    if (config.databaseUrl === null) {
      stops.push(await startControlServer({ config, database, logger, clock: () => new Date() }));
    }
    const intranetUrl = `http://localhost:${config.demoIntranetPort}`;
    const intranet = await startIntranet(database, config, intranetUrl);
    stops.push(() => intranet.close());
    announce(config.publicUrl, intranetUrl, config);
    await stopped;
    say('Stopping.');
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

function announce(url: string, intranetUrl: string, config: Config): void {
  const password = config.demoPassword === null ? DEMO_PASSWORD : '(the one in DEMO_PASSWORD)';
  say('');
  say('SalesPulse is running with its demo company.');
  say('');
  say(`  Console        ${url}`);
  say(`  Intranet page  ${intranetUrl}`);
  say(`  API docs       ${url}/api/docs`);
  say('');
  say('  Sign in as     password');
  for (const login of LOGINS) say(`  ${login.padEnd(21)}${password}`);
  say('');
  say('Stop with Ctrl+C. Start over with: npm run demo -- --reset');
}

main().then(() => process.exit(0), explainAndExit);
