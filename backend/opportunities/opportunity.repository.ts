import { type SqlRunner, sql } from '../db/index.ts';

export function findProduct(runner: SqlRunner, id: string): Promise<{ category: string | null } | undefined> {
  return runner.first(sql`select category from product where id = ${id}::uuid`);
}

/** What winning needs to know of an opportunity. */
export interface WinnableOpportunity {
  id: string;
  accountId: string | null;
  leadId: string | null;
  productId: string | null;
  ownerId: string | null;
  teamId: string | null;
  region: string | null;
  source: string | null;
  segment: string | null;
  campaign: string | null;
  productCategory: string | null;
  amount: string | null;
  currency: string;
  stageKind: string;
  wonStageId: string | null;
}

export function findWinnable(runner: SqlRunner, id: string): Promise<WinnableOpportunity | undefined> {
  return runner.first<WinnableOpportunity>(sql`
    select r.id::text as id, r.account_id::text as "accountId", r.lead_id::text as "leadId", r.product_id::text as "productId",
      r.owner_id::text as "ownerId", r.team_id::text as "teamId", coalesce(r.region, t.region) as region, r.source, r.segment,
      r.campaign, r.product_category as "productCategory",
      round(r.amount, currency_digits(r.currency_code))::text as amount, r.currency_code as currency, s.kind as "stageKind",
      (select w.id::text from stage w where w.pipeline_id = r.pipeline_id and w.kind = 'won' order by w.position limit 1) as "wonStageId"
    from opportunity r join stage s on s.id = r.stage_id left join team t on t.id = r.team_id
    where r.id = ${id}::uuid`);
}

/** Remembers the lead an opportunity came from. */
export async function linkLead(runner: SqlRunner, id: string, leadId: string): Promise<void> {
  await runner.rows(sql`update opportunity set lead_id = ${leadId}::uuid where id = ${id}::uuid`);
}
