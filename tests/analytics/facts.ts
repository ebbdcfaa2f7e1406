import { type Database, sql } from '../../backend/db/index.ts';

/** Facts as tests write them: what is left out is null, amounts are in the company currency. */
export interface SaleFact {
  soldOn: string;
  amount: string;
  cost?: string | null | undefined;
  quantity?: string;
  accountId?: string | null;
  productId?: string | null;
  category?: string | null;
  region?: string | null;
  source?: string | null;
  segment?: string | null;
  ownerId?: string | null;
  teamId?: string | null;
}

export interface LeadFact {
  /** moment */
  createdAt: string;
  isConverted?: boolean;
  category?: string | null;
  region?: string | null;
  source?: string | null;
  segment?: string | null;
  ownerId?: string | null;
  teamId?: string | null;
}

export interface OpportunityFact {
  createdAt: string;
  amount?: string | null;
  probability?: number | null;
  /** the stages it went through with the moments; the last one is where it stands */
  stages: [stage: OpportunityStage, at: string][];
  closedOn?: string | null;
  productId?: string | null;
  category?: string | null;
  region?: string | null;
  source?: string | null;
  segment?: string | null;
  ownerId?: string | null;
  teamId?: string | null;
}
export type OpportunityStage = 'Discovery' | 'Proposal' | 'Negotiation' | 'Won' | 'Lost';

export interface SpendFact {
  spentOn: string;
  amount: string;
  source?: string | null;
  region?: string | null;
  teamId?: string | null;
}

const ids = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);

export async function addSales(database: Database, sales: readonly SaleFact[]): Promise<string[]> {
  const rows = await database.sql.rows<{ id: string }>(sql`
    insert into sale (sold_on, account_id, product_id, product_category, quantity, amount, cost, currency_code,
                      amount_base, cost_base, owner_id, team_id, region, source, segment)
    select f."soldOn", f."accountId", f."productId", f.category, coalesce(f.quantity, 1), f.amount, f.cost, 'EUR',
           f.amount, f.cost, f."ownerId", f."teamId", f.region, f.source, f.segment
    from jsonb_to_recordset(${JSON.stringify(sales)}::jsonb)
      as f("soldOn" date, amount numeric, cost numeric, quantity numeric, "accountId" uuid, "productId" uuid,
           category text, region text, source text, segment text, "ownerId" uuid, "teamId" uuid)
    returning id::text as id`);
  return ids(rows);
}

export async function addLeads(database: Database, leads: readonly LeadFact[]): Promise<string[]> {
  const rows = await database.sql.rows<{ id: string }>(sql`
    insert into lead (name, product_category, region, source, segment, owner_id, team_id, currency_code,
                      pipeline_id, stage_id, converted_at, created_at)
    select 'A lead', f.category, f.region, f.source, f.segment, f."ownerId", f."teamId", 'EUR', p.id, st.id,
           case when f."isConverted" then f."createdAt" + interval '1 day' end, f."createdAt"
    from jsonb_to_recordset(${JSON.stringify(leads)}::jsonb)
      as f("createdAt" timestamptz, "isConverted" boolean, category text, region text, source text, segment text,
           "ownerId" uuid, "teamId" uuid)
    join pipeline p on p.entity = 'lead' and p.is_default
    join stage st on st.pipeline_id = p.id and st.name = case when f."isConverted" then 'Converted' else 'New' end
    returning id::text as id`);
  return ids(rows);
}

export async function addOpportunities(
  database: Database,
  opportunities: readonly OpportunityFact[],
): Promise<string[]> {
  const added: string[] = [];
  for (const fact of opportunities) {
    const [stage = 'Discovery'] = fact.stages[fact.stages.length - 1] ?? [];
    const row = await database.sql.first<{ id: string }>(sql`
      insert into opportunity (name, product_id, product_category, region, source, segment, amount, amount_base,
                               probability, closed_on, owner_id, team_id, currency_code, pipeline_id, stage_id, created_at)
      select 'A deal', ${fact.productId ?? null}::uuid, ${fact.category ?? null}, ${fact.region ?? null},
             ${fact.source ?? null}, ${fact.segment ?? null}, ${fact.amount ?? null}::numeric,
             ${fact.amount ?? null}::numeric, ${fact.probability ?? null}::float8, ${fact.closedOn ?? null}::date,
             ${fact.ownerId ?? null}::uuid, ${fact.teamId ?? null}::uuid, 'EUR', p.id, st.id,
             ${fact.createdAt}::timestamptz
      from pipeline p join stage st on st.pipeline_id = p.id and st.name = ${stage}
      where p.entity = 'opportunity' and p.is_default
      returning id::text as id`);
    if (!row) throw new Error('no default pipeline of opportunities');
    for (const [position, [name, at]] of fact.stages.entries()) {
      const before = fact.stages[position - 1]?.[0] ?? null;
      await database.sql.rows(sql`
        insert into stage_event (record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base,
                                 owner_id, team_id, at)
        select 'opportunity', o.id, o.pipeline_id, f.id, t.id, o.amount_base, o.owner_id, o.team_id, ${at}::timestamptz
        from opportunity o
        join stage t on t.pipeline_id = o.pipeline_id and t.name = ${name}
        left join stage f on f.pipeline_id = o.pipeline_id and f.name = ${before}
        where o.id = ${row.id}::uuid`);
    }
    added.push(row.id);
  }
  return added;
}

export async function addSpend(database: Database, spend: readonly SpendFact[]): Promise<void> {
  await database.sql.rows(sql`
    insert into spend (spent_on, category, source, region, team_id, amount, currency_code, amount_base)
    select f."spentOn", 'marketing', f.source, f.region, f."teamId", f.amount, 'EUR', f.amount
    from jsonb_to_recordset(${JSON.stringify(spend)}::jsonb)
      as f("spentOn" date, amount numeric, source text, region text, "teamId" uuid)`);
}

export async function addProduct(database: Database, name: string, category: string): Promise<string> {
  const row = await database.sql.first<{ id: string }>(sql`
    insert into product (name, name_key, category, currency_code) values (${name}, ${name.toLowerCase()}, ${category}, 'EUR')
    returning id::text as id`);
  if (!row) throw new Error('the product was not added');
  return row.id;
}
