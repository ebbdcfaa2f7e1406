import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { type Database, openPglite, openPostgres } from '../../backend/db/index.ts';
import { createBullMqDriver } from '../../backend/jobs/drivers/bullmq.ts';
import type { QueueDriver } from '../../backend/jobs/drivers/driver.ts';
import { createPgBossDriver } from '../../backend/jobs/drivers/pgboss.ts';
import { startPostgres } from '../support/postgres.ts';
import { findPostgres, findRedis } from '../support/programs.ts';
import { startRedis } from '../support/redis.ts';

export const silent = pino({ level: 'silent' });

/** Where another process finds the same store. */
export interface StoreAddress {
  folder: string | null;
  databaseUrl: string | null;
  redisUrl: string | null;
}

/** One combination of database and queue. */
export interface JobsStore {
  address: StoreAddress;
  openDatabase(): Promise<Database>;
  openDriver(db: Database): QueueDriver;
  /** Makes the queue believe that whoever holds a message has been silent for long. */
  ageClaims(db: Database): Promise<void>;
  /** Takes the queue's content away, as a crash of a queue without a disk does. */
  loseMessages(db: Database): Promise<void>;
  stop(): Promise<void>;
}

/** The store at an address, with short delays. */
export function connectStore(address: StoreAddress): Omit<JobsStore, 'stop'> {
  const { folder, databaseUrl, redisUrl } = address;
  return {
    address,
    openDatabase: () => (databaseUrl === null ? openPglite(folder) : openPostgres(databaseUrl, 8)),
    openDriver: (db) =>
      redisUrl === null
        ? createPgBossDriver({ db, logger: silent, retryDelaySeconds: 0, pollSeconds: 0.5, superviseSeconds: 1 })
        : createBullMqDriver({ redisUrl, logger: silent, retryDelayMs: 10, deadAfterMs: 1000 }),
    async ageClaims(db) {
      if (redisUrl !== null) return; // dead after a second of silence
      await db.execScript(
        `update pgboss.job set heartbeat_on = heartbeat_on - interval '10 minutes' where state = 'active'`,
      );
    },
    async loseMessages(db) {
      if (redisUrl === null) {
        await db.execScript('delete from pgboss.job');
        return;
      }
      const redis = new Redis(redisUrl);
      await redis.flushall();
      await redis.quit();
    },
  };
}

interface Needs {
  postgres: boolean;
  redis: boolean;
}

async function startStore(needs: Needs): Promise<JobsStore> {
  const folder = mkdtempSync(path.join(tmpdir(), 'salespulse-jobs-'));
  const postgres = needs.postgres ? await startPostgres() : null;
  const redis = needs.redis ? await startRedis() : null;
  const databaseUrl = postgres && `${postgres.url}/postgres`;
  return {
    ...connectStore({ folder, databaseUrl, redisUrl: redis?.url ?? null }),
    async stop() {
      await postgres?.stop();
      await redis?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const missing = ({ postgres, redis }: Needs): string | null => {
  if (postgres && findPostgres() === null) return 'PostgreSQL is not installed: apt-get install postgresql';
  if (redis && findRedis() === null) return 'redis-server is not installed: apt-get install redis-server';
  return null;
};

/** The stores, each with what this machine lacks for it. */
export const jobsStores = [
  { name: 'pg-boss on PGlite', needs: { postgres: false, redis: false } },
  { name: 'pg-boss on PostgreSQL', needs: { postgres: true, redis: false } },
  { name: 'BullMQ on Redis', needs: { postgres: false, redis: true } },
].map(({ name, needs }) => ({ name, missing: missing(needs), start: () => startStore(needs) }));
