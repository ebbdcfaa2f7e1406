import type { Job } from '../contracts/jobs.ts';
import { limitSql, type SqlRunner, sql } from '../db/index.ts';
import { JOB_PREFIX } from './enqueue.ts';

/** A job that a worker holds; `attempt` tells it from any later holder. */
export interface ClaimedJob {
  id: string;
  kind: string;
  input: unknown;
  requestedBy: string | null;
  /** the key it was asked for with */
  apiKeyId: string | null;
  attempt: number;
}

/** A job with the person who may watch it. */
export interface JobRow extends Job {
  requestedBy: string | null;
}

const columns = sql`id::text as id, kind, state, done, total, error, result, requested_by::text as "requestedBy"`;

/** The rows of the table `job`, and the outbox rows that stand for them. */
export function createJobRepository(runner: SqlRunner) {
  const change = (statement: ReturnType<typeof sql>): Promise<JobRow | undefined> => runner.first<JobRow>(statement);
  return {
    find: (id: string) => change(sql`select ${columns} from job where id = ${id}::uuid`),

    /** How many jobs of a kind that the person asked for are not over yet. */
    countOpen: async (kind: string, userId: string): Promise<number> => {
      const row = await runner.first<{ count: number }>(sql`
        select count(*)::int as count from job
        where requested_by = ${userId}::uuid and kind = ${kind} and state in ('queued', 'running')`);
      return row?.count ?? 0;
    },

    /** Takes the job for one more attempt; undefined when it is over. */
    claim: (id: string) =>
      runner.first<ClaimedJob>(sql`
        update job set state = 'running', attempts = attempts + 1, updated_at = now()
        where id = ${id}::uuid and state in ('queued', 'running')
        returning id::text as id, kind, input, requested_by::text as "requestedBy", api_key_id::text as "apiKeyId",
          attempts as attempt`),

    /** Undefined when another worker holds the job by now; so for all changes below. */
    progress: (job: ClaimedJob, done: number, total: number | null) =>
      change(sql`
        update job set done = ${done}::int, total = ${total}::int, updated_at = now()
        where id = ${job.id}::uuid and attempts = ${job.attempt}::int and state = 'running' returning ${columns}`),

    /** Shows that the worker lives, so that nobody puts the job into the queue again. */
    touch: (job: ClaimedJob) =>
      change(sql`
        update job set updated_at = now()
        where id = ${job.id}::uuid and attempts = ${job.attempt}::int and state = 'running' returning ${columns}`),

    finish: (job: ClaimedJob, result: unknown) =>
      change(sql`
        update job set state = 'done', result = ${JSON.stringify(result ?? null)}::jsonb, error = null,
          total = coalesce(total, done), updated_at = now(), finished_at = now()
        where id = ${job.id}::uuid and attempts = ${job.attempt}::int and state = 'running' returning ${columns}`),

    fail: (job: ClaimedJob, sentence: string) =>
      change(sql`
        update job set state = 'failed', error = ${sentence}, updated_at = now(), finished_at = now()
        where id = ${job.id}::uuid and attempts = ${job.attempt}::int and state = 'running' returning ${columns}`),

    /** Ends a job of this kind that the person asked for; undefined when it is over, or somebody else's. */
    cancel: (id: string, kind: string, userId: string) =>
      change(sql`
        update job set state = 'cancelled', updated_at = now(), finished_at = now()
        where id = ${id}::uuid and kind = ${kind} and requested_by = ${userId}::uuid and state in ('queued', 'running')
        returning ${columns}`),

    /** Puts the job back in line; an attempt that was only interrupted doesn't count. */
    release: (job: ClaimedJob, countsAsAttempt: boolean) =>
      change(sql`
        update job set state = 'queued', attempts = attempts - ${countsAsAttempt ? 0 : 1}::int, updated_at = now()
        where id = ${job.id}::uuid and attempts = ${job.attempt}::int and state = 'running' returning ${columns}`),

    /** Jobs that should be on their way but have been silent for `minutes`. */
    silent: async (minutes: number, limit = 500): Promise<string[]> => {
      const rows = await runner.rows<{ id: string }>(sql`
        select id::text as id from job
        where state in ('queued', 'running') and updated_at < now() - make_interval(mins => ${minutes}::int)
        order by created_at ${limitSql(limit)}`);
      return rows.map((row) => row.id);
    },

    /** Locks the oldest outbox rows that no relay has handed over; others skip them until the transaction ends. */
    lockPending: (limit: number) =>
      runner.rows<{ seq: string; jobId: string }>(sql`
        select seq::text as seq, payload->>'jobId' as "jobId" from outbox
        where relayed_at is null and starts_with(kind, ${JOB_PREFIX})
        order by outbox.seq ${limitSql(limit)} for update skip locked`),

    markRelayed: (seqs: readonly string[]) =>
      runner.rows(sql`update outbox set relayed_at = now() where seq = any(${seqs}::bigint[])`),

    /** Seconds that the oldest job has waited for a relay; 0 when none waits. */
    relayLagSeconds: async (): Promise<number> => {
      const row = await runner.first<{ lag: number | null }>(sql`
        select extract(epoch from now() - min(created_at))::float8 as lag from outbox
        where relayed_at is null and starts_with(kind, ${JOB_PREFIX})`);
      return Math.max(0, row?.lag ?? 0);
    },
  };
}
export type JobRepository = ReturnType<typeof createJobRepository>;
