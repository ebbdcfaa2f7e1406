import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { startReminders } from './activities/index.ts';
import { analyticsJobs, logPurgeSchedule, type SharedEngine, startAnalytics } from './analytics/index.ts';
import { type App, createApp } from './app.ts';
import { automationJobs } from './automation/index.ts';
import type { Config } from './config.ts';
import { type Database, openPglite, openPostgres } from './db/index.ts';
import type { Dependencies } from './dependencies.ts';
import { exportJob } from './exports/index.ts';
import { accountMailJob, bootstrap, createIdentity, type Identity } from './identity/index.ts';
import { importJobs } from './imports/index.ts';
import { createJobRepository, createJobs, type JobsRuntime, openDriver } from './jobs/index.ts';
import {
  createEventBus,
  createEventStreams,
  createRecordFeed,
  listenForEvents,
  openLiveChanges,
} from './notify/index.ts';
import { mailJobs, mailSchedule } from './notify/mail/index.ts';
import { createMetrics, databaseCheck, migrationsCheck, opsApp } from './observability/index.ts';
import { recordJobs } from './record-jobs.ts';
import { purgeSchedule } from './records/index.ts';
import { startRules } from './start-rules.ts';
import { pingJob } from './system/index.ts';

const SHUTDOWN_GRACE_MS = 10_000;

/** The port can't be had; the message says what to do. */
export class PortInUseError extends Error {
  constructor(port: number, cause: unknown) {
    super(`Port ${port} is in use by another program. Stop it, or set PORT (or METRICS_PORT) to a free one.`, {
      cause,
    });
    this.name = 'PortInUseError';
  }
}

/** Opens the configured store, brings its schema up to date and makes sure roles and pipelines are there. */
export async function openStore(config: Config): Promise<Database> {
  const database =
    config.databaseUrl === null ? await openPglite(config.dataDir) : await openPostgres(config.databaseUrl);
  try {
    await database.migrate();
    await bootstrap(database, config);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** A running server: web, worker, or both. */
export interface Runtime {
  app: App;
  identity: Identity;
  analytics: SharedEngine;
  /** where it listens; null for a worker */
  url: string | null;
  /** Takes no new requests, ends streams, hands back jobs. The database stays the caller's. */
  stop(): Promise<void>;
}

export interface RuntimeOptions {
  config: Config;
  database: Database;
  logger: Logger;
  clock?: () => Date;
  pagesFolder?: string;
}

export const defaultPagesFolder = fileURLToPath(new URL('../dist/widgets/', import.meta.url));

export function productVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Starts what `config.role` asks for on an open store. @throws PortInUseError */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { config, database, logger } = options;
  const feed = createRecordFeed();
  const live = await openLiveChanges({
    db: database,
    redisUrl: config.redisUrl,
    feed: config.role === 'worker' ? null : feed,
    logger,
  });
  const clock = options.clock ?? (() => new Date());
  const common: Dependencies = { config, database, logger, clock, changes: live.changes };
  const analytics = startAnalytics(common);
  const deps = { ...common, analytics };
  const identity = createIdentity(deps);
  const bus = createEventBus();
  const streams = createEventStreams({ bus, feed });
  const metrics = createMetrics({
    outboxLagSeconds: () => createJobRepository(database.sql).relayLagSeconds(),
    openStreams: streams.count,
    analytics: analytics.status,
  });
  let isStopping = false;

  const hasWorker = config.role !== 'web';
  const jobs = hasWorker
    ? await startJobs(deps, identity, (kind, outcome, seconds) => metrics.jobFinished(kind, outcome, seconds))
    : null;
  const stopReminders = hasWorker ? startReminders(deps) : null;
  const stopRules = hasWorker ? startRules(deps, identity) : null;
  const checks = {
    database: databaseCheck(database),
    migrations: migrationsCheck(database),
    ...(jobs ? { queue: () => jobs.ping() } : {}),
  };
  const app = createApp({
    ...deps,
    identity,
    bus,
    streams,
    metrics,
    checks,
    isStopping: () => isStopping,
    pagesFolder: options.pagesFolder ?? defaultPagesFolder,
    version: productVersion(),
  });
  const stopListening = await listenForEvents({ db: database, bus, logger });
  let server: Server | null = null;
  let opsServer: Server | null = null;
  const stop = async () => {
    isStopping = true;
    streams.closeAll();
    await Promise.all([
      server && closeServer(server),
      opsServer && closeServer(opsServer),
      jobs?.stop(SHUTDOWN_GRACE_MS),
      stopReminders?.(),
      stopRules?.(),
    ]);
    await analytics.stop();
    await stopListening();
    await live.stop();
  };
  try {
    if (config.role !== 'worker') server = await listen(app.express, config);
    if (config.metricsPort !== null) {
      const ops = opsApp({ logger, metrics, metricsKey: null, checks, isStopping: () => isStopping });
      opsServer = await listen(ops, { host: config.host, port: config.metricsPort });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { app, identity, analytics, url: server ? addressOf(server) : null, stop };
}

async function startJobs(
  deps: Dependencies,
  identity: Identity,
  onOutcome: (kind: string, outcome: string, seconds: number) => void,
): Promise<JobsRuntime> {
  const { config, database, logger } = deps;
  const jobs = createJobs({
    db: database,
    logger,
    driver: await openDriver({ db: database, redisUrl: config.redisUrl, logger }),
    definitions: [
      pingJob,
      ...importJobs(deps),
      exportJob(deps),
      ...analyticsJobs,
      ...mailJobs(deps),
      accountMailJob(deps),
      ...automationJobs(deps),
      ...recordJobs(deps),
    ],
    schedules: [purgeSchedule, logPurgeSchedule, ...(config.mail ? [mailSchedule] : [])],
    concurrency: config.databaseUrl === null ? 1 : 4,
    loadPrincipal: (userId, keyId) =>
      keyId === null ? identity.loadPrincipal(userId, 'system', null) : identity.loadKeyPrincipal(keyId),
    onOutcome,
  });
  await jobs.start();
  return jobs;
}

function listen(app: RequestListener, { host, port }: Pick<Config, 'host' | 'port'>): Promise<Server> {
  const server = createServer(app);
  // Slow or silent clients must not hold sockets for ever; uploads of large files fit into five minutes.
  server.requestTimeout = 300_000;
  server.headersTimeout = 20_000;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(port, error) : error);
    });
    server.listen(port, host, () => resolve(server));
  });
}

function addressOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), SHUTDOWN_GRACE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
