import { type Permission, type Principal, scopeOf, scopeSql } from '../access/index.ts';
import type { ConversionPart } from '../contracts/opportunities.ts';
import { raw, type Sql, type SqlRunner, sql } from '../db/index.ts';

/** What conversion needs to know of a lead. */
export interface ConvertibleLead {
  name: string;
  company: string | null;
  email: string | null;
  phone: string | null;
  source: string | null;
  segment: string | null;
  region: string | null;
  productCategory: string | null;
  campaign: string | null;
  amount: string | null;
  currency: string;
  /** null also when the owner has left: what the lead becomes then belongs to who converts it */
  ownerId: string | null;
  isConverted: boolean;
  stageId: string;
  wonStageId: string | null;
}

export function findConvertible(runner: SqlRunner, id: string): Promise<ConvertibleLead | undefined> {
  return runner.first<ConvertibleLead>(sql`
    select l.name, l.company, l.email, l.phone, l.source, l.segment, l.region,
      l.product_category as "productCategory", l.campaign, round(l.value, currency_digits(l.currency_code))::text as amount,
      l.currency_code as currency, l.stage_id::text as "stageId",
      (select u.id::text from app_user u where u.id = l.owner_id and u.status <> 'deactivated') as "ownerId", l.converted_at is not null as "isConverted",
      (select s.id::text from stage s where s.pipeline_id = l.pipeline_id and s.kind = 'won' and s.archived_at is null order by s.position limit 1) as "wonStageId"
    from lead l where l.id = ${id}::uuid`);
}

/** A record that a conversion made or found. */
export interface Part {
  id: string;
  isNew: boolean;
}

export interface Outcome {
  account: Part | null;
  contact: Part | null;
  opportunity: Part | null;
}

/** Notes on the lead what it became, and what taking that back needs to know. */
export async function markConverted(
  runner: SqlRunner,
  id: string,
  { account, contact, opportunity }: Outcome,
  { fromStageId, userId }: { fromStageId: string; userId: string },
): Promise<void> {
  await runner.rows(sql`
    with noted as (
      insert into conversion (lead_id, account_id, contact_id, opportunity_id, is_account_new, is_contact_new,
        is_opportunity_new, from_stage_id, converted_by_id)
      values (${id}::uuid, ${account?.id ?? null}::uuid, ${contact?.id ?? null}::uuid, ${opportunity?.id ?? null}::uuid,
        ${account?.isNew ?? false}::bool, ${contact?.isNew ?? false}::bool, ${opportunity?.isNew ?? false}::bool,
        ${fromStageId}::uuid, ${userId}::uuid)
    )
    update lead set converted_at = now(), converted_account_id = ${account?.id ?? null}::uuid,
      converted_contact_id = ${contact?.id ?? null}::uuid, converted_opportunity_id = ${opportunity?.id ?? null}::uuid
    where id = ${id}::uuid`);
}

export interface PastConversion {
  /** null: it was imported as converted, or converted before conversions were kept */
  id: string | null;
  convertedAt: string;
  convertedBy: { id: string; name: string } | null;
  /** where the lead goes back to: where it came from, else the start of a pipeline that is in use */
  backToStageId: string;
  /** its opportunity is won */
  isWon: boolean;
  opportunity: Part | null;
  parts: ConversionPart[];
}

const usedBy = (entity: string, id: Sql): Sql => sql`
  exists (select 1 from activity x where x.record_type = ${entity} and x.record_id = ${id})
  or exists (select 1 from task x where x.record_type = ${entity} and x.record_id = ${id})
  or exists (select 1 from attachment x where x.record_type = ${entity} and x.record_id = ${id} and x.deleted_at is null)`;

/** Other leads became this opportunity too, or others were merged into it: it is not this conversion's alone. */
const isShared = sql`(exists (select 1 from lead x where x.converted_opportunity_id = o.id and x.id <> l.id)
  or exists (select 1 from merge m where m.record_type = 'opportunity' and m.survivor_id = o.id and m.undone_at is null))`;

/**
 * The conversion that a lead stands on, with what undoing it does to each part. What it made goes with it unless
 * another record needs it, or, for account and contact, somebody has worked on it; undefined when the lead is not
 * converted.
 */
