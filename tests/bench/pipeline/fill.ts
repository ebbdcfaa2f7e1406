import { type Database, join, raw, type Sql, sql } from '../../../backend/db/index.ts';

/** How much there is: what the product promises its times for. */
export const SIZES = { leads: 200_000, opportunities: 100_000, users: 50 };

const FIRST_NAMES =
  'Anna,Bruno,Carla,David,Elena,Felix,Greta,Hakan,Ingrid,Jonas,Katja,Luca,Marta,Nils,Olga,Pavel,Quentin,Rosa,Stefan,Tara,Ulf,Vera,Wanda,Xenia,Yusuf,Zoe';
const LAST_NAMES =
  'Andersson,Bianchi,Castillo,Dubois,Eriksen,Fischer,Garcia,Hoffmann,Ivanov,Jansen,Kowalski,Lindqvist,Moreau,Nowak,Okafor,Petrov,Quist,Romano,Schneider,Tanaka,Ulrich,Virtanen,Weber,Yilmaz,Zimmermann';
const COMPANY_WORDS =
  'Alpine,Baltic,Cobalt,Delta,Ember,Fjord,Granite,Harbour,Iris,Juniper,Kestrel,Lumen,Meridian,Nordic,Orchid,Pioneer,Quartz,Ridge,Summit,Tundra,Umbra,Vertex,Willow,Zenith';
const COMPANY_KINDS = 'Logistics,Systems,Foods,Energy,Medical,Textiles,Robotics,Motors,Paper,Optics,Glass,Media';

/** One of a list, by a random number of the row. */
const oneOf = (list: string): Sql =>
  sql`(string_to_array(${list}, ','))[1 + floor(random() * ${list.split(',').length}::int)::int]`;

/** Fifty sellers in two teams, with the password of `like`. Answers their e-mail addresses. */
export async function addSellers({ sql: db }: Database, like: string): Promise<string[]> {
  const rows = await db.rows<{ email: string }>(sql`
    insert into app_user (email, name, role_id, team_id, password_hash, email_verified_at)
    select 'seller' || n || '@example.com', 'Seller ' || n, u.role_id, t.id, u.password_hash, now()
    from generate_series(1, ${SIZES.users}::int) n, app_user u, team t
    where u.email = ${like} and t.name = case when n % 2 = 0 then 'North' else 'South' end
    returning email`);
  return rows.map(({ email }) => email);
}

/** Leads and opportunities of five years, a tenth of them open, with a million stage events. */
export async function fill(database: Database): Promise<void> {
  const { sql: db } = database;
  await db.rows(sql`select setseed(0.42)`);
  for (const table of ['lead', 'opportunity', 'stage_event']) {
    await db.rows(sql`alter table ${raw(table)} disable trigger user`);
  }
  await db.rows(sql`
    insert into account (name, name_key, owner_id, team_id)
    select a.name || ' ' || n, lower(a.name) || ' ' || n, u.id, u.team_id
    from (select n, ${oneOf(COMPANY_WORDS)} || ' ' || ${oneOf(COMPANY_KINDS)} as name, 1 + floor(random() * ${SIZES.users})::int as seller
          from generate_series(1, 20000) n) a join app_user u on u.email = 'seller' || a.seller || '@example.com'`);
  await fillRecords(database, 'lead', SIZES.leads, ['New', 'Qualified'], ['Converted', 'Lost']);
  await fillRecords(
    database,
    'opportunity',
    SIZES.opportunities,
    ['Discovery', 'Proposal', 'Negotiation'],
    ['Won', 'Lost'],
  );
  for (const table of ['lead', 'opportunity', 'stage_event']) {
    await db.rows(sql`alter table ${raw(table)} enable trigger user`);
  }
  await database.execScript('vacuum analyze');
}

