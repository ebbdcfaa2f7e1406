import type {
  AutomationRuleWire,
  RuleAction,
  RuleConditions,
  RuleCreate,
  RuleListQuery,
  RuleReplay,
  RuleTrigger,
} from '../contracts/automation.ts';
import type { Named } from '../contracts/common.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import { join, limitSql, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';

/** A replay with the person whose view of the records it is; without one, nobody's. */
export type StoredReplay = RuleReplay & { by?: string };

/** A rule as it is stored. */
export interface RuleRow {
  id: string;
  entity: PipelineEntity;
  name: string;
  description: string | null;
  state: 'draft' | 'active' | 'paused';
  trigger: RuleTrigger;
  conditions: RuleConditions;
  actions: RuleAction[];
  owner: Named | null;
  failures: number;
  pausedReason: string | null;
  lastRunAt: string | null;
  activeSince: string | null;
  replay: StoredReplay | null;
  replayedVersion: number | null;
  runs: AutomationRuleWire['runs'];
  version: number;
  createdAt: string;
  updatedAt: string;
}

const columns = sql`r.id::text as id, r.entity, r.name, r.description, r.state, r.trigger, r.conditions, r.actions,
  case when o.id is null then null else json_build_object('id', o.id, 'name', o.name) end as owner,
  r.failures, r.paused_reason as "pausedReason", iso(r.last_run_at) as "lastRunAt", iso(r.active_since) as "activeSince",
  r.replay, r.replayed_version as "replayedVersion", r.version, iso(r.created_at) as "createdAt", iso(r.updated_at) as "updatedAt",
  (select json_build_object('done', count(*) filter (where x.state = 'done'), 'failed', count(*) filter (where x.state = 'failed'),
    'waiting', count(*) filter (where x.state in ('queued', 'running'))) from automation_run x where x.rule_id = r.id) as runs`;
const source = sql`automation_rule r left join app_user o on o.id = r.owner_id`;

const ORDER = 'automation-rule name';

/** Rules by name, one page. */
export async function listRules(
  runner: SqlRunner,
  query: RuleListQuery,
): Promise<{ rows: RuleRow[]; nextCursor: string | null }> {
  const where: Sql[] = [sql`r.deleted_at is null`];
  if (query.entity) where.push(sql`r.entity = ${query.entity}`);
  if (query.state) where.push(sql`r.state = ${query.state}`);
  const position = decodeCursor(query.cursor, ORDER, 2);
  if (position) where.push(sql`(lower(r.name), r.id) > (${String(position[0])}, ${String(position[1])}::uuid)`);
  const found = await runner.rows<RuleRow & { key: string }>(sql`
    select ${columns}, lower(r.name) as key from ${source}
    where ${join(where, ' and ')} order by lower(r.name), r.id ${limitSql(query.limit + 1)}`);
  const { rows, nextCursor } = cutPage(found, query.limit, (row) => encodeCursor(ORDER, [row.key, row.id]));
  return { rows: rows.map(({ key: _key, ...row }) => row), nextCursor };
}

export const findRule = (runner: SqlRunner, id: string): Promise<RuleRow | undefined> =>
  runner.first<RuleRow>(sql`select ${columns} from ${source} where r.id = ${id}::uuid and r.deleted_at is null`);

/** The same, kept from changing until the transaction ends. */
export async function lockRule(runner: SqlRunner, id: string): Promise<RuleRow | undefined> {
  await runner.rows(sql`select 1 as held from automation_rule where id = ${id}::uuid for update`);
  return findRule(runner, id);
}

/** Every rule that is live, the oldest first. */
export const activeRules = (runner: SqlRunner): Promise<RuleRow[]> =>
  runner.rows<RuleRow>(sql`
    select ${columns} from ${source} where r.state = 'active' and r.deleted_at is null order by r.created_at, r.id`);

/** What a person writes of a rule. */
export type RuleContent = Omit<RuleCreate, 'entity'>;

export async function insertRule(runner: SqlRunner, rule: RuleCreate, ownerId: string): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into automation_rule (entity, name, description, trigger, conditions, actions, owner_id, updated_at)
    values (${rule.entity}, ${rule.name}, ${rule.description}, ${JSON.stringify(rule.trigger)}::jsonb,
      ${JSON.stringify(rule.conditions)}::jsonb, ${JSON.stringify(rule.actions)}::jsonb, ${ownerId}::uuid, now())
    returning id::text as id`);
  if (!row) throw new Error('insert of a rule returned no row');
  return row.id;
}

/** Whoever changes a rule answers for it from then on: it acts with that person's rights. */
export async function updateRule(runner: SqlRunner, id: string, rule: RuleContent, ownerId: string): Promise<void> {
  await runner.rows(sql`
    update automation_rule set name = ${rule.name}, description = ${rule.description},
      trigger = ${JSON.stringify(rule.trigger)}::jsonb, conditions = ${JSON.stringify(rule.conditions)}::jsonb,
      actions = ${JSON.stringify(rule.actions)}::jsonb, owner_id = ${ownerId}::uuid,
      version = version + 1, updated_at = now()
    where id = ${id}::uuid`);
}

/** A change of name or description leaves what was replayed true. */
export async function keepReplay(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`update automation_rule set replayed_version = version where id = ${id}::uuid`);
}

export async function setActive(runner: SqlRunner, id: string, ownerId: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update automation_rule set state = 'active', failures = 0, paused_reason = null, owner_id = ${ownerId}::uuid,
      active_since = ${now.toISOString()}::timestamptz, swept_at = ${now.toISOString()}::timestamptz,
      version = version + 1, replayed_version = version + 1, updated_at = now()
    where id = ${id}::uuid`);
}

/** Back out of work: a draft again when somebody changed what it does, else paused. */
export async function setInactive(
  runner: SqlRunner,
  id: string,
  state: 'draft' | 'paused',
  reason: string | null,
): Promise<void> {
  await runner.rows(sql`
    update automation_rule set state = ${state}, paused_reason = ${reason}, active_since = null,
      replayed_version = case when replayed_version = version then version + 1 else replayed_version end,
      version = version + 1, updated_at = now()
    where id = ${id}::uuid`);
}

export async function deleteRule(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`
    update automation_rule set deleted_at = now(), state = 'paused', version = version + 1, updated_at = now()
    where id = ${id}::uuid`);
}

/** Keeps what a replay found; false when the rule has changed since. */
export async function storeReplay(
  runner: SqlRunner,
  id: string,
  version: number,
  replay: StoredReplay,
): Promise<boolean> {
  const row = await runner.first(sql`
    update automation_rule set replay = ${JSON.stringify(replay)}::jsonb, replayed_version = version
    where id = ${id}::uuid and version = ${version}::int and deleted_at is null returning 1 as stored`);
  return row !== undefined;
}

/** Rules take turns in going live, so that no two of them can close a loop at the same moment. */
export async function holdRuleSet(runner: SqlRunner): Promise<void> {
  await runner.rows(sql`select 1 as held from pg_advisory_xact_lock(7203114021::bigint)`);
}
