import { type Principal, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../http/index.ts';
import { perform } from './actions/perform.ts';
import type { RecordPorts } from './actions/step.ts';
import { findField, findStageName } from './catalogue.repository.ts';
import type { LoadPrincipal } from './dispatch.ts';
import { findFacts } from './facts.repository.ts';
import { noteRuleFailure } from './failures.ts';
import {
  finishRun,
  type HeldRun,
  holdRun,
  insertStep,
  markRuleRan,
  markRunning,
  postponeRun,
  waitingRuns,
} from './run.repository.ts';

const PEEK = 20;
/** Waits before a step is tried again that failed for a passing reason; after them the run has failed. */
const WAITS_MS = [5_000, 60_000];

export interface EngineDependencies extends Dependencies {
  loadPrincipal: LoadPrincipal;
  records: RecordPorts;
}

/** The run can't go on, whatever is done; the message says why. */
class RunRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RunRefusedError';
  }
}

/**
 * Takes waiting runs one step further each. A step's effect and its row in the run's history are one transaction, which
 * also holds the run: a worker that dies at any moment leaves the step either done and told or not done at all, and
 * the next worker goes on from there. Returns how many steps it took; 0 when nothing waits.
 */
export async function advanceRuns(deps: EngineDependencies, limit = PEEK): Promise<number> {
  let steps = 0;
  for (const { id, ownerId } of await waitingRuns(deps.database.sql, deps.clock(), limit)) {
    const principal = ownerId === null ? null : await deps.loadPrincipal(ownerId);
    if (await advanceRun(deps, id, principal)) steps += 1;
  }
  return steps;
}

/** False when another worker has the run. */
async function advanceRun(deps: EngineDependencies, runId: string, principal: Principal | null): Promise<boolean> {
  let held: HeldRun | undefined;
  try {
    return await deps.database.transaction(async (tx) => {
      held = await holdRun(tx.sql, runId);
      if (!held) return false;
      const skipped = await takeStep(deps, tx, held, principal);
      if (skipped !== null) await finishRun(tx.sql, runId, 'skipped', skipped, deps.clock());
      return true;
    });
  } catch (error) {
    if (!held) throw error;
    await settleFailure(deps, held, error);
    return true;
  }
}

/** Does the next step; answers why there is nothing more to do for the run, null when all is well. */
async function takeStep(
  deps: EngineDependencies,
  tx: Parameters<Parameters<EngineDependencies['database']['transaction']>[0]>[0],
  run: HeldRun,
  principal: Principal | null,
): Promise<string | null> {
  if (run.isRuleDeleted) return 'The rule was deleted before.';
  if (run.ruleState !== 'active') return 'The rule was paused before.';
  if (!principal) throw new RunRefusedError('The owner of the rule can’t sign in or manage rules any more.');
  const { entity, recordId, done: index } = run;
  const action = run.actions[index];
  if (!action) throw new RunRefusedError('The run has no step left.');
  const reach = scopeOf(principal, `${entity}.read`);
  const facts = await findFacts(tx.sql, entity, reach, recordId);
  if (!facts) return `The ${entity} is not there any more, or its owner may not see it.`;
  const now = deps.clock();
  const rule = { id: run.ruleId, name: run.ruleName };
  const result = await perform(
    {
      tx,
      actor: { principal, requestId: null, rule: { ...rule, chain: [...run.chain, run.ruleId] } },
      rule,
      run: { id: run.id, index },
      entity,
      recordId,
      record: facts.record,
      deps,
      records: deps.records,
      today: businessDay(now, deps.config.timeZone),
      field: (name) => findField(tx.sql, entity, name),
      stageName: (id) => findStageName(tx.sql, id),
    },
    action,
  );
  await insertStep(tx.sql, run.id, index, result, now);
  if (index + 1 < run.actions.length) {
    await markRunning(tx.sql, run.id);
    return null;
  }
  await finishRun(tx.sql, run.id, 'done', null, now);
  // A call to another system tells only later whether it worked.
  const isTold = !run.actions.some(({ do: what }) => what === 'webhook');
  await markRuleRan(tx.sql, run.ruleId, isTold, now);
  return null;
}

/** What can't work fails at once; what may pass is tried again. */
async function settleFailure(deps: EngineDependencies, run: HeldRun, error: unknown): Promise<void> {
  const isRefusal = error instanceof ProblemError || error instanceof RunRefusedError;
  const sentence = isRefusal ? explain(error) : 'Something went wrong on our side.';
  const log = deps.logger.child({ runId: run.id, ruleId: run.ruleId, step: run.done });
  const wait = WAITS_MS[run.attempts];
  if (isRefusal) log.info({ reason: sentence }, 'a step of a rule was refused');
  else log.warn({ err: error }, 'a step of a rule failed');
  await deps.database.transaction(async (tx) => {
    const held = await holdRun(tx.sql, run.id);
    // Another worker has got it on meanwhile: then this failure is over.
    if (!held || held.done !== run.done) return;
    const now = deps.clock();
    if (!isRefusal && wait !== undefined) {
      await postponeRun(tx.sql, run.id, sentence, new Date(now.getTime() + wait));
      return;
    }
    await finishRun(tx.sql, run.id, 'failed', sentence, now);
    await noteRuleFailure(tx, deps, run.ruleId, sentence);
  });
}

function explain(error: ProblemError | RunRefusedError): string {
  if (!(error instanceof ProblemError) || error.errors.length === 0) return error.message;
  const details = error.errors.map(({ pointer, message }) => `${pointer.split('/').at(-1) ?? ''} ${message}`);
  return error.errors.length === 1 && error.message.includes(error.errors[0]?.message ?? '')
    ? error.message
    : `${error.message} (${details.join('; ')})`;
}
