import type { Dependencies } from '../../dependencies.ts';
import { createJobRepository, enqueueJob, type JobRow } from '../../jobs/index.ts';
import type { EventBus, LiveEvent } from '../../notify/index.ts';
import type { SystemPart, TestContext } from '../part.ts';
import { NoAnswerError, within } from '../patience.ts';
import { PING_KIND } from '../ping.job.ts';
import { readQueue } from '../queue.repository.ts';

const LONG_WAIT_SECONDS = 60;
const PING_MS = 10_000;

const NO_WORKER =
  'Check that a process with SALESPULSE_ROLE=all or worker runs, and look into its log for what keeps it from working.';

/** Background work: what waits, what failed, and whether work that is asked for gets done. */
export function queuePart({
  config,
  database,
  bus,
}: Pick<Dependencies, 'config' | 'database'> & { bus: EventBus }): SystemPart {
  const jobs = createJobRepository(database.sql);

  /** Asks for a ping and answers its job once it is over; the event of its end is waited for, not polled. */
  async function ping({ actor }: TestContext): Promise<JobRow | undefined> {
    const { userId } = actor.principal;
    let tellEnded = () => {};
    const ended = new Promise<void>((resolve) => {
      tellEnded = resolve;
    });
    let jobId: string | null = null;
    const early = new Set<string>();
    const stop = bus.subscribe(userId, ({ type, data }: LiveEvent) => {
      const { id, state } = data as { id?: string; state?: string };
      if (type !== 'job' || id === undefined || (state !== 'done' && state !== 'failed')) return;
      // The end may be told before the id of the job is known here.
      early.add(id);
      if (id === jobId) tellEnded();
    });
    try {
      const requestedBy = { userId, via: 'session', sessionId: null } as const;
      jobId = await database.transaction((tx) => enqueueJob(tx, { kind: PING_KIND, input: {}, requestedBy }));
      if (!early.has(jobId)) await within(PING_MS, ended);
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
    } finally {
      stop();
    }
    return jobId === null ? undefined : jobs.find(jobId);
  }

  return {
    key: 'queue',
    label: 'Background work',
    async look() {
      const [state, lag] = await Promise.all([readQueue(database.sql), jobs.relayLagSeconds()]);
      const facts = [
        { label: 'Queue', value: config.redisUrl === null ? 'in the database (pg-boss)' : 'Redis (BullMQ)' },
        { label: 'This process', value: config.role === 'web' ? 'asks for work only' : 'does work too' },
        { label: 'Waiting', value: String(state.waiting) },
        { label: 'Running', value: String(state.running) },
        { label: 'Failed in the last day', value: String(state.failed) },
        { label: 'Longest wait for the queue', value: `${Math.round(lag)} s` },
      ];
      if (lag > LONG_WAIT_SECONDS) {
        const detail = `Work has not reached the queue for ${Math.round(lag)} seconds. Nothing is lost. ${NO_WORKER}`;
        return { status: 'failed', detail, facts };
      }
      if (state.oldestSeconds > LONG_WAIT_SECONDS && state.running === 0) {
        const detail = `${state.waiting} jobs wait and nobody works. ${NO_WORKER}`;
        return { status: 'failed', detail, facts };
      }
      if (state.failed > 0) {
        const { kind, error } = state.lastFailure ?? { kind: 'a job', error: null };
        const detail = `${state.failed} jobs failed in the last day, ${kind} last: ${error ?? 'no reason was kept'} See to the reason, then start the work again.`;
        return { status: 'warning', detail, facts };
      }
      return { status: 'ok', detail: 'Background work is taken on and done. Nothing to do.', facts };
    },
    async test(context) {
      const startedAt = performance.now();
      const job = await ping(context);
      const ms = Math.ceil(performance.now() - startedAt);
      if (job?.state === 'done')
        return { status: 'ok', detail: `A test job went through queue and worker in ${ms} ms.` };
      if (job?.state === 'failed') {
        return { status: 'failed', detail: `The test job failed: ${job.error ?? 'no reason was kept'}` };
      }
      return { status: 'failed', detail: `Nobody did the test job within ${PING_MS / 1000} seconds. ${NO_WORKER}` };
    },
  };
}
