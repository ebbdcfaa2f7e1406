import { type Reach, scopeSql } from '../access/index.ts';
import type { RuleAction, RuleRun } from '../contracts/automation.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import { limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';
import { kinds } from './facts.repository.ts';
import type { StepResult } from './run.repository.ts';

/** A run with what it did. */
export interface RunRow extends Omit<RuleRun, 'steps'> {
  actions: RuleAction[];
  steps: { index: number; result: StepResult; doneAt: string }[];
  deliveries: { index: number; state: 'waiting' | 'delivered' | 'failed'; error: string | null }[];
}

const columns = sql`x.id::text as id, json_build_object('id', rule.id, 'name', rule.name) as rule,
  json_build_object('type', x.record_type, 'id', x.record_id, 'name', r.name) as record, x.state, x.error, x.actions,
  iso(x.created_at) as "createdAt", iso(x.finished_at) as "finishedAt",
  coalesce((select json_agg(json_build_object('index', s.index, 'result', s.result, 'doneAt', iso(s.done_at)) order by s.index)
    from automation_step s where s.run_id = x.id), '[]'::json) as steps,
  coalesce((select json_agg(json_build_object('index', d.step_index, 'state', d.state, 'error', d.error))
    from webhook_delivery d where d.run_id = x.id), '[]'::json) as deliveries`;

const source = (entity: PipelineEntity): Sql =>
  sql`automation_run x join automation_rule rule on rule.id = x.rule_id join ${kinds[entity].table} r on r.id = x.record_id`;

const ORDER = 'automation-run -createdAt';

/** Runs of a rule on records within `reach`, newest first. */
export async function listRuns(
  runner: SqlRunner,
  rule: { id: string; entity: PipelineEntity },
  reach: Reach,
  query: { state?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ rows: RunRow[]; nextCursor: string | null }> {
  const position = decodeCursor(query.cursor, ORDER, 2);
  const after = position
    ? sql`and (x.created_at, x.id) < (${String(position[0])}::timestamptz, ${String(position[1])}::uuid)`
    : raw('');
  const state = query.state === undefined ? raw('') : sql`and x.state = ${query.state}`;
  const found = await runner.rows<RunRow & { key: string }>(sql`
    select ${columns}, x.created_at::text as key from ${source(rule.entity)}
    where x.rule_id = ${rule.id}::uuid and ${scopeSql(reach, 'r')} ${state} ${after}
    order by x.created_at desc, x.id desc ${limitSql(query.limit + 1)}`);
  const { rows, nextCursor } = cutPage(found, query.limit, (row) => encodeCursor(ORDER, [row.key, row.id]));
  return { rows: rows.map(({ key: _key, ...row }) => row), nextCursor };
}

/** One run, kept from changing until the transaction ends. */
export async function lockRun(
  runner: SqlRunner,
  id: string,
): Promise<{ ruleId: string; entity: PipelineEntity; state: RuleRun['state'] } | undefined> {
  return runner.first(sql`
    select rule_id::text as "ruleId", record_type as entity, state from automation_run where id = ${id}::uuid for update`);
}

export const findRun = (
  runner: SqlRunner,
  id: string,
  entity: PipelineEntity,
  reach: Reach,
): Promise<RunRow | undefined> =>
  runner.first<RunRow>(sql`
    select ${columns} from ${source(entity)} where x.id = ${id}::uuid and ${scopeSql(reach, 'r')}`);

export async function requeueRun(runner: SqlRunner, id: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update automation_run set state = 'queued', attempts = 0, error = null, finished_at = null,
      not_before = ${now.toISOString()}::timestamptz where id = ${id}::uuid`);
}
