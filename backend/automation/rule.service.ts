import { type Actor, type Principal, recordAudit, scopeOf } from '../access/index.ts';
import type {
  AutomationCatalogue,
  AutomationRuleWire,
  RuleCreate,
  RuleListQuery,
  RuleReplay,
  RuleUpdate,
} from '../contracts/automation.ts';
import type { Job } from '../contracts/jobs.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import type { SqlRunner } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound, ProblemError, stale } from '../http/index.ts';
import { createJobRepository, enqueueJob, presentJob } from '../jobs/index.ts';
import { loadCatalogue } from './catalogue.repository.ts';
import { describeLoop, findLoop, type StageKinds } from './loops.ts';
import { REPLAY_KIND } from './replay/replay-kind.ts';
import {
  activeRules,
  deleteRule,
  findRule,
  holdRuleSet,
  insertRule,
  keepReplay,
  listRules,
  lockRule,
  type RuleContent,
  type RuleRow,
  type StoredReplay,
  setActive,
  setInactive,
  updateRule,
} from './rule.repository.ts';
import { checkRule } from './rule-check.ts';
import { actionWords, conditionWords, triggerWords, type Words, wordsOf } from './words.ts';

/** Rules, as those who may manage them write and run them. */
export interface Rules {
  list(principal: Principal, query: RuleListQuery): Promise<{ items: AutomationRuleWire[]; nextCursor: string | null }>;
  get(principal: Principal, id: string): Promise<AutomationRuleWire>;
  catalogue(principal: Principal, entity: PipelineEntity): Promise<AutomationCatalogue>;
  /** A draft. @throws ProblemError invalid, with every problem */
  create(actor: Actor, input: RuleCreate): Promise<AutomationRuleWire>;
  /** What a rule does can't change while it is live: it becomes a draft again. @throws ProblemError invalid, 404, 412 */
  update(actor: Actor, id: string, ifMatch: number | null, change: RuleUpdate): Promise<AutomationRuleWire>;
  remove(actor: Actor, id: string, ifMatch: number | null): Promise<void>;
  /** Starts to find out what the rule as it stands would have done; the job's result goes to the rule, too. */
  replay(actor: Actor, id: string): Promise<Job>;
  /** @throws ProblemError conflict without a replay, or when the live rules and this one can loop (the sentence names it) */
  activate(actor: Actor, id: string, ifMatch: number | null): Promise<AutomationRuleWire>;
  pause(actor: Actor, id: string, ifMatch: number | null): Promise<AutomationRuleWire>;
}

type AllWords = Readonly<Record<PipelineEntity, Words>>;

