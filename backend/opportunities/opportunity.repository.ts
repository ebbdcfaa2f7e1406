import { type RecordScope, scopeSql } from '../access/index.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import type { ColumnValue } from '../pipeline/index.ts';

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
      (select w.id::text from stage w where w.pipeline_id = r.pipeline_id and w.kind = 'won' and w.archived_at is null order by w.position limit 1) as "wonStageId"
    from opportunity r join stage s on s.id = r.stage_id left join team t on t.id = r.team_id
    where r.id = ${id}::uuid`);
}

/** Remembers the lead a new opportunity came from. */
export async function setLead(runner: SqlRunner, id: string, leadId: string): Promise<void> {
  await runner.rows(sql`update opportunity set lead_id = ${leadId}::uuid where id = ${id}::uuid`);
}

/** Locks an opportunity within `scope`; false when there is none. */
export async function lockOpportunity(runner: SqlRunner, scope: RecordScope, id: string): Promise<boolean> {
  const row = await runner.first(sql`
    select r.id from opportunity r
    where r.id = ${id}::uuid and r.deleted_at is null and ${scopeSql(scope, 'r')} for update`);
  return row !== undefined;
}

/** Remembers the lead that an opportunity which was there before came from; one that came from another keeps that. */
export async function adoptLead(runner: SqlRunner, id: string, leadId: string): Promise<void> {
  await runner.rows(sql`
    update opportunity r set lead_id = coalesce(r.lead_id, ${leadId}::uuid), version = r.version + 1, updated_at = now()
    where r.id = ${id}::uuid`);
}

/** What is booked of an opportunity came from its lead. Returns the ids of the sales that didn't know. */
export async function takeLeadToSales(runner: SqlRunner, id: string): Promise<string[]> {
  const rows = await runner.rows<{ id: string }>(sql`
    update sale b set lead_id = r.lead_id, version = b.version + 1, updated_at = now()
    from opportunity r
    where r.id = ${id}::uuid and b.opportunity_id = r.id and b.deleted_at is null and b.lead_id is null
      and r.lead_id is not null
    returning b.id::text as id`);
  return rows.map((row) => row.id);
}

/** Forgets that an opportunity came from this lead. */
export async function forgetLead(runner: SqlRunner, id: string, leadId: string): Promise<void> {
  await runner.rows(sql`
    update opportunity set lead_id = null, version = version + 1, updated_at = now()
    where id = ${id}::uuid and lead_id = ${leadId}::uuid`);
}

/** What is booked of a won opportunity, as far as a change of it must know. */
export interface BookedSales {
  isWon: boolean;
  lines: number;
  currency: string | null;
  hasCost: boolean;
  closedOn: string | null;
}

export function findBooked(runner: SqlRunner, id: string): Promise<BookedSales | undefined> {
  return runner.first<BookedSales>(sql`
    select s.kind = 'won' as "isWon", count(b.id)::int as lines, min(b.currency_code) as currency,
      coalesce(bool_or(b.cost is not null), false) as "hasCost", r.closed_on::text as "closedOn"
    from opportunity r join stage s on s.id = r.stage_id
    left join sale b on b.opportunity_id = r.id and b.deleted_at is null
    where r.id = ${id}::uuid group by r.id, s.kind`);
}

/**
 * The amount of a won opportunity is what was sold: the sum of its lines, in the company currency where these are of
 * several. As columns; none when nothing is booked.
 */
export async function amountOfSales(runner: SqlRunner, id: string, companyCurrency: string): Promise<ColumnValue[]> {
  const total = await runner.first<{ code: string; amount: string; base: string }>(sql`
    select case when count(distinct currency_code) = 1 then min(currency_code) else ${companyCurrency} end as code,
      (case when count(distinct currency_code) = 1 then sum(amount)
        else round(sum(amount_base), currency_digits(${companyCurrency})) end)::text as amount,
      sum(amount_base)::text as base
    from sale where opportunity_id = ${id}::uuid and deleted_at is null having count(*) > 0`);
  if (!total) return [];
  return [
    ['amount', sql`${total.amount}::numeric`],
    ['currency_code', sql`${total.code}`],
    ['amount_base', sql`${total.base}::numeric`],
  ];
}

/** Books another amount for the one line that is booked. Returns its id; undefined when its currency has no rate that day. */
export async function rebookAmount(
  runner: SqlRunner,
  id: string,
  amount: { amount: string; currency: string },
): Promise<string | undefined> {
  const row = await runner.first<{ id: string }>(sql`
    update sale set amount = ${amount.amount}::numeric, currency_code = ${amount.currency},
      amount_base = base_amount(${amount.amount}::numeric, ${amount.currency}, sold_on), version = version + 1, updated_at = now()
    where opportunity_id = ${id}::uuid and deleted_at is null
      and base_amount(1, ${amount.currency}, sold_on) is not null
    returning id::text as id`);
  return row?.id;
}

/**
 * Sales take over what is put right about where their opportunity came from. Owner, team and region stay those of the
 * day it was won: whom a sale is credited to does not change when a deal is handed on.
 */
export async function correctSales(runner: SqlRunner, id: string): Promise<string[]> {
  const rows = await runner.rows<{ id: string }>(sql`
    update sale b set account_id = r.account_id, source = r.source, segment = r.segment, campaign = r.campaign,
      version = b.version + 1, updated_at = now()
    from opportunity r
    where r.id = ${id}::uuid and b.opportunity_id = r.id and b.deleted_at is null
      and (b.account_id, b.source, b.segment, b.campaign) is distinct from (r.account_id, r.source, r.segment, r.campaign)
    returning b.id::text as id`);
  return rows.map((row) => row.id);
}
