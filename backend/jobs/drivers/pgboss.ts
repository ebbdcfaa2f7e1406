import { type Job, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { type Database, type SqlRunner, sql } from '../../db/index.ts';
import type { QueueDriver } from './driver.ts';

const SCHEMA = 'pgboss';
const QUEUE = 'salespulse';
/** Far above any job's own limit: the job row decides when work is given up, not the message. */
const DELIVERY_LIMIT = 50;
const LONGEST_RUN_SECONDS = 23 * 3600;

export interface PgBossOptions {
  db: Database;
  logger: Logger;
  /** shortest delay before a failed message comes back; grows with each try */
  retryDelaySeconds?: number;
  /** how often to look for messages whose NOTIFY was missed or whose delay is over */
  pollSeconds?: number;
  /** how often to look for messages whose worker died (silent for 30 s) */
  superviseSeconds?: number;
}

/** The queue on the PostgreSQL (or PGlite) that holds everything else, in a schema of its own. */
export function createPgBossDriver(options: PgBossOptions): QueueDriver {
  const { db, logger, retryDelaySeconds = 2, pollSeconds = 2, superviseSeconds = 15 } = options;
  const boss = new PgBoss({
    db: {
      executeSql: (text, values) => executeSql(db, text, values),
      async listen(channel, onNotification, onReconnect) {
        const close = await db.listen(channel, onNotification);
        onReconnect();
        return { close };
      },
    },
    backend: db.engine,
    schema: SCHEMA,
    schedule: false,
    registerInstance: false,
    useListenNotify: true,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  boss.on('error', (error) => logger.error({ err: error }, 'the queue has a problem'));
  boss.on('warning', (warning) => logger.warn({ warning: warning.message }, 'the queue warns'));

  return {
    name: 'pg-boss',
    async start() {
      await boss.start();
      const settings = {
        retryLimit: DELIVERY_LIMIT,
        retryDelay: retryDelaySeconds,
        retryBackoff: retryDelaySeconds > 0,
        retryDelayMax: retryDelaySeconds > 0 ? 300 : null,
        expireInSeconds: LONGEST_RUN_SECONDS,
        heartbeatSeconds: 30,
        deleteAfterSeconds: 3600,
        notify: true,
      };
      const { retryDelayMax, ...rest } = settings;
      await boss.createQueue(QUEUE, retryDelayMax === null ? rest : { ...rest, retryDelayMax });
      await boss.updateQueue(QUEUE, settings);
    },
    async put(jobIds, runner) {
      await boss.insert(
        QUEUE,
        jobIds.map((id) => ({ id, data: {} })),
        { db: { executeSql: (text, values) => inTransaction(runner, text, values) } },
      );
    },
    async work(receive, concurrency) {
      const options = {
        batchSize: 1,
        pollingIntervalSeconds: pollSeconds,
        notifyPollingIntervalSeconds: pollSeconds,
      } as const;
      for (let count = 0; count < concurrency; count++) {
        let workerId = '';
        workerId = await boss.work(QUEUE, options, async (jobs: Job[]) => {
          try {
            for (const job of jobs) await receive(job.id, job.signal);
          } finally {
            // Look for the next message at once; by itself it would first sleep until the next poll.
            boss.notifyWorker(workerId);
          }
        });
      }
    },
    async ping() {
      await db.executeSql(`select 1 from ${SCHEMA}.version`);
    },
    async stop(graceMs) {
      await boss.stop({ graceful: true, timeout: graceMs });
    },
  };
}

async function executeSql(db: Database, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  try {
    return await db.executeSql(text, values);
  } catch (error) {
    // PGlite has one session: a script that failed between its BEGIN and COMMIT would leave everybody in
    // the aborted transaction.
    if (db.engine === 'pglite') await db.execScript('rollback');
    throw error;
  }
}

/** Runs pg-boss's `$1`-style statement through the runner of somebody else's transaction. */
async function inTransaction(runner: SqlRunner, text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> {
  const placeholders = [...text.matchAll(/\$(\d+)/g)];
  const statement = sql(text.split(/\$\d+/), ...placeholders.map(([, position]) => values[Number(position) - 1]));
  return { rows: await runner.rows(statement) };
}
