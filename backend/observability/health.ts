import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Database, pingDatabase, sql } from '../db/index.ts';

const CHECK_TIMEOUT_MS = 3_000;

/** Resolves when the part works; rejects when the process shouldn't get requests because of it. */
export type HealthCheck = () => Promise<void>;

export interface Readiness {
  isReady: boolean;
  /** by name of the check; the reason of a failure goes to the log, not to whoever asks */
  checks: Record<string, 'ok' | 'failed'>;
}

/** Runs all checks at once, each for 3 seconds at most. */
export async function checkReadiness(
  checks: Readonly<Record<string, HealthCheck>>,
  logger: Logger,
  timeoutMs = CHECK_TIMEOUT_MS,
): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const patience = new AbortController();
      try {
        await Promise.race([
          check(),
          delay(timeoutMs, undefined, { signal: patience.signal, ref: false }).then(() => {
            throw new Error(`No answer within ${timeoutMs} ms.`);
          }),
        ]);
        return [name, 'ok'] as const;
      } catch (error) {
        logger.warn({ err: error, check: name }, 'not ready');
        return [name, 'failed'] as const;
      } finally {
        patience.abort();
      }
    }),
  );
  return { isReady: results.every(([, state]) => state === 'ok'), checks: Object.fromEntries(results) };
}

/** Does the database answer? */
export const databaseCheck = (db: Database): HealthCheck => {
  return () => pingDatabase(db);
};

/** Is no migration half done? A newer schema than this version's is fine: that is a rolling upgrade. */
export const migrationsCheck = (db: Database): HealthCheck => {
  return async () => {
    const open = await db.sql.first<{ name: string }>(sql`
      select migration_name as name from _prisma_migrations
      where finished_at is null and rolled_back_at is null limit 1`);
    if (open) throw new Error(`The migration ${open.name} is not finished.`);
  };
};
