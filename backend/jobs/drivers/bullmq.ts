import { setTimeout as delay } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
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
      try {
        await connecting.waitUntilReady();
      } catch (error) {
        await connecting.close();
        throw new Error(`Cannot reach Redis on ${new URL(redisUrl).host}. Check REDIS_URL and that it is running.`, {
          cause: error,
        });
      }
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