export function createRules({ database, config, clock }: Dependencies): Rules {
  const catalogueOf = (runner: SqlRunner, principal: Principal, entity: PipelineEntity) =>
    loadCatalogue(runner, principal, entity, config);

  async function allWords(runner: SqlRunner, principal: Principal): Promise<AllWords & { stages: StageKinds }> {
    const lead = await catalogueOf(runner, principal, 'lead');
    const opportunity = await catalogueOf(runner, principal, 'opportunity');
    return {
      lead: wordsOf('lead', lead),
      opportunity: wordsOf('opportunity', opportunity),
      stages: new Map([...lead.stages, ...opportunity.stages].map(({ id, kind }) => [id, kind])),
    };
  }

  const show = async (runner: SqlRunner, principal: Principal, id: string): Promise<AutomationRuleWire> => {
    const row = await findRule(runner, id);
    if (!row) throw notFound('rule');
    return toWire(row, await allWords(runner, principal), principal);
  };

  async function locked(runner: SqlRunner, id: string, ifMatch: number | null): Promise<RuleRow> {
    const row = await lockRule(runner, id);
    if (!row) throw notFound('rule');
    if (ifMatch !== null && ifMatch !== row.version) throw stale('rule');
    return row;
  }

  async function check(runner: SqlRunner, actor: Actor, rule: Pick<RuleCreate, 'entity'> & RuleContent): Promise<void> {
    const catalogue = await catalogueOf(runner, actor.principal, rule.entity);
    checkRule(rule, { catalogue, webhookHosts: config.webhookHosts });
  }

  return {
    async list(principal, query) {
      const { rows, nextCursor } = await listRules(database.sql, query);
      const words = await allWords(database.sql, principal);
      return { items: rows.map((row) => toWire(row, words, principal)), nextCursor };
    },
    get: (principal, id) => show(database.sql, principal, id),
    catalogue: (principal, entity) => catalogueOf(database.sql, principal, entity),

    create: (actor, input) =>
      database.transaction(async (tx) => {
        await check(tx.sql, actor, input);
        const id = await insertRule(tx.sql, input, actor.principal.userId);
        await audit(tx.sql, actor, 'created', null, await findRule(tx.sql, id));
        return show(tx.sql, actor.principal, id);
      }),

    update: (actor, id, ifMatch, change) =>
      database.transaction(async (tx) => {
        const before = await locked(tx.sql, id, ifMatch);
        const content: RuleContent = {
          name: change.name ?? before.name,
          description: change.description === undefined ? before.description : change.description,
          trigger: change.trigger ?? before.trigger,
          conditions: change.conditions ?? before.conditions,
          actions: change.actions ?? before.actions,
        };
        const isSameWork = workOf(content) === workOf(before);
        if (!isSameWork) await check(tx.sql, actor, { entity: before.entity, ...content });
        if (isSameWork && before.owner?.id === actor.principal.userId) {
          await updateRule(tx.sql, id, content, actor.principal.userId);
          if (before.replayedVersion === before.version) await keepReplay(tx.sql, id);
        } else {
          if (before.state === 'active') await setInactive(tx.sql, id, 'draft', null);
          await updateRule(tx.sql, id, content, actor.principal.userId);
        }
        await audit(tx.sql, actor, 'changed', before, await findRule(tx.sql, id));
        return show(tx.sql, actor.principal, id);
      }),

    remove: (actor, id, ifMatch) =>
      database.transaction(async (tx) => {
        const before = await locked(tx.sql, id, ifMatch);
        await deleteRule(tx.sql, id);
        await audit(tx.sql, actor, 'deleted', before, undefined);
      }),

    async replay(actor, id) {
      const jobId = await database.transaction(async (tx) => {
        const rule = await locked(tx.sql, id, null);
        await check(tx.sql, actor, rule);
        const input = { ruleId: id, version: rule.version };
        return enqueueJob(tx, { kind: REPLAY_KIND, input, requestedBy: actor.principal });
      });
      const job = await createJobRepository(database.sql).find(jobId);
      if (!job) throw new Error(`the job ${jobId} can't be read back`);
      return presentJob(job);
    },

    activate: (actor, id, ifMatch) =>
      database.transaction(async (tx) => {
        await holdRuleSet(tx.sql);
        const before = await locked(tx.sql, id, ifMatch);
        if (before.state === 'active') return show(tx.sql, actor.principal, id);
        await check(tx.sql, actor, before);
        if (before.replayedVersion !== before.version) {
          throw new ProblemError(
            'conflict',
            'Replay the rule first: what it would have done over the last 90 days is shown before it goes live.',
          );
        }
        const words = await allWords(tx.sql, actor.principal);
        const live = (await activeRules(tx.sql)).filter((rule) => rule.id !== id);
        const loop = findLoop([...live, before], before, words.stages);
        if (loop) throw new ProblemError('conflict', describeLoop(loop, words));
        await setActive(tx.sql, id, actor.principal.userId, clock());
        await audit(tx.sql, actor, 'activated', before, await findRule(tx.sql, id));
        return show(tx.sql, actor.principal, id);
      }),

    pause: (actor, id, ifMatch) =>
      database.transaction(async (tx) => {
        const before = await locked(tx.sql, id, ifMatch);
        if (before.state === 'active') {
          await setInactive(tx.sql, id, 'paused', null);
          await audit(tx.sql, actor, 'paused', before, await findRule(tx.sql, id));
        }
        return show(tx.sql, actor.principal, id);
      }),
  };
}

/** What a rule does, without what it is called. */
const workOf = ({ trigger, conditions, actions }: Pick<RuleContent, 'trigger' | 'conditions' | 'actions'>): string =>
  JSON.stringify([sorted(trigger), conditions.match, conditions.items.map(sorted), actions.map(sorted)]);
const sorted = (part: object): [string, unknown][] =>
  Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1));

/** It names records that the person sees who replayed the rule: those are shown to them, and to whoever sees all. */
function shownReplay({ by, ...replay }: StoredReplay, entity: PipelineEntity, principal: Principal): RuleReplay {
  const namesCases = by === principal.userId || scopeOf(principal, `${entity}.read`).kind === 'all';
  return namesCases ? replay : { ...replay, cases: [] };
}

function toWire(row: RuleRow, words: AllWords, principal: Principal): AutomationRuleWire {
  const { replayedVersion, replay, ...rule } = row;
  const mine = words[row.entity];
  return {
    ...rule,
    replay: replay !== null && replayedVersion === row.version ? shownReplay(replay, row.entity, principal) : null,
    sentence: {
      when: triggerWords(row.trigger, mine),
      conditions: row.conditions.items.map((condition) => conditionWords(condition, mine)),
      steps: row.actions.map((action) => actionWords(action, mine)),
    },
  };
}

function audit(
  runner: SqlRunner,
  actor: Actor,
  what: string,
  before: RuleRow | null,
  after: RuleRow | undefined,
): Promise<void> {
  const asAudited = ({ name, entity, description, state, trigger, conditions, actions }: RuleRow) => ({
    ...{ name, entity, description, state, trigger, conditions, actions },
  });
  return recordAudit(runner, actor, {
    action: `automation-rule.${what}`,
    entity: 'automation-rule',
    entityId: (after ?? before)?.id ?? null,
    before: before && asAudited(before),
    after: after && asAudited(after),
  });
}
