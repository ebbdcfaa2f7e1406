import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../backend/db/index.ts';
import { type DemoSummary, loadDemoData } from '../../prisma/demo/index.ts';
import { openTestDatabase } from '../support/database.ts';
import { openDemo } from './demo-database.ts';

const TODAY = '2026-11-22';
const TABLES = [
  'team app_user account contact lead opportunity stage_event product sale spend target activity task'.split(' '),
  'currency exchange_rate'.split(' '),
].flat();

let db: Database;
let summary: DemoSummary;
const rows = async <Row>(text: string): Promise<Row[]> => (await db.executeSql(text)).rows as Row[];
/** The single value that a statement selects as `n`. */
const number = async (text: string): Promise<number> => Number((await rows<{ n: unknown }>(text))[0]?.n);

beforeAll(async () => {
  ({ db, summary } = await openDemo(TODAY));
}, 120_000);
afterAll(() => db.close());

/** Everything but what the installation itself made (roles, pipelines and stages have random ids). */
async function checksum(database: Database): Promise<string> {
  const hash = createHash('sha256');
  for (const table of TABLES) {
    const { rows: lines } = await database.executeSql(
      `select (to_jsonb(t) - array['role_id', 'pipeline_id', 'stage_id', 'from_stage_id', 'to_stage_id'])::text as line
       from ${table} t order by 1`,
    );
    for (const { line } of lines as { line: string }[]) hash.update(line);
  }
  return hash.digest('hex');
}

