import type { RuleAction } from '../contracts/automation.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import { limitSql, type SqlRunner, sql } from '../db/index.ts';

/** What sets a rule off: the same occasion of the same record runs once. */
export interface Occasion {
  ruleId: string;
  entity: PipelineEntity;
  recordId: string;
  occasion: string;
  /** rules that led here, the first one first */
  chain: readonly string[];
  actions: readonly RuleAction[];
}

/** Puts a run in line; false when this occasion had one already. */
export async function insertRun(runner: SqlRunner, run: Occasion, now: Date): Promise<boolean> {
  const at = now.toISOString();
  const row = await runner.first(sql`
    insert into automation_run (rule_id, record_type, record_id, occasion, chain, actions, not_before, created_at)
    values (${run.ruleId}::uuid, ${run.entity}, ${run.recordId}::uuid, ${run.occasion}, ${[...run.chain]}::uuid[],
      ${JSON.stringify(run.actions)}::jsonb, ${at}::timestamptz, ${at}::timestamptz)
    on conflict (rule_id, record_id, occasion) do nothing returning 1 as born`);
  return row !== undefined;
}

/** Runs that may go on, the oldest first; of those that came into line in the same moment the oldest record's. */
export const waitingRuns = (
  runner: SqlRunner,
  now: Date,
  limit: number,
): Promise<{ id: string; ownerId: string | null }[]> =>
  runner.rows(sql`
    select x.id::text as id, r.owner_id::text as "ownerId"
    from automation_run x join automation_rule r on r.id = x.rule_id
    where x.state in ('queued', 'running') and x.not_before <= ${now.toISOString()}::timestamptz
    order by x.created_at, x.record_id, x.id ${limitSql(limit)}`);

/** A run that this transaction holds. */
export interface HeldRun {
  id: string;
  ruleId: string;
  ruleName: string;
  ruleState: string;
  isRuleDeleted: boolean;
  ruleVersion: number;
  ownerId: string | null;
  entity: PipelineEntity;
  recordId: string;
  chain: string[];
  actions: RuleAction[];
  attempts: number;
  /** steps that are done: the next one's index */
  done: number;
}

/** Takes a run for one step; undefined while another worker holds it, or when it is over. */
export async function holdRun(runner: SqlRunner, id: string): Promise<HeldRun | undefined> {
  const held = await runner.first(sql`
    select 1 as held from automation_run where id = ${id}::uuid and state in ('queued', 'running') for update skip locked`);
  if (!held) return undefined;
  // Read after the lock was got: steps that were committed just before are seen.
  return runner.first<HeldRun>(sql`
    select x.id::text as id, x.rule_id::text as "ruleId", r.name as "ruleName", r.state as "ruleState",
      r.deleted_at is not null as "isRuleDeleted", r.version as "ruleVersion", r.owner_id::text as "ownerId",
      x.record_type as entity, x.record_id::text as "recordId", to_json(x.chain) as chain, x.actions, x.attempts,
      (select count(*)::int from automation_step s where s.run_id = x.id) as done
    from automation_run x join automation_rule r on r.id = x.rule_id where x.id = ${id}::uuid`);
}

/** What a step did: kept for the record's timeline in the transaction of its effect. */
export interface StepResult {
  do: RuleAction['do'];
  /** in plain words, in the past */
  text: string;
  /** the field that `text` names: not told to those who don't see it */
  field?: string;
}

export async function insertStep(
  runner: SqlRunner,
  runId: string,
  index: number,
  result: StepResult,
  now: Date,
): Promise<void> {
  await runner.rows(sql`
    insert into automation_step (run_id, index, result, done_at)
    values (${runId}::uuid, ${index}::int, ${JSON.stringify(result)}::jsonb, ${now.toISOString()}::timestamptz)`);
}

export async function markRunning(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(
    sql`update automation_run set state = 'running', attempts = 0, error = null where id = ${id}::uuid`,
  );
}

/** The run is over. */
export async function finishRun(
  runner: SqlRunner,
  id: string,
  state: 'done' | 'failed' | 'skipped',
  error: string | null,
  now: Date,
): Promise<void> {
  await runner.rows(sql`
    update automation_run set state = ${state}, error = ${error}, finished_at = ${now.toISOString()}::timestamptz
    where id = ${id}::uuid`);
}

/** The step is tried again later. */
export async function postponeRun(runner: SqlRunner, id: string, error: string, until: Date): Promise<void> {
  await runner.rows(sql`
    update automation_run set attempts = attempts + 1, error = ${error}, not_before = ${until.toISOString()}::timestamptz
    where id = ${id}::uuid`);
}

/** The rule has done a whole run. `isTold`: its failures in a row are over. */
export async function markRuleRan(runner: SqlRunner, ruleId: string, isTold: boolean, now: Date): Promise<void> {
  await runner.rows(sql`
    update automation_rule set last_run_at = ${now.toISOString()}::timestamptz,
      failures = case when ${isTold}::bool then 0 else failures end
    where id = ${ruleId}::uuid`);
}
