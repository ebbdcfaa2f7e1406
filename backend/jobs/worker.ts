import { performance } from 'node:perf_hooks';
import type { Logger } from 'pino';
import type { Actor, Principal } from '../access/index.ts';
import type { Database } from '../db/index.ts';
import { type JobContext, type JobDefinition, JobFailedError, JobInterruptedError } from './define-job.ts';
import { type ClaimedJob, createJobRepository, type JobRow } from './job.repository.ts';
import { createProgress } from './progress.ts';

const PROGRESS_EVERY_MS = 250;
const TOUCH_EVERY_MS = 5_000;

export type JobOutcome = 'done' | 'failed' | 'retried' | 'interrupted' | 'cancelled';

export interface WorkerDependencies {
  db: Database;
  logger: Logger;
  catalogue: ReadonlyMap<string, JobDefinition>;
  /** The person as they are now, with no more rights than the key they used; null when they may not act any more. */
  loadPrincipal(userId: string, apiKeyId: string | null): Promise<Principal | null>;
  /** Told of every change that a watcher wants to see. */
  onChange(job: JobRow): Promise<void>;
  onOutcome(kind: string, outcome: JobOutcome, seconds: number): void;
  clock?: () => number;
  /** how often a running job is marked as alive, and is asked whether it is still wanted */
  touchEveryMs?: number;
}

/** Runs jobs by id. */
export interface JobWorker {
  /** One attempt. Rejects when the job should be tried again, so that the queue brings it back. */
  run(jobId: string, lost?: AbortSignal): Promise<void>;
  /** Asks running jobs to stop; they go back in line without losing an attempt. */
  interrupt(): void;
}

const notOurs = () => new JobInterruptedError('The job was cancelled, or another worker has taken it over.');

export function createWorker(deps: WorkerDependencies): JobWorker {
  const { db, catalogue, logger, clock = () => performance.now(), touchEveryMs = TOUCH_EVERY_MS } = deps;
  const repository = createJobRepository(db.sql);
  const stopping = new AbortController();

  const tell = async (row: JobRow | undefined): Promise<void> => {
    if (!row) return;
    try {
      await deps.onChange(row);
    } catch (error) {
      // Watchers can ask for the job itself; the work must not fail because nobody could be told.
      logger.warn({ err: error, jobId: row.id }, 'a change of a job could not be announced');
    }
  };

  /** The person the job works for, as they are now. */
  async function actorOf(job: ClaimedJob): Promise<Actor | null> {
    if (job.requestedBy === null) return null;
    const principal = await deps.loadPrincipal(job.requestedBy, job.apiKeyId);
    if (principal) return { principal, requestId: null };
    if (job.apiKeyId !== null) {
      throw new JobFailedError('The API key this was asked for with no longer works, so it was not done.');
    }
    throw new JobFailedError('The person who asked for this can no longer sign in, so it was not done.');
  }

  function checkedInput(job: ClaimedJob, definition: JobDefinition): unknown {
    if (job.attempt > definition.maxAttempts) {
      throw new JobFailedError(`The work stopped unexpectedly ${definition.maxAttempts} times and was given up.`);
    }
    const input = definition.input.safeParse(job.input);
    if (input.success) return input.data;
    throw new JobFailedError('The work was described in a way that this version cannot read. Start it again.', {
      cause: input.error,
    });
  }

  /** Runs one attempt to its end; resolves once the result is stored. */
  async function perform(
    job: ClaimedJob,
    definition: JobDefinition | undefined,
    takeover: AbortController,
    signal: AbortSignal,
  ): Promise<void> {
    if (!definition) throw new JobFailedError(`This version does not know the work "${job.kind}".`);
    const input = checkedInput(job, definition);
    const actor = await actorOf(job);
    const progress = createProgress({
      clock,
      everyMs: PROGRESS_EVERY_MS,
      async write(done, total) {
        const row = await repository.progress(job, done, total);
        if (!row) takeover.abort(notOurs());
        await tell(row);
      },
    });
    await tell(await repository.progress(job, 0, null));
    const context: JobContext = {
      jobId: job.id,
      attempt: job.attempt,
      actor,
      db,
      logger: logger.child({ jobId: job.id, kind: job.kind, attempt: job.attempt }),
      signal,
      async progress(done, total) {
        signal.throwIfAborted();
        await progress.report(done, total);
        signal.throwIfAborted();
      },
    };
    const result = await definition.run(context, input as never);
    await progress.flush();
    await tell(await repository.finish(job, result));
  }

  /** Decides what an error means. Returns the outcome; `retried` and `interrupted` must reach the queue. */
  async function settle(job: ClaimedJob, maxAttempts: number, error: unknown, signal: AbortSignal) {
    const log = logger.child({ jobId: job.id, kind: job.kind, attempt: job.attempt });
    if (error instanceof JobFailedError) {
      log.warn({ err: error }, 'job failed');
      await tell(await repository.fail(job, error.message));
      return 'failed' as const;
    }
    if ((await repository.find(job.id))?.state === 'cancelled') {
      log.info('job cancelled');
      return 'cancelled' as const;
    }
    if (signal.aborted || error instanceof JobInterruptedError) {
      log.info({ reason: String(error) }, 'job interrupted');
      await tell(await repository.release(job, false));
      return 'interrupted' as const;
    }
    if (job.attempt >= maxAttempts) {
      log.error({ err: error }, 'job failed');
      await tell(
        await repository.fail(
          job,
          `Something went wrong while this ran; it was tried ${job.attempt} times. Tell your administrator the number ${job.id}.`,
        ),
      );
      return 'failed' as const;
    }
    log.warn({ err: error }, 'job will be tried again');
    await tell(await repository.release(job, true));
    return 'retried' as const;
  }

  return {
    interrupt() {
      stopping.abort(new JobInterruptedError('The process stops.'));
    },
    async run(jobId, lost) {
      if (stopping.signal.aborted) throw stopping.signal.reason;
      const job = await repository.claim(jobId);
      if (!job) return; // over already: the message came twice
      const startedAt = clock();
      const definition = catalogue.get(job.kind);
      const takeover = new AbortController();
      const signal = AbortSignal.any([stopping.signal, takeover.signal, ...(lost ? [lost] : [])]);
      const touch = setInterval(() => {
        repository
          .touch(job)
          .then((row) => row ?? takeover.abort(notOurs()))
          .catch((error: unknown) => logger.warn({ err: error }, 'a running job could not be marked'));
      }, touchEveryMs).unref();
      let outcome: JobOutcome = 'done';
      let failure: unknown;
      try {
        await perform(job, definition, takeover, signal);
      } catch (error) {
        failure = error;
        outcome = await settle(job, definition?.maxAttempts ?? 1, error, signal);
      } finally {
        clearInterval(touch);
      }
      deps.onOutcome(job.kind, outcome, (clock() - startedAt) / 1000);
      if (outcome === 'retried' || outcome === 'interrupted') throw failure;
    },
  };
}
