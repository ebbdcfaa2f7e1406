import { type BulkTx, raw, type Sql, sql } from '../../../backend/db/index.ts';

/** What the company of the benchmark looks like, sales aside. */
export const SIZES = {
  products: 2000,
  accounts: 60_000,
  teams: 12,
  ownersPerTeam: 10,
  leads: 200_000,
  opportunities: 50_000,
  /** about 3.3 years */
  days: 1200,
};

export const CATEGORIES =
  'Audio,Cameras,Chairs,Computers,Desks,Lighting,Monitors,Networking,Paper,Phones,Printers,Storage';
export const REGIONS = 'Benelux,Central,East,Iberia,Nordics,North,South,West';
export const SOURCES = 'Event,Outbound,Partner,Referral,Social,Website';
export const SEGMENTS = 'Enterprise,Mid-market,Public,SMB';

/** One of a list; the first ones more often. `chance`: a number from 0 to 1 of the row. */
export const oneOf = (list: string, chance: Sql): Sql =>
  sql`(string_to_array(${list}, ','))[1 + floor(${chance} ^ 1.4 * ${list.split(',').length}::int)::int]`;

/**
 * Teams, people, products and accounts; beside each table a temporary one that numbers its rows: `owner_no`,
 * `product_no`, `account_no`. `like`: whose role and password the people get.
 */
export async function fillCompany({ sql: db }: BulkTx, like: string): Promise<void> {
  await db.rows(sql`
    insert into team (name, region)
    select 'Team ' || n, (string_to_array(${REGIONS}, ','))[1 + n % ${REGIONS.split(',').length}::int]
    from generate_series(1, ${SIZES.teams}::int) n`);
  await db.rows(sql`
    insert into app_user (email, name, role_id, team_id, password_hash, email_verified_at)
    select 'seller' || n || '@example.com', 'Seller ' || n, u.role_id, t.id, u.password_hash, now()
    from generate_series(1, ${SIZES.teams * SIZES.ownersPerTeam}::int) n
    join team t on t.name = 'Team ' || 1 + n % ${SIZES.teams}::int
    join app_user u on u.email = ${like}`);
  await db.rows(sql`
    create temporary table owner_no as
    select row_number() over (order by email) - 1 as no, id as owner_id, team_id from app_user where email like 'seller%'`);
  await db.rows(sql`
    insert into product (name, name_key, category, list_price, currency_code)
    select 'Product ' || n, 'product' || n, ${oneOf(CATEGORIES, sql`random()`)}, round((4 + 900 * random() ^ 3)::numeric, 2), 'EUR'
    from generate_series(1, ${SIZES.products}::int) n`);
  await db.rows(sql`
    create temporary table product_no as
    select row_number() over (order by name) - 1 as no, id as product_id, category, list_price from product`);
  await db.rows(sql`
    insert into account (name, name_key, region, segment, owner_id, team_id)
    select 'Customer ' || n, 'customer ' || n, ${oneOf(REGIONS, sql`random()`)}, ${oneOf(SEGMENTS, sql`random()`)}, o.owner_id, o.team_id
    from (select n, floor(random() * ${SIZES.teams * SIZES.ownersPerTeam}::int)::int as owner
          from generate_series(1, ${SIZES.accounts}::int) n) a
    join owner_no o on o.no = a.owner`);
  await db.rows(sql`
    create temporary table account_no as
    select row_number() over (order by name) - 1 as no, id as account_id, region, segment, owner_id, team_id from account`);
  for (const table of ['owner_no', 'product_no', 'account_no']) await db.rows(sql`analyze ${raw(table)}`);
}
