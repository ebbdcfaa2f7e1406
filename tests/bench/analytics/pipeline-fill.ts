import { type BulkTx, join, raw, sql } from '../../../backend/db/index.ts';
import { oneOf, SIZES, SOURCES } from './company-fill.ts';

/** Leads, opportunities and the way of each through its pipeline; needs the numbered tables of `fillCompany`. */
export async function fillPipelines(tx: BulkTx): Promise<void> {
  await fillEntity(tx, 'lead', SIZES.leads, ['New', 'Qualified'], ['Converted', 'Lost']);
  await fillEntity(tx, 'opportunity', SIZES.opportunities, ['Discovery', 'Proposal', 'Negotiation'], ['Won', 'Lost']);
}

async function fillEntity(
  { sql: db }: BulkTx,
  entity: 'lead' | 'opportunity',
  count: number,
  open: readonly string[],
  [won = '', lost = '']: readonly string[],
): Promise<void> {
  await db.rows(sql`
    create temporary table filling on commit drop as
    select uuid_v7() as id, n, a.account_id, a.region, a.segment, p.product_id, p.category, o.owner_id, o.team_id,
      now() - random() * ${SIZES.days}::int * interval '1 day' as created_at, 5 + floor(random() * 150)::int as days,
      round((500 + 90000 * random() ^ 3)::numeric, 2) as amount, ${oneOf(SOURCES, sql`random()`)} as source,
      case when random() < 0.15 then null when random() < 0.3 then ${won} else ${lost} end as outcome,
      1 + floor(random() * ${open.length}::int)::int as reached
    from (select n, floor(random() * ${SIZES.accounts}::int)::int as account, floor(random() * ${SIZES.products}::int)::int as product,
            floor(random() * ${SIZES.teams * SIZES.ownersPerTeam}::int)::int as owner
          from generate_series(1, ${count}::int) n) g
    join account_no a on a.no = g.account join product_no p on p.no = g.product join owner_no o on o.no = g.owner`);
  // A step lies at its share of the record's days; what would lie in the future has not happened.
  const stages = join(open.map((name) => sql`${name}`));
  await db.rows(sql`
    create temporary table steps on commit drop as
    select f.*, s.id as stage_id, s.pipeline_id, s.kind, p.step, lag(s.id) over w as from_id,
      f.created_at + (p.step - 1) * f.days * interval '1 day' / ${open.length}::int as moment
    from filling f
    cross join generate_series(1, ${open.length + 1}::int) p(step)
    join pipeline pl on pl.entity = ${entity} and pl.is_default
    join stage s on s.pipeline_id = pl.id
      and s.name = case when p.step = ${open.length + 1}::int then f.outcome else (array[${stages}])[p.step] end
    where (p.step <= f.reached or p.step = ${open.length + 1}::int)
      and f.created_at + (p.step - 1) * f.days * interval '1 day' / ${open.length}::int <= now()
    window w as (partition by f.id order by p.step)`);
  const columns = sql`id, source, segment, region, product_category, currency_code, owner_id, team_id, pipeline_id, stage_id, stage_since,
    position, created_at, updated_at`;
  const values = sql`id, source, segment, region, category, 'EUR', owner_id, team_id, pipeline_id, stage_id, moment, n * 1024, created_at,
    moment`;
  const last = sql`(select distinct on (id) * from steps order by id, step desc) l`;
  await db.rows(
    entity === 'lead'
      ? sql`insert into lead (${columns}, name, company, value, value_base, converted_at)
            select ${values}, 'Lead ' || n, 'Customer ' || n, amount, amount, case when kind = 'won' then moment end from ${last}`
      : sql`insert into opportunity (${columns}, name, account_id, product_id, amount, amount_base, closed_on)
            select ${values}, 'Deal ' || n, account_id, product_id, amount, amount,
              case when kind <> 'open' then (moment at time zone 'UTC')::date end from ${last}`,
  );
  await db.rows(sql`
    insert into stage_event (record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base, owner_id, team_id, at, until)
    select ${entity}, id, pipeline_id, from_id, stage_id, amount, owner_id, team_id, moment,
      coalesce(lead(moment) over (partition by id order by step), '9999-12-31Z')
    from steps order by moment`);
  for (const table of ['steps', 'filling']) await db.rows(sql`drop table ${raw(table)}`);
}

/** Some spend every day, by region, team and source; needs the numbered tables of `fillCompany`. */
export async function fillSpend({ sql: db }: BulkTx): Promise<void> {
  await db.rows(sql`
    insert into spend (spent_on, category, source, region, team_id, amount, currency_code, amount_base)
    select current_date - n / 6, case when n % 3 = 0 then 'sales' else 'marketing' end, ${oneOf(SOURCES, sql`random()`)}, t.region,
      t.id, amount, 'EUR', amount
    from (select n, round((50 + 3000 * random() ^ 2)::numeric, 2) as amount, 1 + floor(random() * ${SIZES.teams}::int)::int as team
          from generate_series(0, ${SIZES.days * 6}::int) n) g
    join team t on t.name = 'Team ' || g.team`);
}
