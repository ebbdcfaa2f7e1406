import { recordAudit } from '../access/index.ts';
import { type SqlRunner, sql, type Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { postNotification } from '../notify/index.ts';
import { postMail } from '../notify/mail/index.ts';

/** Failures one after another that pause a rule. */
const FAILURES_TO_PAUSE = 5;

/** The rule worked: failures before don't count any more. */
export async function noteRuleSuccess(runner: SqlRunner, ruleId: string): Promise<void> {
  await runner.rows(sql`update automation_rule set failures = 0 where id = ${ruleId}::uuid and failures > 0`);
}

interface PausedRule {
  name: string;
  version: number;
  ownerId: string | null;
}

/**
 * Counts a failure of a rule in the caller's transaction. The fifth in a row pauses it.
 */
export async function noteRuleFailure(
  tx: Pick<Tx, 'sql'>,
  deps: Pick<Dependencies, 'config' | 'clock'>,
  ruleId: string,
  sentence: string,
): Promise<void> {
  const rule = await tx.sql.first<{ failures: number }>(sql`
    update automation_rule set failures = failures + 1 where id = ${ruleId}::uuid and state = 'active' and deleted_at is null
    returning failures`);
  if (!rule || rule.failures < FAILURES_TO_PAUSE) return;
  await pauseRule(tx, deps, { id: ruleId }, `It failed ${rule.failures} times in a row. The last time: ${sentence}`);
}

/**
 * Pauses a live rule, at this version if one is given, in the caller's transaction and tells its owner, by notification and mail; where the owner can't
 * sign in or manage rules any more, everybody who manages automation.
 */
export async function pauseRule(
  tx: Pick<Tx, 'sql'>,
  deps: Pick<Dependencies, 'config' | 'clock'>,
  { id: ruleId, version }: { id: string; version?: number },
  reason: string,
): Promise<void> {
  const asRead = version === undefined ? sql`true` : sql`version = ${version}::int`;
  const rule = await tx.sql.first<PausedRule>(sql`
    update automation_rule set state = 'paused', paused_reason = ${reason}, active_since = null,
      replayed_version = case when replayed_version = version then version + 1 else replayed_version end,
      version = version + 1, updated_at = now()
    where id = ${ruleId}::uuid and state = 'active' and deleted_at is null and ${asRead}
    returning name, version, owner_id::text as "ownerId"`);
  if (!rule) return;
  await recordAudit(tx.sql, null, {
    action: 'automation-rule.paused',
    entity: 'automation-rule',
    entityId: ruleId,
    after: { reason },
  });
  for (const { id, name, email } of await responsible(tx.sql, rule.ownerId)) {
    await postNotification(tx, {
      userId: id,
      kind: 'rule-paused',
      title: `The rule “${rule.name}” was paused`,
      body: reason,
      dedupeKey: `rule-paused:${ruleId}:${rule.version}:${id}`,
    });
    if (email === null) continue;
    const link = `${deps.config.publicUrl}/automation/${ruleId}`;
    await postMail(tx.sql, deps, {
      kind: 'rule-paused',
      rule: rule.name,
      reason,
      link,
      to: { email, name, userId: id },
    });
  }
}

/** The owner; else everybody who manages automation. */
async function responsible(
  runner: SqlRunner,
  ownerId: string | null,
): Promise<{ id: string; name: string; email: string | null }[]> {
  const person = sql`u.id::text as id, u.name, u.email from app_user u join role r on r.id = u.role_id`;
  const manages = sql`u.status = 'active' and coalesce(r.permissions ->> 'automation.manage', 'none') <> 'none'`;
  const owner = await runner.first<{ id: string; name: string; email: string | null }>(sql`
    select ${person} where u.id = ${ownerId}::uuid and ${manages}`);
  if (owner) return [owner];
  return runner.rows(sql`select ${person} where ${manages} order by u.id`);
}
