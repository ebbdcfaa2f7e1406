import { type Actor, recordAudit } from '../access/index.ts';
import type { RuleCondition, RuleConditions } from '../contracts/automation.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import { tagKey } from '../pipeline/index.ts';

/**
 * Rules go on asking for the records they asked for when a tag gets another name or becomes part of another one: their
 * conditions are written anew, and what they do, whose they are and what their replay found stays.
 */
export async function renameTagInRules(runner: SqlRunner, actor: Actor, before: string, after: string): Promise<void> {
  const rules = await runner.rows<{ id: string; conditions: RuleConditions }>(sql`
    select id::text as id, conditions from automation_rule
    where deleted_at is null and conditions @> '{"items":[{"field":"tags"}]}'::jsonb order by id for update`);
  for (const { id, conditions } of rules) {
    const renamed = { ...conditions, items: conditions.items.map((item) => renameIn(item, before, after)) };
    if (JSON.stringify(renamed) === JSON.stringify(conditions)) continue;
    await runner.rows(sql`
      update automation_rule set conditions = ${JSON.stringify(renamed)}::jsonb, updated_at = now(), version = version + 1,
        replayed_version = case when replayed_version = version then version + 1 else replayed_version end
      where id = ${id}::uuid`);
    await recordAudit(runner, actor, {
      ...{ action: 'automation-rule.changed', entity: 'automation-rule', entityId: id },
      ...{ before: { conditions }, after: { conditions: renamed } },
    });
  }
}

function renameIn(condition: RuleCondition, before: string, after: string): RuleCondition {
  const { field, values } = condition;
  if (field !== 'tags' || !values.some((value) => tagKey(value) === tagKey(before))) return condition;
  const renamed = values.map((value) => (tagKey(value) === tagKey(before) ? after : value));
  return { ...condition, values: [...new Map(renamed.map((value) => [tagKey(value), value])).values()] };
}