/** The records, and for each as many events as the pipeline has steps: stages entered, then changes of value. */
async function fillRecords(
  { sql: db }: Database,
  entity: 'lead' | 'opportunity',
  count: number,
  open: readonly string[],
  [won = '', lost = '']: readonly string[],
): Promise<void> {
  const isLead = entity === 'lead';
  const path = join(open.map((name) => sql`${name}`));
  await db.rows(sql`
    create table filling as
    select uuid_v7() as id, n, u.id as owner_id, u.team_id,
      now() - random() * interval '1800 days' - interval '1 day' as created_at, 10 + floor(random() * 170)::int as days,
      round((500 + random() * random() * 90000)::numeric, 2) as amount,
      case when random() < 0.1 then null when random() < 0.3 then ${won} else ${lost} end as outcome,
      1 + floor(random() * ${open.length}::int)::int as reached,
      ${oneOf(FIRST_NAMES)} as first_name, ${oneOf(LAST_NAMES)} as last_name,
      ${oneOf(COMPANY_WORDS)} || ' ' || ${oneOf(COMPANY_KINDS)} as company,
      ${oneOf('Website,Referral,Trade fair,Partner,Outbound')} as source, ${oneOf('SMB,Mid-market,Enterprise')} as segment
    from (select n, 1 + floor(random() * ${SIZES.users}::int)::int as seller from generate_series(1, ${count}::int) n) g
    join app_user u on u.email = 'seller' || g.seller || '@example.com'`);
  // A step lies at its share of the record's days; whoever is open has not gone through the last ones.
  await db.rows(sql`
    create table steps as
    select f.*, s.id as stage_id, s.pipeline_id, p.step, f.created_at + (p.step - 1) * f.days * interval '1 day' / ${open.length}::int as at,
      lag(s.id) over w as from_id, lead(f.created_at + p.step * f.days * interval '1 day' / ${open.length}::int) over w as next_at
    from filling f
    cross join generate_series(1, ${open.length + 1}::int) p(step)
    join pipeline pl on pl.entity = ${entity} and pl.is_default
    join stage s on s.pipeline_id = pl.id and s.name = case
      when f.outcome is not null and p.step = ${open.length + 1}::int then f.outcome
      else (array[${path}])[least(p.step, f.reached)] end
    window w as (partition by f.id order by p.step)`);
  const last = sql`select distinct on (id) * from steps order by id, step desc`;
  await db.rows(
    isLead
      ? sql`insert into lead (id, name, company, email, phone, source, segment, region, value, value_base, currency_code, owner_id,
              team_id, pipeline_id, stage_id, stage_since, position, score, created_at, updated_at)
            select id, first_name || ' ' || last_name, company, lower(first_name || '.' || last_name || n || '@example.com'),
              '+49 30 ' || (1000000 + n), source, segment, 'North', amount, amount, 'EUR', owner_id, team_id, pipeline_id, stage_id,
              at, n * 1024, floor(random() * 100), created_at, least(at, now()) from (${last}) l`
      : sql`insert into opportunity (id, name, account_id, source, segment, region, amount, amount_base, currency_code,
              expected_close_on, closed_on, next_step, owner_id, team_id, pipeline_id, stage_id, stage_since, position, created_at, updated_at)
            select l.id, company || ': ' || last_name, a.id, source, segment, 'North', amount, amount, 'EUR',
              (l.created_at + days * interval '1 day')::date, case when outcome is not null then at::date end,
              case when random() < 0.8 then 'Call' end, l.owner_id, l.team_id, pipeline_id, stage_id, at, n * 1024, l.created_at, least(at, now())
            from (${last}) l
            left join (select id, row_number() over () as place from account) a on a.place = 1 + l.n % 20000`,
  );
  await db.rows(sql`
    insert into stage_event (kind, record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base, owner_id, team_id, at, until)
    select case when from_id is not distinct from stage_id then 'changed' else 'entered' end, ${entity}, id, pipeline_id, from_id, stage_id,
      amount * (0.8 + 0.2 * step / ${open.length + 1}::numeric), owner_id, team_id, at,
      coalesce(lead(at) over (partition by id order by step), '9999-12-31Z')
    from steps order by at`);
  await db.rows(sql`drop table steps`);
  await db.rows(sql`drop table filling`);
}
