import { type SqlRunner, sql } from '../db/index.ts';

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
  wonStageId: string | null;
}

export function findConvertible(runner: SqlRunner, id: string): Promise<ConvertibleLead | undefined> {
  return runner.first<ConvertibleLead>(sql`
    select l.name, l.company, l.email, l.phone, l.source, l.segment, l.region,
      l.product_category as "productCategory", l.campaign, round(l.value, currency_digits(l.currency_code))::text as amount,
      l.currency_code as currency,
      (select u.id::text from app_user u where u.id = l.owner_id and u.status <> 'deactivated') as "ownerId", l.converted_at is not null as "isConverted",
      (select s.id::text from stage s where s.pipeline_id = l.pipeline_id and s.kind = 'won' order by s.position limit 1) as "wonStageId"
    from lead l where l.id = ${id}::uuid`);
}

/** Notes on the lead what it became. */
export async function markConverted(
  runner: SqlRunner,
  id: string,
  outcome: { accountId: string | null; contactId: string | null; opportunityId: string | null },
): Promise<void> {
  await runner.rows(sql`
    update lead set converted_at = now(), converted_account_id = ${outcome.accountId}::uuid,
      converted_contact_id = ${outcome.contactId}::uuid, converted_opportunity_id = ${outcome.opportunityId}::uuid
    where id = ${id}::uuid`);
}
