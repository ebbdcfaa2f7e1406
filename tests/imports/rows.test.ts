import { describe, expect, it } from 'vitest';
import { type Database, sql } from '../../backend/db/index.ts';
import { databaseForTest } from '../support/database.ts';
import { importText } from './support.ts';

const HEADER = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value';
const file = (...lines: string[]): string => [HEADER, ...lines, ''].join('\n');

const errorsOf = (db: Database) =>
  db.sql.rows<{ row: number; column: string | null; reason: string }>(sql`
    select "row", "column", reason from import_error order by id`);
const liveSales = (db: Database) =>
  db.sql.rows<{ amount: number; day: string; customer: string | null }>(sql`
    select s.amount::float8 as amount, s.sold_on::text as day, a.name as customer from sale s
    left join account a on a.id = s.account_id where s.deleted_at is null order by s.sold_on, s.amount`);

describe('importing opportunities', () => {
  it('keeps good rows and lists every problem of the bad ones', async () => {
    const db = await databaseForTest();
    const summary = await importText(
      db,
      'opportunities',
      file(
        'A1,Ann Lee,Rocket,Acme,Won,2026-01-01,2026-02-01,100',
        'A2,Ann Lee,Rocket,Acme,Won,2026-01-01,,',
        'A3,Ann Lee,Rocket,Acme,Lost,soon,2026-02-30,much',
        'A1,Ann Lee,Rocket,Acme,Won,2026-01-01,2026-02-01,100',
        'A4,Ann Lee,Rocket,Acme,Lost,2026-01-01,2026-02-02,0,extra',
      ),
    );
    expect(summary).toMatchObject({ rows: 5, created: 1, rejected: 4 });
    expect(await errorsOf(db)).toEqual([
      { row: 3, column: 'close_date', reason: 'is empty; a won opportunity needs its close date' },
      { row: 3, column: 'close_value', reason: 'is empty; a won opportunity needs its value' },
      { row: 4, column: 'close_value', reason: '"much" is not an amount of money' },
      { row: 4, column: 'close_date', reason: '"2026-02-30" is not a date (write it as YYYY-MM-DD)' },
      { row: 4, column: 'engage_date', reason: '"soon" is not a date (write it as YYYY-MM-DD)' },
      { row: 5, column: 'opportunity_id', reason: 'is the same as on line 2; each may occur once in a file' },
      { row: 6, column: null, reason: expect.stringContaining('has 9 cells where the first line names 8 columns') },
    ]);
    expect(await liveSales(db)).toEqual([{ amount: 100, day: '2026-02-01', customer: 'Acme' }]);
  });

  it('updates a changed deal with its sale, and takes the sale back when it is no longer won', async () => {
    const db = await databaseForTest();
    await importText(
      db,
      'opportunities',
      file('A1,Ann,Rocket,Acme,Engaging,2026-01-01,,', 'A2,Ann,Rocket,Acme,Won,2026-01-01,2026-02-01,50'),
    );
    expect(await liveSales(db)).toHaveLength(1);
    const again = await importText(
      db,
      'opportunities',
      file('A1,Ann,Rocket,Acme,Won,2026-01-01,2026-03-01,70', 'A2,Ann,Rocket,Acme,Lost,2026-01-01,2026-02-05,0'),
    );
    expect(again).toMatchObject({ created: 0, updated: 2, unchanged: 0 });
    expect(await liveSales(db)).toEqual([{ amount: 70, day: '2026-03-01', customer: 'Acme' }]);
    const history = await db.sql.rows(sql`
      select o.external_key as key, f.name as "from", s.name as "to" from stage_event e
      join opportunity o on o.id = e.record_id join stage s on s.id = e.to_stage_id
      left join stage f on f.id = e.from_stage_id order by 1, e.at, e.id`);
    expect(history).toEqual([
      { key: 'file:A1', from: null, to: 'Proposal' },
      { key: 'file:A1', from: 'Proposal', to: 'Won' },
      { key: 'file:A2', from: null, to: 'Discovery' },
      { key: 'file:A2', from: 'Discovery', to: 'Won' },
      { key: 'file:A2', from: 'Won', to: 'Lost' },
    ]);
    const back = await importText(db, 'opportunities', file('A2,Ann,Rocket,Acme,Won,2026-01-01,2026-02-01,55'));
    expect(back).toMatchObject({ updated: 1 });
    expect(await liveSales(db)).toEqual([
      { amount: 55, day: '2026-02-01', customer: 'Acme' },
      { amount: 70, day: '2026-03-01', customer: 'Acme' },
    ]);
  });

  it('leaves a sale alone that somebody booked by hand for the deal', async () => {
    const db = await databaseForTest();
    await importText(db, 'opportunities', file('A1,Ann,Rocket,Acme,Engaging,2026-01-01,,'));
    await db.sql.rows(sql`
      insert into sale (sold_on, amount, amount_base, currency_code, opportunity_id)
      select '2026-02-01', 90, 90, 'EUR', id from opportunity`);
    await importText(db, 'opportunities', file('A1,Ann,Rocket,Acme,Won,2026-01-01,2026-02-01,90'));
    expect(await liveSales(db)).toHaveLength(1);
  });

  it('recognises rows without an id by what they are, also two that are alike', async () => {
    const db = await databaseForTest();
    const text =
      'account,product,stage,created,close date,amount\nAcme,Rocket,Won,2026-01-01,2026-02-01,10\nAcme,Rocket,Won,2026-01-01,2026-02-01,10\n';
    expect(await importText(db, 'opportunities', text)).toMatchObject({ created: 2 });
    expect(await importText(db, 'opportunities', text)).toMatchObject({ created: 0, unchanged: 2 });
    expect(await liveSales(db)).toHaveLength(2);
  });

  it('gives an unknown stage name a stage of its own, in front of the settled ones', async () => {
    const db = await databaseForTest();
    const summary = await importText(
      db,
      'opportunities',
      file(
        'A1,Ann,Rocket,Acme,Legal Review,2026-01-01,,',
        'A2,Ann,Rocket,Acme,Closed - Lost (price),2026-01-01,2026-02-01,',
      ),
    );
    expect(summary.references.stages).toMatchObject({
      created: ['Legal Review'],
      mapped: { 'Closed - Lost (price)': 'Lost' },
    });
    const stages = await db.sql.rows<{ name: string }>(sql`
      select s.name from stage s join pipeline p on p.id = s.pipeline_id where p.entity = 'opportunity' order by s.position`);
    expect(stages.map(({ name }) => name)).toEqual([
      'Discovery',
      'Proposal',
      'Negotiation',
      'Legal Review',
      'Won',
      'Lost',
    ]);
  });

  it('refuses a name that several people have', async () => {
    const db = await databaseForTest();
    for (const email of ['a@example.com', 'b@example.com']) {
      await db.sql.rows(
        sql`insert into app_user (name, email, role_id) select 'Ann Lee', ${email}, id from role where key = 'rep'`,
      );
    }
    const summary = await importText(
      db,
      'opportunities',
      file('A1,Ann Lee,Rocket,Acme,Engaging,2026-01-01,,', 'A2,b@example.com,Rocket,Acme,Engaging,2026-01-01,,'),
    );
    expect(summary).toMatchObject({ created: 1, rejected: 1 });
    expect((await errorsOf(db))[0]?.reason).toContain('is the name of several people');
  });
});

