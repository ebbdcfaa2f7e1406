import { join, raw, sql } from '../../db/index.ts';
import { RECORD_CHANGED, rulesWaitFor } from '../../notify/index.ts';
import type { MergeContext } from './entity-import.ts';
import { STAGED } from './merge.ts';

type BoardTable = 'lead' | 'opportunity';

/** How rules name what a column holds; the others are bookkeeping. */
const fieldOf: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['name', 'company', 'email', 'phone', 'source', 'segment', 'region', 'campaign', 'probability', 'tags'].map(
      (name) => [name, name],
    ),
  ),
  product_category: 'productCategory',
  value: 'value',
  amount: 'amount',
  owner_id: 'owner',
  team_id: 'team',
  account_id: 'account',
  contact_id: 'contact',
  product_id: 'product',
  expected_close_on: 'expectedCloseOn',
  closed_on: 'closedOn',
  next_step: 'nextStep',
  stage_id: 'stage',
  stage_since: 'stageSince',
  created_at: 'createdAt',
};

/** Keeps the records of a staged batch as they are before it is merged, if rules are to run on it. */
export async function keepBefore({ tx, run }: Pick<MergeContext, 'tx' | 'run'>, table: BoardTable): Promise<void> {
  if (!run.runsRules) return;
  await tx.sql.rows(sql`
    create temporary table import_before on commit drop as
    select r.id, to_jsonb(r) as was from ${raw(table)} r join ${raw(STAGED)} s on s.external_key = r.external_key`);
}

/** Notes what a merged batch created and changed for rules that wait for it, in the transaction of the batch. */
export async function noteImported({ tx, run }: MergeContext, table: BoardTable): Promise<void> {
  if (!run.runsRules) return;
  const names = join(Object.entries(fieldOf).map(([column, name]) => sql`(${column}::text, ${name}::text)`));
  await tx.sql.rows(sql`
    insert into outbox (kind, payload)
    select ${RECORD_CHANGED}, jsonb_build_object('entity', ${table}::text, 'id', r.id,
      'kind', case when b.id is null then 'created' when b.was->>'deleted_at' is not null then 'restored' else 'updated' end,
      'fields', coalesce(changed.fields, '[]'),
      'before', case when b.id is not null then jsonb_build_object('pipelineId', b.was->'pipeline_id', 'stageId', b.was->'stage_id',
        'ownerId', b.was->'owner_id', 'teamId', b.was->'team_id') end,
      'after', jsonb_build_object('pipelineId', r.pipeline_id, 'stageId', r.stage_id, 'ownerId', r.owner_id, 'teamId', r.team_id),
      'actorId', ${run.userId}::text, 'chain', '[]'::jsonb)
    from import_merged m join ${raw(table)} r on r.id = m.id
    left join import_before b on b.id = r.id
    left join lateral (
      select jsonb_agg(found.name) as fields from (
        select f.name from jsonb_each(to_jsonb(r)) n join jsonb_each(b.was) o on o.key = n.key
          join (values ${names}) f(key, name) on f.key = n.key
        where n.value is distinct from o.value
        union all
        select 'custom.' || coalesce(n.key, o.key)
        from jsonb_each(r.custom) n full join jsonb_each(b.was->'custom') o on o.key = n.key
        where b.id is not null and n.value is distinct from o.value
      ) found
    ) changed on true
    where ${rulesWaitFor(table)}
    order by r.created_at, r.id`);
}
