import { type BulkTx, type Database, raw, type Sql, sql } from '../../../backend/db/index.ts';
import { fillCompany, oneOf, SIZES, SOURCES } from './company-fill.ts';
import { fillPipelines, fillSpend } from './pipeline-fill.ts';

const BLOCK = 500_000;

/**
 * A company with so many sales over 3.3 years, growing, a few products and customers making most of them; leads,
 * opportunities and spend beside them. `like`: the e-mail address of a person whose role and password sellers get.
 */
export async function fillFacts(database: Database, sales: number, like: string): Promise<void> {
  const indexes = await database.sql.rows<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename in ('account', 'lead', 'opportunity', 'stage_event', 'sale') and indexname not like '%_pkey'`);
  await database.bulk(async (tx) => {
    const { sql: db } = tx;
    await db.rows(sql`select setseed(0.42)`);
    // Triggers would note each row as a change for those who follow; nobody follows yet.
    await db.rows(sql`set local session_replication_role = replica`);
    for (const { name } of indexes) await db.rows(sql`drop index ${raw(`"${name}"`)}`);
    await fillCompany(tx, like);
    await fillPipelines(tx);
    await fillSpend(tx);
    for (let done = 0; done < sales; done += BLOCK) {
      await fillSales(
        tx,
        Math.min(BLOCK, sales - done),
        (share) => sql`(${done}::float8 + ${share}) / ${sales}::float8`,
      );
      console.log(`  ${Math.min(sales, done + BLOCK).toLocaleString('en')} sales`);
    }
    for (const table of ['owner_no', 'product_no', 'account_no']) await db.rows(sql`drop table ${raw(table)}`);
  });
  for (const { definition } of indexes) await database.execScript(definition);
  await database.execScript('vacuum analyze');
}

/** Sales come in the order of their days, as they were entered; `place` makes of a row its share of all, 0 to 1. */
async function fillSales({ sql: db }: BulkTx, count: number, place: (row: Sql) => Sql): Promise<void> {
  await db.rows(sql`
    insert into sale (id, sold_on, account_id, product_id, product_category, quantity, amount, cost, currency_code, amount_base, cost_base,
      owner_id, team_id, region, source, segment, created_at, updated_at)
    select uuid_v7(), day, a.account_id, p.product_id, p.category, quantity, amount, cost, 'EUR', amount, cost, o.owner_id, o.team_id,
      a.region, source, a.segment, day + interval '12 hours', day + interval '12 hours'
    from (
      select n, current_date - floor(${SIZES.days}::int * (1 - (${place(sql`n`)}) ^ 0.7))::int as day, 1 + floor(9 * random() ^ 3)::int as quantity,
        floor(${SIZES.products}::int * random() ^ 3)::int as product, floor(${SIZES.accounts}::int * random() ^ 2)::int as account,
        floor(${SIZES.teams * SIZES.ownersPerTeam}::int * random() ^ 1.2)::int as owner, 0.7 + 0.3 * random() as discount,
        case when random() < 0.9 then 0.5 + 0.4 * random() end as cost_share, ${oneOf(SOURCES, sql`random()`)} as source
      from generate_series(0, ${count - 1}::int) n) g
    join product_no p on p.no = g.product join account_no a on a.no = g.account join owner_no o on o.no = g.owner
    cross join lateral (select round((p.list_price * g.quantity * g.discount::numeric), 2) as amount) m
    cross join lateral (select round(m.amount * g.cost_share::numeric, 2) as cost) c
    order by n`);
}
