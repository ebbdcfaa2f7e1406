import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldView, type Principal } from '../../backend/access/index.ts';
import type { Database } from '../../backend/db/index.ts';
import {
  createJobRepository,
  createJobs,
  defineJob,
  enqueueJob,
  type JobContext,
  type JobDefinition,
  JobFailedError,
  type JobRow,
  type JobsRuntime,
} from '../../backend/jobs/index.ts';
import { sweepSilentJobs } from '../../backend/jobs/jobs.service.ts';
import { type JobsStore, jobsStores, silent } from './jobs-stores.ts';
import { until } from './until.ts';

const person = '01900000-0000-7000-8000-000000000001';
const principal: Principal = {
  userId: person,
  name: 'Ada',
  roleKey: 'rep',
  permissions: {},
  fieldGroups: fieldView([]),
  teamId: null,
  teamIds: [],
  via: 'session',
  sessionId: null,
};

const inSession = (userId: string) => ({ userId, via: 'session', sessionId: null }) as const;

/** A promise and what settles it. */
function gate(): { promise: Promise<void>; open(): void } {
  let open = (): void => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open: () => open() };
}

const isOver = (job: JobRow | undefined): JobRow | false =>
  job?.state === 'done' || job?.state === 'failed' ? job : false;

for (const { name, missing, start } of jobsStores) {
  const skip = missing !== null && process.env.CI !== 'true';
  if (missing !== null) console.warn(`${name}: ${skip ? 'skipped' : 'failing'}, ${missing}`);

  describe.skipIf(skip)(`jobs with ${name}`, { timeout: 60_000 }, () => {
    let store: JobsStore;
    let db: Database;
    const running: JobsRuntime[] = [];

    const find = (id: string) => createJobRepository(db.sql).find(id);
    const over = (id: string) => until(`job ${id} is over`, async () => isOver(await find(id)));
    const enqueue = (kind: string, input: unknown = {}) =>
      db.transaction((tx) => enqueueJob(tx, { kind, input, requestedBy: null }));

    async function startJobs(
      definitions: JobDefinition[],
      { concurrency = 2, touchEveryMs = 5_000 } = {},
    ): Promise<JobsRuntime> {
      const jobs = createJobs({
        db,
        logger: silent,
        driver: store.openDriver(db),
        concurrency,
        definitions,
        touchEveryMs,
        loadPrincipal: async (id) => (id === person ? principal : null),
      });
      running.push(jobs);
      await jobs.start();
      return jobs;
    }
    const job = (
      run: (context: JobContext, input: { value?: number | undefined }) => Promise<unknown>,
      kind = 'work',
    ) => defineJob({ kind, input: z.object({ value: z.number().optional() }), run });

    beforeAll(async () => {
      if (missing !== null) throw new Error(missing);
      store = await start();
      db = await store.openDatabase();
      await db.migrate();
    }, 120_000);
    afterEach(async () => {
      for (const jobs of running.splice(0)) await jobs.stop(0);
    }, 30_000);
    afterAll(async () => {
      await db?.close();
      await store?.stop();
    }, 30_000);

    it('runs a job with the rights of who asked and keeps progress and result', async () => {
      const seen: unknown[] = [];
      await startJobs([
        job(async ({ actor, progress }, { value }) => {
          seen.push(actor?.principal.userId);
          await progress(3, 4);
          await progress(4, 4);
          return { twice: (value ?? 0) * 2 };
        }),
      ]);
      const id = await db.transaction((tx) =>
        enqueueJob(tx, { kind: 'work', input: { value: 21 }, requestedBy: inSession(person) }),
      );
      expect(await over(id)).toMatchObject({ state: 'done', done: 4, total: 4, error: null, result: { twice: 42 } });
      expect(seen).toEqual([person]);
    });

    it('does nothing for a transaction that is rolled back', async () => {
      const ran: (number | undefined)[] = [];
      await startJobs([job(async (_context, { value }) => ran.push(value))]);
      const undone = db.transaction(async (tx) => {
        await enqueueJob(tx, { kind: 'work', input: { value: 1 }, requestedBy: null });
        throw new Error('changed my mind');
      });
      await expect(undone).rejects.toThrow('changed my mind');
      await over(await enqueue('work', { value: 2 }));
      expect(ran).toEqual([2]);
    });

    it('tries a failed job again until it works', async () => {
      const attempts: number[] = [];
      await startJobs([
        job(async ({ attempt }) => {
          attempts.push(attempt);
          if (attempt < 3) throw new Error('the disk was full');
        }),
      ]);
      expect(await over(await enqueue('work'))).toMatchObject({ state: 'done', error: null });
      expect(attempts).toEqual([1, 2, 3]);
    });

    it('gives up after three tries and says so in one sentence without the technical reason', async () => {
      let tries = 0;
      await startJobs([
        job(async () => {
          tries += 1;
          throw new Error('ECONNREFUSED 10.0.0.7');
        }),
      ]);
      const id = await enqueue('work');
      const { state, error } = await over(id);
      expect({ state, tries }).toEqual({ state: 'failed', tries: 3 });
      expect(error).toContain('it was tried 3 times');
      expect(error).toContain(id);
      expect(error).not.toContain('ECONNREFUSED');
    });

    it('fails at once what can never work', async () => {
      let tries = 0;
      await startJobs([
        job(async () => {
          tries += 1;
          throw new JobFailedError('The file has no header row.');
        }),
      ]);
      const ownReason = await over(await enqueue('work'));
      const badInput = await over(await enqueue('work', { value: 'many' }));
      const unknown = await over(await enqueue('juggle'));
      const id = await enqueueJob(db, {
        kind: 'work',
        input: {},
        requestedBy: inSession('01900000-0000-7000-8000-00000000dead'),
      });
      const stranger = await over(id);
      expect([ownReason, badInput, unknown, stranger].map((row) => row.state)).toEqual(Array(4).fill('failed'));
      expect(ownReason.error).toBe('The file has no header row.');
      expect(badInput.error).toContain('cannot read');
      expect(unknown.error).toContain('juggle');
      expect(stranger.error).toContain('can no longer sign in');
      expect(tries).toBe(1);
    });

    it('runs each of many jobs once, whoever takes it', async () => {
      const ran: (number | undefined)[] = [];
      const definition = job(async (_context, { value }) => ran.push(value));
      await startJobs([definition], { concurrency: 3 });
      await startJobs([definition], { concurrency: 3 });
      const values = Array.from({ length: 60 }, (_, value) => value);
      const ids = await Promise.all(values.map((value) => enqueue('work', { value })));
      for (const id of ids) await over(id);
      expect(ran.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(values);
    });

    it('lets a running job finish when it stops', async () => {
      const entered = gate();
      const mayEnd = gate();
      const jobs = await startJobs([
        job(async () => {
          entered.open();
          await mayEnd.promise;
        }),
      ]);
      const id = await enqueue('work');
      await entered.promise;
      const stopped = jobs.stop(30_000);
      mayEnd.open();
      await stopped;
      expect(await find(id)).toMatchObject({ state: 'done' });
    });

    it('stops a job at its next report once who asked for it cancels it, and never takes it up again', async () => {
      const entered = gate();
      const isCancelled = gate();
      const stopped: unknown[] = [];
      await startJobs([
        job(async ({ progress, signal }) => {
          entered.open();
          await isCancelled.promise;
          // Reports are thinned out: one of these is written.
          while (!signal.aborted) await progress(1, 2).catch((error: unknown) => stopped.push(error));
          signal.throwIfAborted();
        }),
      ]);
      const id = await enqueueJob(db, { kind: 'work', input: {}, requestedBy: inSession(person) });
      await entered.promise;
      const jobs = createJobRepository(db.sql);
      expect(await jobs.cancel(id, 'work', '01900000-0000-7000-8000-00000000dead')).toBeUndefined();
      expect(await jobs.cancel(id, 'work', person)).toMatchObject({ state: 'cancelled' });
      isCancelled.open();
      await until('the job has stopped', async () => stopped.length > 0);
      expect(await find(id)).toMatchObject({ state: 'cancelled', result: null });
      expect(await jobs.cancel(id, 'work', person)).toBeUndefined();
    });

    it('stops a job that reports nothing, too, when it is cancelled', async () => {
      const entered = gate();
      const stopped: unknown[] = [];
      const quiet = job(async ({ signal }) => {
        entered.open();
        await once(signal, 'abort');
        stopped.push(signal.reason);
        signal.throwIfAborted();
      });
      await startJobs([quiet], { touchEveryMs: 20 });
      const id = await enqueueJob(db, { kind: 'work', input: {}, requestedBy: inSession(person) });
      await entered.promise;
      await createJobRepository(db.sql).cancel(id, 'work', person);
      await until('the job has stopped', async () => stopped.length > 0);
      expect(await find(id)).toMatchObject({ state: 'cancelled', result: null });
    });

    it('hands a job back when it stops before the job ends, without counting the try', async () => {
      const entered = gate();
      const first = await startJobs([
        job(async ({ signal }) => {
          entered.open();
          await once(signal, 'abort');
          signal.throwIfAborted();
        }),
      ]);
      const id = await enqueue('work');
      await entered.promise;
      await first.stop(0);
      expect(await find(id)).toMatchObject({ state: 'queued' });

      const attempts: number[] = [];
      await startJobs([job(async ({ attempt }) => attempts.push(attempt))]);
      expect(await over(id)).toMatchObject({ state: 'done' });
      expect(attempts).toEqual([1]);
    });

    it('puts jobs that the queue lost into it again', async () => {
      const relayOnly = await startJobs([job(async () => {})]);
      await relayOnly.stop(0);
      const id = await enqueue('work');
      const driver = store.openDriver(db);
      await driver.start();
      await db.bulk(({ sql }) => driver.put([id], sql));
      await db.execScript('update outbox set relayed_at = now() where relayed_at is null');
      await store.loseMessages(db);
      expect(await sweepSilentJobs(db, driver)).toBe(0);
      await db.execScript(`update job set updated_at = now() - interval '10 minutes' where id = '${id}'`);
      expect(await sweepSilentJobs(db, driver)).toBe(1);
      await driver.stop(0);
      await startJobs([job(async () => 'found again')]);
      expect(await over(id)).toMatchObject({ state: 'done', result: 'found again' });
    });

    it('gives the job of a killed worker process to another', async () => {
      if (store.address.databaseUrl === null) await db.close();
      const script = fileURLToPath(new URL('./doomed-worker.ts', import.meta.url));
      const child = spawn(process.execPath, [script, JSON.stringify(store.address)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      child.kill('SIGKILL');
      await once(child, 'exit');
      if (store.address.databaseUrl === null) db = await store.openDatabase();

      const id = line.toString().trim().split(' ')[1] ?? '';
      expect(await find(id)).toMatchObject({ state: 'running', done: 1, total: 2 });
      await store.ageClaims(db);
      const attempts: number[] = [];
      await startJobs([job(async ({ attempt }) => attempts.push(attempt), 'endless')]);
      expect(await over(id)).toMatchObject({ state: 'done', error: null });
      expect(attempts).toEqual([2]);
    });
  });
}
