import type { Logger } from 'pino';
import type { Principal } from '../access/index.ts';
import type { Database } from '../db/index.ts';
import { publishEvent } from '../notify/index.ts';
import { createCatalogue, type JobDefinition } from './define-job.ts';
import type { QueueDriver } from './drivers/driver.ts';
import { presentJobEvent } from './job.presenter.ts';
import { createJobRepository } from './job.repository.ts';
import { maintenanceJob, maintenanceSchedule } from './maintenance.job.ts';
import { createRelay } from './relay.ts';
import { repeat, type Schedule, startDueJobs } from './schedules.ts';
import { createWorker, type JobOutcome } from './worker.ts';

const SCHEDULE_EVERY_MS = 60_000;
const SWEEP_EVERY_MS = 60_000;
const SILENT_MINUTES = 5;
/** what a handler gets to notice that it must stop, after its grace is over */
const INTERRUPT_MS = 5_000;

export interface JobsOptions {
  db: Database;
  logger: Logger;
  driver: QueueDriver;
  definitions: readonly JobDefinition[];
  schedules?: readonly Schedule[];
  /** jobs that run at once in this process */
  concurrency: number;
  loadPrincipal(userId: string, apiKeyId: string | null): Promise<Principal | null>;
  onOutcome?(kind: string, outcome: JobOutcome, seconds: number): void;
  /** for tests: how often a running job is asked whether it is still wanted */
  touchEveryMs?: number;
}

/** Runs the jobs of the catalogue in this process. */
export interface JobsRuntime {
  start(): Promise<void>;
  /** Looks at the outbox without waiting for NOTIFY. */
  wake(): void;
  /** @throws when the queue doesn't answer. */
  ping(): Promise<void>;
  /** Takes no new jobs; running ones get `graceMs` to finish, then they are handed back. */
  stop(graceMs: number): Promise<void>;
}

/** Puts silent jobs into the queue again: it may have lost them (a Redis without its data). */
export async function sweepSilentJobs(db: Database, driver: QueueDriver, minutes = SILENT_MINUTES): Promise<number> {
  return db.bulk(async ({ sql }) => {
    const ids = await createJobRepository(sql).silent(minutes);
    if (ids.length > 0) await driver.put(ids, sql);
    return ids.length;
  });
}

/** Joins catalogue, relay, queue, worker and schedules. */
export function createJobs(options: JobsOptions): JobsRuntime {
  const { db, logger, driver, concurrency } = options;
  const schedules = [maintenanceSchedule, ...(options.schedules ?? [])];
  const worker = createWorker({
    db,
    logger,
    catalogue: createCatalogue([maintenanceJob, ...options.definitions]),
    loadPrincipal: options.loadPrincipal,
    async onChange(row) {
      if (row.requestedBy) await publishEvent(db.sql, { to: row.requestedBy, type: 'job', data: presentJobEvent(row) });
    },
    onOutcome: options.onOutcome ?? (() => {}),
    ...(options.touchEveryMs === undefined ? {} : { touchEveryMs: options.touchEveryMs }),
  });
  const relay = createRelay({ db, driver, logger });
  const stops: (() => Promise<void>)[] = [];

  return {
    wake: relay.wake,
    ping: () => driver.ping(),
    async start() {
      await driver.start();
      await driver.work((jobId, lost) => worker.run(jobId, lost), concurrency);
      await relay.start();
      stops.push(
        repeat({ everyMs: SCHEDULE_EVERY_MS, logger, name: 'schedules' }, () => startDueJobs(db, schedules)),
        repeat({ everyMs: SWEEP_EVERY_MS, logger, name: 'silent jobs' }, () => sweepSilentJobs(db, driver)),
      );
    },
    async stop(graceMs) {
      await Promise.all(stops.map((stop) => stop()));
      await relay.stop();
      const patience = setTimeout(() => worker.interrupt(), graceMs);
      try {
        await driver.stop(graceMs + INTERRUPT_MS);
      } finally {
        clearTimeout(patience);
      }
    },
  };
}
