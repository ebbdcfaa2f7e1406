import type { Logger } from 'pino';
import type { Database } from '../db/index.ts';
import type { QueueDriver } from './drivers/driver.ts';
import { OUTBOX_CHANNEL } from './enqueue.ts';
import { createJobRepository } from './job.repository.ts';

const BATCH = 100;
const SLOW_POLL_MS = 5_000;

/** Hands jobs from the outbox to the queue. Any number may run at once. */
export interface Relay {
  start(): Promise<void>;
  /** Looks at the outbox now; calls while it looks already are one more look. */
  wake(): void;
  /** Hands over what waits; returns how many. @throws when the queue or the database doesn't answer. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}

/** Woken by NOTIFY, by `wake`, and slowly by itself for the NOTIFY that got lost. */
export function createRelay(deps: { db: Database; driver: QueueDriver; logger: Logger }): Relay {
  const { db, driver, logger } = deps;
  let isRunning = false;
  let isWanted = false;
  let isStopped = false;
  let idle: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let unlisten: (() => Promise<void>) | undefined;

  /** One batch in one transaction: a crash between hand-over and mark hands over again, never forgets. */
  const drainBatch = (): Promise<number> =>
    db.bulk(async ({ sql }) => {
      const repository = createJobRepository(sql);
      const pending = await repository.lockPending(BATCH);
      if (pending.length === 0) return 0;
      await driver.put([...new Set(pending.map((row) => row.jobId))], sql);
      await repository.markRelayed(pending.map((row) => row.seq));
      return pending.length;
    });

  const drain = async (): Promise<number> => {
    let total = 0;
    for (;;) {
      const count = await drainBatch();
      total += count;
      if (count < BATCH) return total;
    }
  };

  const look = async (): Promise<void> => {
    isRunning = true;
    while (isWanted && !isStopped) {
      isWanted = false;
      try {
        await drain();
      } catch (error) {
        logger.warn({ err: error }, 'jobs could not be handed to the queue; they stay in the outbox');
      }
    }
    isRunning = false;
  };

  const wake = (): void => {
    isWanted = true;
    if (!isRunning && !isStopped) idle = look();
  };

  return {
    wake,
    drain,
    async start() {
      unlisten = await db.listen(OUTBOX_CHANNEL, wake);
      timer = setInterval(wake, SLOW_POLL_MS).unref();
      wake();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await unlisten?.();
      await idle;
    },
  };
}
