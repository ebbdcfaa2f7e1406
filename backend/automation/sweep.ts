import { DateTime } from 'luxon';
import { type Principal, scopeOf, scopeSql } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { RuleTrigger } from '../contracts/automation.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { conditionsHold } from './conditions.ts';
import { type DispatchDependencies, ownersOf } from './dispatch.ts';
import { findFacts, kinds, openRecords } from './facts.repository.ts';
import { pauseRule } from './failures.ts';
import { activeRules, type RuleRow } from './rule.repository.ts';
import { insertRun } from './run.repository.ts';

const PAGE = 200;
/** Days without activity need no finer look than this. */
const QUIET_EVERY_MS = 10 * 60_000;
/** An hour of the day that passed while no worker ran is made up for, for so long. */
const LATE_MS = 12 * 60 * 60_000;

/** A record that the clock sets a rule off for. */
interface Due {
  recordId: string;
  /** names the record, too: two that are merged keep their runs apart */
  occasion: string;
  chain: readonly string[];
}

type SweepDependencies = DispatchDependencies & Pick<Dependencies, 'database'>;
const ORPHANED = 'Its owner can’t sign in or manage rules any more. Whoever puts it live again becomes its owner.';

/**
 * Pauses rules that have nobody to act for, and sets off the rules that wait for the clock. Any number of workers may: an
 * occasion runs once. Returns the new runs.
 */
export async function sweepClock(deps: SweepDependencies): Promise<number> {
  const live = await activeRules(deps.database.sql);
  const owners = await ownersOf(live, deps.loadPrincipal);
  for (const { id, owner, version } of live) {
    if (owner && owners.get(owner.id)) continue;
    // A rule that only seems to be live would keep people waiting for what never happens.
    await deps.database.transaction((tx) => pauseRule(tx, deps, { id, version }, ORPHANED));
  }
  const rules = live.filter(({ trigger }) => isOfTime(trigger));
  let born = 0;
  for (const rule of rules) {
    const principal = rule.owner && owners.get(rule.owner.id);
    if (!principal) continue;
    born +=
      rule.trigger.on === 'time-of-day'
        ? await sweepHour(deps, rule, rule.trigger, principal)
        : await sweepSilence(deps, rule, principal);
  }
  return born;
}

const isOfTime = ({ on }: RuleTrigger): boolean =>
  on === 'task-overdue' || on === 'no-activity' || on === 'time-of-day';

/** Up to when the rule's time was looked at; null while another worker looks, or when it is not live any more. */
async function holdRule(runner: SqlRunner, rule: RuleRow): Promise<{ sweptAt: Date; activeSince: Date } | null> {
  const row = await runner.first<{ sweptAt: string | null; activeSince: string }>(sql`
    select iso(swept_at) as "sweptAt", iso(active_since) as "activeSince" from automation_rule
    where id = ${rule.id}::uuid and state = 'active' and version = ${rule.version}::int and deleted_at is null
      and active_since is not null for update skip locked`);
  if (!row) return null;
  return { sweptAt: new Date(row.sweptAt ?? row.activeSince), activeSince: new Date(row.activeSince) };
}

const markSwept = (runner: SqlRunner, ruleId: string, until: Date) =>
  runner.rows(
    sql`update automation_rule set swept_at = ${until.toISOString()}::timestamptz where id = ${ruleId}::uuid`,
  );

/** Tasks that became overdue, and records that became quiet. */
function sweepSilence(
  { database, clock, config }: DispatchDependencies,
  rule: RuleRow,
  principal: Principal,
): Promise<number> {
  return database.bulk(async (tx) => {
    const held = await holdRule(tx.sql, rule);
    if (!held) return 0;
    const now = clock();
    const { trigger } = rule;
    const isTooSoon = now.getTime() - held.sweptAt.getTime() < QUIET_EVERY_MS;
    if (trigger.on === 'no-activity' && isTooSoon) return 0;
    const due =
      trigger.on === 'task-overdue'
        ? await overdueTasks(tx.sql, rule, trigger, held.activeSince, now, config.timeZone)
        : trigger.on === 'no-activity'
          ? await quietRecords(tx.sql, rule, principal, trigger.days, held.sweptAt, now)
          : [];
    let born = 0;
    const reach = scopeOf(principal, `${rule.entity}.read`);
    const today = businessDay(now, config.timeZone);
    for (const { recordId, occasion, chain } of due) {
      const facts = await findFacts(tx.sql, rule.entity, reach, recordId);
      if (!facts || !conditionsHold(rule.conditions, { ...facts, today, timeZone: config.timeZone })) continue;
      const { id: ruleId, entity, actions } = rule;
      if (await insertRun(tx.sql, { ruleId, entity, recordId, occasion, chain, actions }, now)) born += 1;
    }
    await markSwept(tx.sql, rule.id, now);
    return born;
  });
}

