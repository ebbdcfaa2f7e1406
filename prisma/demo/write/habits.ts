import { type SqlRunner, sql } from '../../../backend/db/index.ts';
import type { Places } from '../places.ts';

/** How the demo company works: limits of its stages, its tags, why it loses, and two rules. Drawn from ids alone. */
export async function writeHabits(runner: SqlRunner, places: Places): Promise<void> {
  await runner.rows(sql`
    update stage s set rotting_days = given.days, wip_limit = given.most
    from (values ('lead', 'New', 14, null::int), ('lead', 'Qualified', 30, null), ('opportunity', 'Discovery', 45, null),
      ('opportunity', 'Proposal', 30, null), ('opportunity', 'Negotiation', 30, 40)) as given (entity, name, days, most),
      pipeline p
    where p.id = s.pipeline_id and p.is_default and p.entity = given.entity and s.name = given.name`);
  await runner.rows(sql`
    insert into tag (name, name_key, colour)
    values ('Key account', 'key account', 'violet'), ('Warm intro', 'warm intro', 'amber'), ('Big deal', 'big deal', 'green')
    on conflict (name_key) do nothing`);
  await runner.rows(sql`
    update lead set tags = array_remove(array[case when segment = 'Enterprise' then 'Key account' end,
      case when source = 'Referral' then 'Warm intro' end], null)
    where segment = 'Enterprise' or source = 'Referral'`);
  await runner.rows(sql`
    update opportunity set tags = array_remove(array[case when segment = 'Enterprise' then 'Key account' end,
      case when amount_base >= 40000 then 'Big deal' end], null)
    where segment = 'Enterprise' or amount_base >= 40000`);
  await writeLostReasons(runner);
  await writeRules(runner, places);
}

/** The first reasons of the list are the common ones. */
async function writeLostReasons(runner: SqlRunner): Promise<void> {
  const chosen = (entity: 'lead' | 'opportunity') => sql`(
    select (array_agg(x.id order by x.position))[1 + floor(count(*) * power(abs(hashtext(r.id::text)) / 2147483648.0, 1.7))::int]
    from lost_reason x where x.entity = ${entity} and x.archived_at is null)`;
  await runner.rows(sql`
    update lead r set lost_reason_id = ${chosen('lead')}
    where r.stage_id in (select id from stage where kind = 'lost')`);
  await runner.rows(sql`
    update opportunity r set lost_reason_id = ${chosen('opportunity')}
    where r.stage_id in (select id from stage where kind = 'lost')`);
}

/** One rule that works, and one whose replay waits to be looked at. */
async function writeRules(runner: SqlRunner, { opportunity }: Places): Promise<void> {
  const rules = [
    {
      entity: 'opportunity',
      name: 'Tell the owner when a big deal is negotiated',
      state: 'active',
      trigger: { on: 'stage-entered', stageId: opportunity.stage('Negotiation') },
      conditions: { match: 'all', items: [{ field: 'amount', operator: 'at-least', values: ['40000'] }] },
      actions: [{ do: 'notify', userIds: [], owner: true, text: 'A big deal is being negotiated: agree on the terms' }],
    },
    {
      entity: 'lead',
      name: 'Call website leads within a day',
      state: 'draft',
      trigger: { on: 'created' },
      conditions: { match: 'all', items: [{ field: 'source', operator: 'any-of', values: ['Website'] }] },
      actions: [
        { do: 'create-task', title: 'First call', type: 'call', priority: 'high', dueInDays: 1, assigneeId: null },
      ],
    },
  ];
  await runner.rows(sql`
    insert into automation_rule (entity, name, state, trigger, conditions, actions, owner_id, active_since, swept_at)
    select given.entity, given.name, given.state, given.trigger, given.conditions, given.actions, u.id,
      case when given.state = 'active' then now() end, case when given.state = 'active' then now() end
    from json_to_recordset(${JSON.stringify(rules)}::json)
      as given (entity text, name text, state text, trigger jsonb, conditions jsonb, actions jsonb), app_user u
    where u.email = 'admin@example.com'`);
}
