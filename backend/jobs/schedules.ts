import type { Logger } from 'pino';
import { type Database, sql } from '../db/index.ts';
import { enqueueJob } from './enqueue.ts';

/** Any process of the same database must agree on it. */
const SCHEDULE_LOCK = 7_203_114_003;

/** Work that the system starts by itself. */
export interface Schedule {
  kind: string;
  /** at most one such job is born in any span of this length */
  everyMinutes: number;
}

/**
 * Starts what is due. However many processes call it, each job is born once: they take turns, and the job
 * rows themselves remember when the last one was.
 *
 * Returns the kinds that were started.
 */
export async function startDueJobs(db: Database, schedules: readonly Schedule[]): Promise<string[]> {
  return db.bulk(async (tx) => {
    await tx.sql.rows(sql`select 1 as held from pg_advisory_xact_lock(${SCHEDULE_LOCK}::bigint)`);
    const started: string[] = [];
    for (const { kind, everyMinutes } of schedules) {
      const recent = await tx.sql.first(sql`
        select 1 as found from job
        where requested_by is null and kind = ${kind}
          and created_at > now() - make_interval(mins => ${everyMinutes}::int) limit 1`);
      if (recent) continue;
      await enqueueJob(tx, { kind, input: {}, requestedBy: null });
      started.push(kind);
    }
    return started;
  });
}

/** Calls `task` at once and then each `everyMs`, never twice at the same time. Returns how to stop. */
export function repeat(
  { everyMs, logger, name }: { everyMs: number; logger: Logger; name: string },
  task: () => Promise<unknown>,
): () => Promise<void> {
  let running: Promise<void> | null = null;
  const tick = (): void => {
    running ??= task()
      .then(
        () => {},
        (error: unknown) => logger.warn({ err: error, task: name }, 'a repeated task failed and will be tried again'),
      )
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(tick, everyMs).unref();
  tick();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
