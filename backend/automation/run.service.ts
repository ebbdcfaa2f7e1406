import { type Actor, type Principal, recordAudit, scopeOf } from '../access/index.ts';
import type { RuleRun } from '../contracts/automation.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import type { SqlRunner } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound, ProblemError } from '../http/index.ts';
import { loadCatalogue } from './catalogue.repository.ts';
import { findRule } from './rule.repository.ts';
import { findRun, listRuns, lockRun, type RunRow, requeueRun } from './run-list.repository.ts';
import { actionWords, type Words, wordsOf } from './words.ts';

/** What rules did. */
export interface Runs {
  /** On records that the person may see. @throws 404 */
  list(
    principal: Principal,
    ruleId: string,
    query: { state?: RuleRun['state'] | undefined; limit: number; cursor?: string | undefined },
  ): Promise<{ items: RuleRun[]; nextCursor: string | null }>;
  /** @throws ProblemError 404; conflict unless it failed or was skipped and the rule is live */
  retry(actor: Actor, runId: string): Promise<RuleRun>;
}

export function createRuns({ database, config, clock }: Dependencies): Runs {
  const wordsFor = async (runner: SqlRunner, principal: Principal, entity: PipelineEntity): Promise<Words> =>
    wordsOf(entity, await loadCatalogue(runner, principal, entity, config));
  const reachOf = (principal: Principal, entity: PipelineEntity) => scopeOf(principal, `${entity}.read`);

  return {
    async list(principal, ruleId, query) {
      const rule = await findRule(database.sql, ruleId);
      if (!rule) throw notFound('rule');
      const { rows, nextCursor } = await listRuns(database.sql, rule, reachOf(principal, rule.entity), query);
      const words = await wordsFor(database.sql, principal, rule.entity);
      return { items: rows.map((row) => toWire(row, words)), nextCursor };
    },

    retry: (actor, runId) =>
      database.transaction(async (tx) => {
        const run = await lockRun(tx.sql, runId);
        const reach = run && reachOf(actor.principal, run.entity);
        if (!run || !reach || !(await findRun(tx.sql, runId, run.entity, reach))) throw notFound('run');
        if (run.state !== 'failed' && run.state !== 'skipped') {
          throw new ProblemError('conflict', 'Only a run that failed or was skipped can go on.');
        }
        const rule = await findRule(tx.sql, run.ruleId);
        if (rule?.state !== 'active') {
          throw new ProblemError('conflict', 'The rule is not live. Activate it first, then let the run go on.');
        }
        await requeueRun(tx.sql, runId, clock());
        await recordAudit(tx.sql, actor, {
          action: 'automation-run.retried',
          entity: 'automation-run',
          entityId: runId,
        });
        const row = await findRun(tx.sql, runId, run.entity, reach);
        if (!row) throw notFound('run');
        return toWire(row, await wordsFor(tx.sql, actor.principal, run.entity));
      }),
  };
}

function toWire({ actions, steps, deliveries, ...run }: RunRow, words: Words): RuleRun {
  return {
    ...run,
    steps: actions.map((action, index) => {
      const step = steps.find((one) => one.index === index);
      const delivery = deliveries.find((one) => one.index === index);
      return {
        text: step?.result.text ?? actionWords(action, words),
        doneAt: step?.doneAt ?? null,
        delivery: delivery ? { state: delivery.state, error: delivery.error } : null,
      };
    }),
  };
}
