import { z } from 'zod';
import { type Principal, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { RuleTrigger } from '../contracts/automation.ts';
import { type Database, limitSql, type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { RECORD_CHANGED } from '../notify/index.ts';
import { conditionsHold } from './conditions.ts';
import { findFacts, type RecordFacts } from './facts.repository.ts';
import { activeRules, type RuleRow } from './rule.repository.ts';
import { insertRun } from './run.repository.ts';

const BATCH = 100;

const placeSchema = z.object({ stageId: z.string().nullable() }).nullable();
/** A change as the outbox keeps it. */
const changeSchema = z.object({
  entity: z.string(),
  id: z.uuid(),
  kind: z.string(),
  fields: z.array(z.string()),
  before: placeSchema,
  after: placeSchema,
  activityType: z.string().optional(),
  scores: z.tuple([z.number().nullable(), z.number().nullable()]).optional(),
  chain: z.array(z.string()),
});
export type NotedChange = z.infer<typeof changeSchema>;

/** Is this what the trigger waits for? Those of time never are. */
export function isSetOffBy(trigger: RuleTrigger, change: NotedChange): boolean {
  switch (trigger.on) {
    case 'created':
      return change.kind === 'created';
    case 'field-changed':
      return change.kind !== 'created' && change.fields.includes(trigger.field);
    case 'stage-entered': {
      const entered = change.after?.stageId ?? null;
      const isMove = change.kind === 'created' || change.kind === 'moved' || change.kind === 'updated';
      return (
        isMove &&
        entered !== null &&
        entered !== (change.before?.stageId ?? null) &&
        (trigger.stageId ?? entered) === entered
      );
    }
    case 'activity-logged':
      return change.kind === 'activity' && (trigger.type === null || trigger.type === change.activityType);
    case 'score-crosses': {
      const [before, after] = change.scores ?? [null, null];
      if (after === null) return false;
      const { threshold, direction } = trigger;
      return direction === 'up'
        ? after >= threshold && (before === null || before < threshold)
        : after < threshold && before !== null && before >= threshold;
    }
    case 'task-overdue':
    case 'no-activity':
    case 'time-of-day':
      return false;
    default:
      return trigger satisfies never;
  }
}

/** The person as they are now; null when they may not have rules act for them any more. */
export type LoadPrincipal = (userId: string) => Promise<Principal | null>;

export interface DispatchDependencies extends Pick<Dependencies, 'config' | 'clock' | 'logger'> {
  database: Pick<Database, 'sql' | 'bulk'>;
  loadPrincipal: LoadPrincipal;
}

/** Whom the live rules act for. Read outside of transactions: it takes a connection of its own. */
export async function ownersOf(
  rules: readonly Pick<RuleRow, 'owner'>[],
  loadPrincipal: LoadPrincipal,
): Promise<Map<string, Principal | null>> {
  const ids = new Set(rules.flatMap(({ owner }) => owner?.id ?? []));
  const owners = new Map<string, Principal | null>();
  for (const id of ids) owners.set(id, await loadPrincipal(id));
  return owners;
}

/**
 * Turns noted changes into runs of the rules that wait for them. A change and its runs share a transaction: however
 * often this dies half-way, each change sets off each rule once. Returns how many changes it went through.
 */
export async function dispatchChanges(deps: DispatchDependencies): Promise<number> {
  const waiting = await deps.database.sql.first(sql`
    select 1 as waits from outbox where relayed_at is null and kind = ${RECORD_CHANGED} limit 1`);
  if (!waiting) return 0;
  for (;;) {
    const owners = await ownersOf(await activeRules(deps.database.sql), deps.loadPrincipal);
    const count = await dispatchBatch(deps, owners);
    if (count !== null) return count;
  }
}

/** One batch; null when a rule went live whose owner is not among `owners` yet. */
function dispatchBatch(
  { database, clock, config, logger }: DispatchDependencies,
  owners: ReadonlyMap<string, Principal | null>,
): Promise<number | null> {
  return database.bulk(async (tx) => {
    const rows = await tx.sql.rows<{ seq: string; payload: unknown }>(sql`
      select seq::text as seq, payload from outbox where relayed_at is null and kind = ${RECORD_CHANGED}
      order by outbox.seq ${limitSql(BATCH)} for update skip locked`);
    // After the lock: a rule that was live when a change was noted is live here, too.
    const rules = await activeRules(tx.sql);
    if (rules.some(({ owner }) => owner !== null && !owners.has(owner.id))) return null;
    const facts = factsCache(tx.sql);
    const now = clock();
    for (const { seq, payload } of rows) {
      const change = changeSchema.safeParse(payload);
      if (!change.success) {
        logger.warn({ seq }, 'a change of another version was passed over by rules');
        continue;
      }
      for (const rule of rules) {
        const { id, entity, trigger, conditions, actions, owner } = rule;
        if (entity !== change.data.entity || !isSetOffBy(trigger, change.data)) continue;
        // A rule that led here is not set off again by its own doing.
        if (change.data.chain.includes(id)) continue;
        const principal = owner && owners.get(owner.id);
        if (!principal) continue;
        const record = await facts(principal, rule, change.data.id);
        const today = businessDay(now, config.timeZone);
        if (!record || !conditionsHold(conditions, { ...record, today, timeZone: config.timeZone })) continue;
        const { chain } = change.data;
        await insertRun(
          tx.sql,
          { ruleId: id, entity, recordId: change.data.id, occasion: `change:${seq}`, chain, actions },
          now,
        );
      }
    }
    await tx.sql.rows(sql`
      update outbox set relayed_at = now() where seq = any(${rows.map(({ seq }) => seq)}::bigint[])`);
    return rows.length;
  });
}

/** A record is read once for each person whose rules look at it. */
function factsCache(runner: SqlRunner) {
  const known = new Map<string, Promise<RecordFacts | undefined>>();
  return (principal: Principal, { entity }: Pick<RuleRow, 'entity'>, id: string): Promise<RecordFacts | undefined> => {
    const key = `${principal.userId} ${entity} ${id}`;
    const found = known.get(key) ?? findFacts(runner, entity, scopeOf(principal, `${entity}.read`), id);
    known.set(key, found);
    return found;
  };
}
