import { setTimeout as delay } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { QueueDriver } from './driver.ts';

const QUEUE = 'jobs';
const PREFIX = 'salespulse';
/** Far above any job's own limit: the job row decides when work is given up, not the message. */
const DELIVERY_LIMIT = 50;

export interface BullMqOptions {
  redisUrl: string;
  logger: Logger;
  /** shortest delay before a failed message comes back; doubles with each try */
  retryDelayMs?: number;
  /** silence after which a worker counts as dead and its message goes to another */
  deadAfterMs?: number;
}

/** Redis can't be reached; the message says what to do. */
export class QueueUnreachableError extends Error {
  constructor(redisUrl: string, cause: unknown) {
    super(
      `Cannot reach Redis on ${new URL(redisUrl).host} (${(cause as Error).message}). Check REDIS_URL and that the server is running.`,
      { cause },
    );
    this.name = 'QueueUnreachableError';
  }
}

/** BullMQ itself would try for ever, which is right later on and wrong at the start. */
async function checkReachable(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl, { lazyConnect: true, connectTimeout: 5_000, retryStrategy: () => null });
  let reason: unknown;
  redis.on('error', (error) => {
    reason = error; // the rejection below says no more than "connection is closed"
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new QueueUnreachableError(redisUrl, reason ?? error);
  } finally {
    redis.disconnect();
  }
}

/** The queue on Redis, for installations with several worker processes. Redis must not evict keys. */
export function createBullMqDriver(options: BullMqOptions): QueueDriver {
  const { redisUrl, logger, retryDelayMs = 2000, deadAfterMs = 30_000 } = options;
  const shared = { prefix: PREFIX };
  let queue: Queue | undefined;
  let worker: Worker | undefined;

  const opened = (): Queue => {
    if (!queue) throw new Error('The queue is not started.');
    return queue;
  };

  return {
    name: 'bullmq',
    async start() {
      await checkReachable(redisUrl);
      const connecting = new Queue(QUEUE, {
        ...shared,
        // A relay that can't reach Redis should hear of it, not wait: the outbox keeps the work.
        connection: { url: redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
        defaultJobOptions: {
          attempts: DELIVERY_LIMIT,
          backoff: { type: 'exponential', delay: retryDelayMs, jitter: 0.5 },
          removeOnComplete: true,
          removeOnFail: true,
        },
      });
      connecting.on('error', (error) => logger.warn({ err: error }, 'Redis is not reachable'));
      await connecting.waitUntilReady();
      queue = connecting;
    },
    async put(jobIds) {
      await opened().addBulk(jobIds.map((jobId) => ({ name: 'job', data: {}, opts: { jobId } })));
    },
    async work(receive, concurrency) {
      worker = new Worker(
        QUEUE,
        async (job, _token, signal) => {
          if (job.id) await receive(job.id, signal);
        },
        {
          ...shared,
          connection: { url: redisUrl, maxRetriesPerRequest: null },
          concurrency,
          lockDuration: deadAfterMs,
          stalledInterval: deadAfterMs,
          maxStalledCount: DELIVERY_LIMIT,
        },
      );
      worker.on('error', (error) => logger.warn({ err: error }, 'the queue has a problem'));
      await worker.waitUntilReady();
    },
    async ping() {
      await opened().getJobCountByTypes('active');
    },
    async stop(graceMs) {
      if (worker) {
        const patience = new AbortController();
        await Promise.race([
          worker.close().then(() => patience.abort()),
          delay(graceMs, undefined, { signal: patience.signal, ref: false }).catch(() => {}), // closed in time
        ]);
        if (!patience.signal.aborted) await worker.disconnect();
      }
      await queue?.close();
    },
  };
}