describe('the demo company', () => {
  it('is the same each time it is loaded for the same day', async () => {
    const again = await openDemo(TODAY);
    expect(await checksum(again.db)).toBe(await checksum(db));
    await again.db.close();
  }, 120_000);

  it('has the promised size', async () => {
    const { rows: counts } = summary;
    expect(counts).toMatchObject({ lead: 5000, opportunity: 3000, task: 2500, app_user: 20, team: 5, product: 14 });
    expect(counts.sale).toBeGreaterThan(12_000);
    expect(counts.sale).toBeLessThan(20_000);
    expect(counts.account).toBeGreaterThan(800);
    expect(counts.account).toBeLessThan(1000);
    expect(counts.contact).toBeGreaterThan(1600);
    expect(counts.contact).toBeLessThan(2000);
    expect(counts.activity).toBeGreaterThan(10_000);
    for (const [table, count] of Object.entries(counts))
      expect(await number(`select count(*) as n from ${table}`)).toBe(count);
    expect(await rows(`select value from setting where key = 'demo'`)).toEqual([{ value: { day: TODAY, version: 4 } }]);
  });

  it('is loaded once only, and a refused load leaves nothing behind', async () => {
    const options = { today: TODAY, currency: 'EUR', passwordHash: 'x' };
    await expect(loadDemoData(db, options)).rejects.toThrow('loaded already');
    expect(await number('select count(*) as n from lead')).toBe(5000);
    await expect(loadDemoData(db, { ...options, today: '2026-02-30' })).rejects.toThrow('not a day');
  });

  it('reports progress up to the last row', async () => {
    const fresh = await openTestDatabase();
    const seen: [number, number][] = [];
    await loadDemoData(fresh, {
      today: TODAY,
      currency: 'JPY',
      passwordHash: 'x',
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen[0]?.[0]).toBe(0);
    expect(seen.at(-1)?.[0]).toBe(seen.at(-1)?.[1]);
    const cents = await fresh.executeSql(`select count(*)::int as n from sale where amount_base <> round(amount_base)`);
    expect(cents.rows, 'yen have no decimals').toEqual([{ n: 0 }]);
    await fresh.close();
  }, 120_000);
});

describe('stage history', () => {
  for (const entity of ['lead', 'opportunity']) {
    it(`of every ${entity} runs unbroken from the first stage to the present one`, async () => {
      const broken = await number(`
        with e as (
          select *, lag(to_stage_id) over w as before, lag(at) over w as before_at, lead(id) over w as next
          from stage_event where record_type = '${entity}' window w as (partition by record_id order by at))
        select count(*) as n from e join ${entity} r on r.id = e.record_id
        where from_stage_id is distinct from before or at <= before_at
           or (before is null and (at <> r.created_at or to_stage_id <> (
             select s.id from stage s where s.pipeline_id = r.pipeline_id order by s.position limit 1)))
           or (next is null and (to_stage_id <> r.stage_id or (e.kind = 'entered' and at <> r.stage_since)))
           or e.pipeline_id <> r.pipeline_id`);
      expect(broken).toBe(0);
      const without = `select count(*) as n from ${entity} r
        where not exists (select 1 from stage_event e where e.record_type = '${entity}' and e.record_id = r.id)`;
      expect(await number(without)).toBe(0);
    });
  }

  it('never reaches beyond the first half hour of the last day', async () => {
    for (const [table, column] of [
      ['stage_event', 'at'],
      ['lead', 'created_at'],
      ['opportunity', 'updated_at'],
      ['activity', 'occurred_at'],
      ['task', 'created_at'],
      ['task', 'completed_at'],
      ['sale', 'created_at'],
      ['contact', 'created_at'],
    ])
      expect(
        await number(`select count(*) as n from ${table} where ${column} > timestamptz '${TODAY} 00:30Z'`),
        `${table}.${column}`,
      ).toBe(0);
  });

  it('orders the cards of a stage by recency, 1024 apart', async () => {
    const wrong = await number(`
      select count(*) as n from (select position, 1024 * row_number() over (
        partition by stage_id order by position) as place, stage_since,
        lag(stage_since) over (partition by stage_id order by position) as above from opportunity) o
      where position <> place or stage_since > above`);
    expect(wrong).toBe(0);
  });
});

describe('links between records', () => {
  it('join each converted lead with its account, contact and opportunity', async () => {
    const wrong = await number(`
      select count(*) as n from lead l join stage s on s.id = l.stage_id
        left join opportunity o on o.id = l.converted_opportunity_id and o.lead_id = l.id
          and o.account_id = l.converted_account_id and o.contact_id = l.converted_contact_id
          and o.created_at = l.converted_at
        left join contact c on c.id = l.converted_contact_id and c.account_id = l.converted_account_id
      where (s.name = 'Converted') <> (o.id is not null and c.id is not null)
         or (s.name = 'Converted') <> (l.converted_at is not null)`);
    expect(wrong).toBe(0);
    expect(await number('select count(*) as n from opportunity where lead_id is not null')).toBe(
      await number('select count(*) as n from lead where converted_at is not null'),
    );
  });

  it('give every sale an owner of its team, an account and a product', async () => {
    const wrong = await number(`
      select count(*) as n from sale s
        left join app_user u on u.id = s.owner_id and u.team_id = s.team_id
        left join account a on a.id = s.account_id and a.region = s.region and a.segment = s.segment
        left join product p on p.id = s.product_id and p.category = s.product_category
      where u.id is null or a.id is null or p.id is null or s.source is null or s.quantity <= 0 or s.cost >= s.amount`);
    expect(wrong).toBe(0);
  });

  it('book every won opportunity, and only those, with lines that add up to its amount', async () => {
    const wrong = await number(`
      select count(*) as n from opportunity o join stage st on st.id = o.stage_id
        left join lateral (select count(*) as lines, sum(amount) as amount, min(sold_on) as first, max(sold_on) as last,
          bool_and(s.lead_id is not distinct from o.lead_id and s.owner_id = o.owner_id and s.account_id = o.account_id
            and s.campaign is not distinct from o.campaign and s.currency_code = o.currency_code) as alike
          from sale s where s.opportunity_id = o.id) s on true
      where (st.kind = 'won') <> (s.lines between 1 and 3)
         or (st.kind = 'won' and (s.amount <> o.amount or not s.alike or s.first <> o.closed_on or s.last <> o.closed_on))
         or (st.kind = 'open') <> (o.closed_on is null) or o.closed_on < o.created_at::date`);
    expect(wrong).toBe(0);
  });

  it('let activities and tasks point at records that were there by then', async () => {
    for (const [table, column] of [
      ['activity', 'occurred_at'],
      ['task', 'created_at'],
    ]) {
      const wrong = await number(`
        select count(*) as n from ${table} t left join (
          select 'lead' as type, id, created_at from lead union all
          select 'opportunity', id, created_at from opportunity union all
          select 'account', id, created_at from account) r on r.type = t.record_type and r.id = t.record_id
        where r.id is null or t.${column} < r.created_at`);
      expect(wrong, table).toBe(0);
    }
  });

  it('convert foreign money at the rate of the day, to the cent', async () => {
    const wrong = await number(`
      select count(*) as n from sale s
        left join lateral (select rate from exchange_rate r where r.currency_code = s.currency_code and r.day <= s.sold_on
          order by r.day desc limit 1) r on true
      where s.amount_base <> round(s.amount * coalesce(r.rate, 1), 2) or s.cost_base <> round(s.cost * coalesce(r.rate, 1), 2)
         or (s.currency_code <> 'EUR' and r.rate is null)`);
    expect(wrong).toBe(0);
    expect(await number(`select count(distinct currency_code) as n from sale`)).toBe(4);
  });

  it('hold only values that their custom fields allow', async () => {
    const wrong = await number(`
      select count(*) as n from (select 'lead' as entity, custom from lead union all select 'opportunity', custom from opportunity) r
        cross join lateral jsonb_each(r.custom) v left join custom_field f on f.entity = r.entity and f.key = v.key
      where f.id is null or (f.type = 'choice' and not (v.value #>> '{}') = any(f.options))`);
    expect(wrong).toBe(0);
  });
});
