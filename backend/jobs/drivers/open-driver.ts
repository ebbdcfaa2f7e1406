import type { Logger } from 'pino';
import type { Database } from '../../db/index.ts';
import type { QueueDriver } from './driver.ts';

/** The queue of this installation: Redis where there is one, else the database. Loads only the one it needs. */
export async function openDriver(deps: {
  db: Database;
  redisUrl: string | null;
  logger: Logger;
}): Promise<QueueDriver> {
  const { db, redisUrl, logger } = deps;
  if (redisUrl !== null) return (await import('./bullmq.ts')).createBullMqDriver({ redisUrl, logger });
  return (await import('./pgboss.ts')).createPgBossDriver({ db, logger });
}