describe('a dry run', () => {
  it('counts as the real run would and changes nothing', async () => {
    const db = await databaseForTest();
    const text = file(
      'A1,Ann Lee,Rocket,Acme,Won,2026-01-01,2026-02-01,100',
      'A2,Ann Lee,Rocket,Acme,Won,2026-01-01,,',
      'A3,Bob,Plane,Zeta,Quarantine,2026-01-01,,',
    );
    const dry = await importText(db, 'opportunities', text, { isDryRun: true });
    const left = await db.sql.first<{ n: number }>(sql`
      select ((select count(*) from opportunity) + (select count(*) from sale) + (select count(*) from account) + (select count(*) from product)
        + (select count(*) from app_user) + (select count(*) from stage where name = 'Quarantine') + (select count(*) from audit_entry))::int as n`);
    expect(left?.n).toBe(0);
    expect(await importText(db, 'opportunities', text)).toEqual(dry);
    expect(dry).toMatchObject({ created: 2, rejected: 1, references: { users: { created: ['Ann Lee', 'Bob'] } } });
  });
});

describe('importing the other kinds', () => {
  it('reads sales with M/D/Y dates, takes cost from profit and is done once', async () => {
    const db = await databaseForTest();
    const text =
      '\ufeffRow ID,Order ID,Order Date,Customer Name,Segment,Region,Product ID,Category,Product Name,Sales,Quantity,Profit\n1,CA-1,11/8/2018,Claire,Consumer,South,F-1,Furniture,"Bush ""Big"", oak",261.96,2,41.9136\n2,CA-1,11/13/2018,Claire,Consumer,South,F-2,Furniture,Chair,"1,731.94",3,-219.582\n';
    expect(await importText(db, 'sales', text)).toMatchObject({ created: 2, rejected: 0 });
    const rows = await db.sql.rows(sql`
      select sold_on::text as day, amount::text, cost::text, p.name, p.sku, s.region, s.segment from sale s
      join product p on p.id = s.product_id order by sold_on`);
    expect(rows).toEqual([
      {
        day: '2018-11-08',
        amount: '261.9600',
        cost: '220.0464',
        name: 'Bush "Big", oak',
        sku: 'F-1',
        region: 'South',
        segment: 'Consumer',
      },
      {
        day: '2018-11-13',
        amount: '1731.9400',
        cost: '1951.5220',
        name: 'Chair',
        sku: 'F-2',
        region: 'South',
        segment: 'Consumer',
      },
    ]);
    expect(await importText(db, 'sales', text)).toMatchObject({ created: 0, unchanged: 2 });
  });

  it('converts money at the rate of the day and refuses currencies without one', async () => {
    const db = await databaseForTest();
    await db.sql.rows(sql`insert into currency (code, name) values ('USD', 'US Dollar') on conflict do nothing`);
    await db.sql.rows(sql`insert into exchange_rate (currency_code, day, rate) values ('USD', '2026-01-01', 0.5)`);
    const summary = await importText(
      db,
      'sales',
      'id,date,amount,currency\n1,2026-02-01,100,USD\n2,2026-02-01,100,GBP\n3,2026-02-01,"€ 7,50",\n',
    );
    expect(summary).toMatchObject({ created: 2, rejected: 1 });
    expect(await db.sql.rows(sql`select amount_base::float8 as base from sale order by external_key`)).toEqual([
      { base: 50 },
      { base: 7.5 },
    ]);
    expect(await errorsOf(db)).toEqual([
      { row: 3, column: 'currency', reason: 'is in GBP, for which no exchange rate to EUR is known' },
    ]);
  });

  it('imports leads from Salesforce-like headers, with their stages and a custom field', async () => {
    const db = await databaseForTest();
    await db.sql.rows(
      sql`insert into custom_field (entity, key, label, type) values ('lead', 'visits', 'Total Visits', 'number')`,
    );
    const text =
      'Lead ID,First Name,Last Name,Company,Email,Lead Status,Lead Source,Created Date,Converted Date,TotalVisits\nL1,Ann,Lee,Acme,ANN@ACME.COM,Working - Contacted,Web,2026-01-05T10:00:00Z,,4\nL2,Bob,Ray,Zeta,bob@zeta.com,Closed - Converted,Web,2026-01-05,2026-01-09,\n';
    expect(await importText(db, 'leads', text)).toMatchObject({ created: 2, rejected: 0 });
    const leads = await db.sql.rows(sql`
      select l.name, l.email, s.name as stage, l.custom->>'visits' as visits, iso(l.created_at) as born, (l.converted_at at time zone 'Europe/Berlin')::date::text as converted
      from lead l join stage s on s.id = l.stage_id order by l.external_key`);
    expect(leads).toEqual([
      {
        name: 'Ann Lee',
        email: 'ann@acme.com',
        stage: 'Qualified',
        visits: '4',
        born: '2026-01-05T10:00:00.000Z',
        converted: null,
      },
      {
        name: 'Bob Ray',
        email: 'bob@zeta.com',
        stage: 'Converted',
        visits: null,
        born: '2026-01-04T23:00:00.000Z',
        converted: '2026-01-09',
      },
    ]);
    expect(await importText(db, 'leads', text)).toMatchObject({ created: 0, unchanged: 2 });
  });

  it('leaves fields alone that a second file does not have', async () => {
    const db = await databaseForTest();
    await importText(db, 'leads', 'Lead ID,Name,Phone\nL1,Ann,030 1\n');
    expect(await importText(db, 'leads', 'Lead ID,Name\nL1,Anna\n')).toMatchObject({ updated: 1 });
    expect(await db.sql.rows(sql`select name, phone from lead`)).toEqual([{ name: 'Anna', phone: '030 1' }]);
  });

  it('finds an account again that a deal made, whatever its spelling', async () => {
    const db = await databaseForTest();
    await importText(db, 'opportunities', file('A1,Ann,Rocket,ACME Inc,Engaging,2026-01-01,,'));
    const text = 'Account ID,Account Name,Parent Account,Employees\n7,"Acme, Inc.",Zeta,12\n';
    expect(await importText(db, 'accounts', text)).toMatchObject({ created: 0, updated: 1 });
    expect(await importText(db, 'accounts', text)).toMatchObject({ unchanged: 1 });
    expect(
      await db.sql.rows(sql`
      select a.name, a.employees, p.name as parent from account a left join account p on p.id = a.parent_id order by 1`),
    ).toEqual([
      { name: 'Acme, Inc.', employees: 12, parent: 'Zeta' },
      { name: 'Zeta', employees: null, parent: null },
    ]);
  });

  it('imports contacts by e-mail and spend by what it was for', async () => {
    const db = await databaseForTest();
    const contacts = 'Name,Email,Account Name,Job Title\nAnn Lee,ann@acme.com,Acme,CTO\nBob,not-an-address,Acme,\n';
    expect(await importText(db, 'contacts', contacts)).toMatchObject({
      created: 1,
      rejected: 1,
      references: { accounts: { created: ['Acme'] } },
    });
    expect(await importText(db, 'contacts', contacts)).toMatchObject({ unchanged: 1 });
    const spend = 'Date;Betrag;Kanal;Kampagne\n01.02.2026;1.234,50;Web;Frühling\n13.02.2026;99,00;Web;Frühling\n';
    expect(await importText(db, 'spend', spend)).toMatchObject({ created: 2 });
    expect(await importText(db, 'spend', spend)).toMatchObject({ unchanged: 2 });
    expect(
      await db.sql.rows(sql`select spent_on::text as day, amount::float8 as amount from spend order by 1`),
    ).toEqual([
      { day: '2026-02-01', amount: 1234.5 },
      { day: '2026-02-13', amount: 99 },
    ]);
  });

  it('stores formula-looking cells as the text they are', async () => {
    const db = await databaseForTest();
    await importText(db, 'accounts', 'Account Name,Industry\n"=HYPERLINK(""http://x"")",@SUM(A1)\n');
    expect(await db.sql.rows(sql`select name, industry from account`)).toEqual([
      { name: '=HYPERLINK("http://x")', industry: '@SUM(A1)' },
    ]);
  });
});
