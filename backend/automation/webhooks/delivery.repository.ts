import { type SqlRunner, sql } from '../../db/index.ts';

export interface NewDelivery {
  runId: string;
  stepIndex: number;
  ruleId: string;
  url: string;
  payload: unknown;
}

/** A call that is to be made; answers its id. */
export async function insertDelivery(runner: SqlRunner, delivery: NewDelivery): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into webhook_delivery (run_id, step_index, rule_id, url, payload)
    values (${delivery.runId}::uuid, ${delivery.stepIndex}::int, ${delivery.ruleId}::uuid, ${delivery.url},
      ${JSON.stringify(delivery.payload)}::jsonb)
    returning id::text as id`);
  if (!row) throw new Error('insert of a webhook delivery returned no row');
  return row.id;
}

export interface WaitingDelivery {
  id: string;
  ruleId: string;
  ruleName: string;
  url: string;
  /** the body as it goes out, the same at each try */
  body: string;
}

/** Counts a try; undefined when it is delivered or given up, as it is once its rule was paused or deleted. */
export async function startDelivery(runner: SqlRunner, id: string): Promise<WaitingDelivery | undefined> {
  await runner.rows(sql`
    update webhook_delivery d set state = 'failed', error = 'The rule was paused or deleted before.' from automation_rule r
    where d.id = ${id}::uuid and d.state = 'waiting' and r.id = d.rule_id and (r.state <> 'active' or r.deleted_at is not null)`);
  return runner.first<WaitingDelivery>(sql`
    update webhook_delivery d set attempts = d.attempts + 1 from automation_rule r
    where d.id = ${id}::uuid and d.state = 'waiting' and r.id = d.rule_id
    returning d.id::text as id, d.rule_id::text as "ruleId", r.name as "ruleName", d.url, d.payload::text as body`);
}

/** True when it was waiting. */
export async function markDelivered(runner: SqlRunner, id: string, status: number, now: Date): Promise<boolean> {
  const row = await runner.first(sql`
    update webhook_delivery set state = 'delivered', status = ${status}::int, error = null,
      delivered_at = ${now.toISOString()}::timestamptz where id = ${id}::uuid and state = 'waiting' returning 1 as done`);
  return row !== undefined;
}

/** True when it was waiting. `isOver`: no try follows. */
export async function markUndelivered(
  runner: SqlRunner,
  id: string,
  { status, error, isOver }: { status: number | null; error: string; isOver: boolean },
): Promise<boolean> {
  const row = await runner.first(sql`
    update webhook_delivery set state = ${isOver ? 'failed' : 'waiting'}, status = ${status}::int, error = ${error}
    where id = ${id}::uuid and state = 'waiting' returning 1 as done`);
  return row !== undefined;
}