/** Open tasks whose time passed since the rule is live. A rule is not set off by a task of its own making. */
async function overdueTasks(
  runner: SqlRunner,
  rule: RuleRow,
  trigger: Extract<RuleTrigger, { on: 'task-overdue' }>,
  since: Date,
  now: Date,
  timeZone: string,
): Promise<Due[]> {
  const due = sql`coalesce(t.due_at, (t.due_on + 1)::timestamp at time zone ${timeZone})`;
  const rows = await runner.rows<{ id: string; recordId: string; due: string; ruleId: string | null }>(sql`
    select t.id::text as id, t.record_id::text as "recordId", iso(${due}) as due, t.rule_id::text as "ruleId"
    from task t
    where t.status in ('open', 'in-progress', 'waiting') and t.deleted_at is null and t.record_type = ${rule.entity}
      and ${due} <= ${now.toISOString()}::timestamptz and ${due} > ${since.toISOString()}::timestamptz
      and t.rule_id is distinct from ${rule.id}::uuid
      and (${trigger.type}::text is null or t.type = ${trigger.type}::text)
      and not exists (select 1 from automation_run x where x.rule_id = ${rule.id}::uuid and x.record_id = t.record_id
        and x.occasion = 'task:' || t.id::text || ':' || iso(${due}))
    order by t.id`);
  return rows.map(({ id, recordId, due, ruleId }) => ({
    recordId,
    occasion: `task:${id}:${due}`,
    chain: ruleId === null ? [] : [ruleId],
  }));
}

/** Open records whose silence reached its length since the last look. */
async function quietRecords(
  runner: SqlRunner,
  rule: RuleRow,
  principal: Principal,
  days: number,
  since: Date,
  now: Date,
): Promise<Due[]> {
  const kind = kinds[rule.entity];
  const lapse = sql`make_interval(days => ${days}::int)`;
  const rows = await runner.rows<{ id: string; last: string }>(sql`
    select r.id::text as id, iso(quiet.since) as last
    from ${kind.table} r join stage s on s.id = r.stage_id
    cross join lateral (
      select greatest(r.created_at, (select max(a.occurred_at) from activity a
        where a.record_type = ${rule.entity} and a.record_id = r.id and a.withdrawn_at is null
          and a.occurred_at <= ${now.toISOString()}::timestamptz)) as since
    ) quiet
    where r.deleted_at is null and s.kind = 'open' and ${scopeSql(scopeOf(principal, kind.read), 'r')}
      and r.created_at <= ${now.toISOString()}::timestamptz - ${lapse}
      and quiet.since <= ${now.toISOString()}::timestamptz - ${lapse}
      and quiet.since > ${since.toISOString()}::timestamptz - ${lapse}
    order by r.id`);
  return rows.map(({ id, last }) => ({ recordId: id, occasion: `quiet:${id}:${days}:${last}`, chain: [] }));
}

/** The latest moment at or before `now` that the trigger names. */
export function latestHour(
  { at, weekdays }: Pick<Extract<RuleTrigger, { on: 'time-of-day' }>, 'at' | 'weekdays'>,
  now: Date,
  timeZone: string,
): Date | null {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  for (let back = 0; back <= 7; back += 1) {
    const moment = local.minus({ days: back }).set({ hour, minute, second: 0, millisecond: 0 });
    if (weekdays.includes(moment.weekday) && moment <= local) return moment.toJSDate();
  }
  return null;
}

/** Every open record, page by page, at the trigger's hour. A worker that dies half-way is made up for by the next. */
async function sweepHour(
  { database, clock, config }: DispatchDependencies,
  rule: RuleRow,
  trigger: Extract<RuleTrigger, { on: 'time-of-day' }>,
  principal: Principal,
): Promise<number> {
  const now = clock();
  const hour = latestHour(trigger, now, config.timeZone);
  if (!hour || now.getTime() - hour.getTime() > LATE_MS) return 0;
  const today = businessDay(hour, config.timeZone);
  const { id: ruleId, entity, actions } = rule;
  const reach = scopeOf(principal, `${entity}.read`);
  let born = 0;
  let afterId: string | null = null;
  for (;;) {
    const page: { count: number; lastId: string | null } | null = await database.bulk(async (tx) => {
      const held = await holdRule(tx.sql, rule);
      if (!held || held.sweptAt >= hour) return null;
      const records = await openRecords(tx.sql, entity, reach, afterId, PAGE);
      let count = 0;
      for (const facts of records) {
        if (!conditionsHold(rule.conditions, { ...facts, today, timeZone: config.timeZone })) continue;
        const run = {
          ruleId,
          entity,
          recordId: facts.id,
          occasion: `hour:${facts.id}:${hour.toISOString()}`,
          chain: [],
          actions,
        };
        if (await insertRun(tx.sql, run, now)) count += 1;
      }
      const isLast = records.length < PAGE;
      if (isLast) await markSwept(tx.sql, ruleId, hour);
      return { count, lastId: isLast ? null : (records.at(-1)?.id ?? null) };
    });
    if (!page) return born;
    born += page.count;
    if (page.lastId === null) return born;
    afterId = page.lastId;
  }
}
