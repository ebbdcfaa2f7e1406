import type { Principal } from '../access/index.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/** NOTIFY channel that tells relays about new outbox rows. */
export const OUTBOX_CHANNEL = 'outbox';
/** Outbox rows of this prefix are jobs: `job.<kind>`. */
export const JOB_PREFIX = 'job.';

export interface JobRequest {
  kind: string;
  /** JSON that fits the kind's input schema */
  input: unknown;
  /** the person whose rights the job gets and who may watch it; null: the system */
  requestedBy: Pick<Principal, 'userId' | 'via' | 'sessionId'> | null;
}

/**
 * Takes on work in the caller's transaction: it is there if and only if that transaction commits, and
 * then it runs, whatever happens to processes or to Redis. Returns the job's id.
 */
export async function enqueueJob(tx: { sql: SqlRunner }, { kind, input, requestedBy }: JobRequest): Promise<string> {
  const keyId = requestedBy?.via === 'api-key' ? requestedBy.sessionId : null;
  const row = await tx.sql.first<{ id: string }>(sql`
    with born as (
      insert into job (kind, input, requested_by, api_key_id, updated_at)
      values (${kind}, ${JSON.stringify(input)}::jsonb, ${requestedBy?.userId ?? null}::uuid, ${keyId}::uuid, now())
      returning id
    ), posted as (
      insert into outbox (kind, payload)
      select ${JOB_PREFIX + kind}, jsonb_build_object('jobId', id) from born
    )
    select born.id::text as id from born, pg_notify(${OUTBOX_CHANNEL}, '')`);
  if (!row) throw new Error(`The job ${kind} was not stored.`);
  return row.id;
}