export function findPastConversion(
  runner: SqlRunner,
  principal: Principal,
  leadId: string,
): Promise<PastConversion | undefined> {
  // What is out of the asker's reach has no name here.
  const name = (alias: string, permission: Permission): Sql =>
    sql`case when ${scopeSql(scopeOf(principal, permission), alias)} then ${raw(`${alias}.name`)} else '' end`;
  return runner.first<PastConversion>(sql`
    select v.id::text as id, iso(l.converted_at) as "convertedAt",
      case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end as "convertedBy",
      coalesce(
        (select s.id from stage s join pipeline p on p.id = s.pipeline_id
          where s.id = v.from_stage_id and s.kind <> 'won' and s.archived_at is null and p.archived_at is null),
        (select s.id from stage s join pipeline p on p.id = s.pipeline_id
          where p.entity = 'lead' and s.kind = 'open' and s.archived_at is null and p.archived_at is null
          order by p.id <> l.pipeline_id, not p.is_default, s.position limit 1))::text as "backToStageId",
      coalesce(o.deleted_at is null and os.kind = 'won', false) as "isWon",
      case when o.deleted_at is null and o.id is not null
        then json_build_object('id', o.id, 'isNew', coalesce(v.is_opportunity_new, false) and not ${isShared}) end as opportunity,
      (select coalesce(json_agg(json_build_object('entity', part.entity, 'id', part.id, 'name', part.name,
        'outcome', case when part.reason is null then 'deleted' else 'kept' end, 'reason', part.reason) order by part.place), '[]')
      from (
        select 1 as place, 'opportunity' as entity, o.id, ${name('o', 'opportunity.read')} as name,
          case when o.deleted_at is not null then 'gone' when not coalesce(v.is_opportunity_new, false) then 'existed'
            when ${isShared} then 'in-use' end as reason
        where o.id is not null
        union all
        select 2, 'contact', c.id, ${name('c', 'contact.read')}, case
          when c.deleted_at is not null then 'gone'
          when not coalesce(v.is_contact_new, false) then 'existed'
          when exists (select 1 from opportunity x where x.contact_id = c.id and x.id is distinct from o.id and x.deleted_at is null)
            or exists (select 1 from lead x where x.converted_contact_id = c.id and x.id <> l.id) then 'in-use'
          when c.version > 1 or exists (select 1 from activity x where x.contact_id = c.id)
            or ${usedBy('contact', sql`c.id`)} then 'changed' end
        where c.id is not null
        union all
        select 3, 'account', a.id, ${name('a', 'account.read')}, case
          when a.deleted_at is not null then 'gone'
          when not coalesce(v.is_account_new, false) then 'existed'
          when exists (select 1 from opportunity x where x.account_id = a.id and x.id is distinct from o.id and x.deleted_at is null)
            or exists (select 1 from contact x where x.account_id = a.id and x.deleted_at is null and x.id is distinct from c.id)
            or exists (select 1 from account x where x.parent_id = a.id and x.deleted_at is null)
            or exists (select 1 from sale x where x.account_id = a.id and x.deleted_at is null)
            or exists (select 1 from lead x where x.converted_account_id = a.id and x.id <> l.id) then 'in-use'
          when a.version > 1 or ${usedBy('account', sql`a.id`)} then 'changed' end
        where a.id is not null
      ) part) as parts
    from lead l
    left join lateral (
      select * from conversion x where x.lead_id = l.id and x.undone_at is null order by x.converted_at desc limit 1
    ) v on true
    left join app_user u on u.id = v.converted_by_id
    left join opportunity o on o.id = l.converted_opportunity_id
    left join stage os on os.id = o.stage_id
    left join contact c on c.id = l.converted_contact_id
    left join account a on a.id = l.converted_account_id
    where l.id = ${leadId}::uuid and l.converted_at is not null`);
}

/**
 * Locks account and contact of a conversion, so that what undoing it does to them stays true: whoever gives them another
 * deal or person waits. The opportunity has been locked before.
 */
export async function lockCustomers(runner: SqlRunner, parts: readonly ConversionPart[]): Promise<void> {
  for (const entity of ['contact', 'account'] as const) {
    for (const part of parts.filter((one) => one.entity === entity)) {
      await runner.rows(sql`select 1 from ${raw(entity)} where id = ${part.id}::uuid for update`);
    }
  }
}

/** The lead is as if it had never been converted, and its conversion says who took it back. */
export async function markUndone(runner: SqlRunner, leadId: string, userId: string): Promise<void> {
  await runner.rows(sql`
    with noted as (
      update conversion set undone_at = now(), undone_by_id = ${userId}::uuid
      where lead_id = ${leadId}::uuid and undone_at is null
    )
    update lead set converted_at = null, converted_account_id = null, converted_contact_id = null, converted_opportunity_id = null
    where id = ${leadId}::uuid`);
}

/** What was noted, planned and filed on the opportunity goes back to the lead: nothing of it is lost. */
export async function bringHome(runner: SqlRunner, opportunityId: string, leadId: string): Promise<void> {
  for (const table of [sql`activity`, sql`task`, sql`attachment`]) {
    await runner.rows(sql`
      update ${table} set record_type = 'lead', record_id = ${leadId}::uuid
      where record_type = 'opportunity' and record_id = ${opportunityId}::uuid`);
  }
}
