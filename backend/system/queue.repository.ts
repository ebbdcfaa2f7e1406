import { type SqlRunner, sql } from '../db/index.ts';

/** Where the work stands. */
export interface QueueState {
  waiting: number;
  running: number;
  /** given up within the last day */
  failed: number;
  /** seconds that the oldest waiting job has waited; 0: none waits */
  oldestSeconds: number;
  /** the kind of the job that failed last, and what was said of it; null: none within a day */
  lastFailure: { kind: string; error: string | null } | null;
}

export async function readQueue(runner: SqlRunner): Promise<QueueState> {
  const row = await runner.first<QueueState>(sql`
    select count(*) filter (where state = 'queued')::int as waiting, count(*) filter (where state = 'running')::int as running,
      count(*) filter (where state = 'failed' and finished_at > now() - interval '1 day')::int as failed,
      greatest(0, coalesce(extract(epoch from now() - min(created_at) filter (where state = 'queued')), 0))::float8 as "oldestSeconds",
      (select json_build_object('kind', f.kind, 'error', f.error) from job f
        where f.state = 'failed' and f.finished_at > now() - interval '1 day' order by f.finished_at desc limit 1) as "lastFailure"
    from job where state in ('queued', 'running', 'failed')`);
  if (!row) throw new Error('an aggregate without a row');
  return row;
}
