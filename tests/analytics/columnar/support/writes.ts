import { type Database, type Sql, sql } from '../../../../backend/db/index.ts';
import { fc } from '../../../support/fast-check.ts';
import { addLeads, addOpportunities, addSales, addSpend } from '../../facts.ts';
import { accounts, attributes, FIRST_DAY, type Pool, someDay, someSales } from '../../random-facts.ts';

/** Something that changes facts. */
export interface Write {
  name: string;
  run(database: Database): Promise<unknown>;
}

const someAccount = fc.constantFrom(...accounts);
const STAGES = ['Discovery', 'Proposal', 'Negotiation', 'Won', 'Lost'] as const;

/** A third of the rows, another one for each number. */
const third = (number: number): Sql => sql`abs(hashtext(id::text)) % 3 = ${number}::int`;

const statement = (name: string, text: fc.Arbitrary<Sql>): fc.Arbitrary<Write> =>
  text.map((one) => ({ name, run: ({ sql: runner }) => runner.rows(one) }));
const inThird = (name: string, textOf: (where: Sql) => Sql): fc.Arbitrary<Write> =>
  statement(
    name,
    fc.nat(2).map((number) => textOf(third(number))),
  );

const saleWrites = (pool: Pool): fc.Arbitrary<Write>[] => [
  someSales(pool).map((sales) => ({ name: `${sales.length} sales`, run: (database) => addSales(database, sales) })),
  statement(
    'sales of other days, regions and amounts',
    fc
      .record({
        number: fc.nat(2),
        days: fc.integer({ min: -40, max: 40 }),
        region: fc.constantFrom('East', 'North', null),
      })
      .map(
        ({ number, days, region }) => sql`
        update sale set sold_on = sold_on + ${days}::int, region = ${region}::text, quantity = quantity + 0.5,
          amount_base = amount_base * 3 - 0.0001, cost_base = case when cost_base is null then 1.23 end
        where ${third(number)}`,
      ),
  ),
  statement(
    'sales of other people',
    fc
      .tuple(fc.nat(2), fc.constantFrom(...pool.owners), fc.constantFrom(...pool.teams))
      .map(
        ([number, owner, team]) =>
          sql`update sale set owner_id = ${owner}::uuid, team_id = ${team}::uuid where ${third(number)}`,
      ),
  ),
  statement(
    'accounts that are merged',
    fc.tuple(someAccount, someAccount).map(
      ([stays, goes]) => sql`
      update sale set account_id = ${stays}::uuid where account_id = ${goes}::uuid`,
    ),
  ),
  inThird('sales in the bin', (where) => sql`update sale set deleted_at = now() where ${where}`),
  statement('the bin emptied back', fc.constant(sql`update sale set deleted_at = null`)),
  inThird('sales deleted', (where) => sql`delete from sale where ${where}`),
  statement('sales that change in nothing that counts', fc.constant(sql`update sale set version = version + 1`)),
  fc.tuple(someAccount, someDay).map(([account, day]) => ({
    name: 'an import by COPY',
    run: (database) =>
      database.bulk((tx) =>
        tx.copyIn(
          'sale',
          ['sold_on', 'account_id', 'region', 'amount', 'amount_base', 'currency_code'],
          Array.from({ length: 300 }, (_, row) => [day, account, `Region ${row % 7}`, `${row}.25`, `${row}.25`, 'EUR']),
        ),
      ),
  })),
  statement(
    'sales that are there already, and one that is not',
    fc.constant(sql`
      insert into sale (external_key, sold_on, amount, amount_base, currency_code)
      values ('a', '2026-01-01', 1, 1, 'EUR'), ('b', '2026-01-02', 2, 2, 'EUR')
      on conflict (external_key) do update set amount_base = sale.amount_base + 10`),
  ),
];

const recordWrites = (pool: Pool): fc.Arbitrary<Write>[] => [
  fc
    .array(
      fc.record({
        ...attributes(pool),
        isConverted: fc.boolean(),
        day: someDay,
        hour: fc.constantFrom('01', '16', '23'),
      }),
    )
    .map((leads) => ({
      name: `${leads.length} leads`,
      run: (database) =>
        addLeads(
          database,
          leads.map(({ day, hour, ...lead }) => ({ ...lead, createdAt: `${day}T${hour}:30:00Z` })),
        ),
    })),
  inThird('leads converted', (where) => sql`update lead set converted_at = now() where ${where}`),
  inThird('leads in the bin', (where) => sql`update lead set deleted_at = now(), segment = 'SMB' where ${where}`),
  inThird('leads deleted', (where) => sql`delete from lead where ${where}`),
  fc
    .array(
      fc.record({
        ...attributes(pool),
        amount: fc.option(
          fc.integer({ min: 0, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2)),
          { nil: null },
        ),
        probability: fc.constantFrom(null, 0, 0.35, 1 / 3, 1),
        stage: fc.constantFrom(...STAGES),
        closedOn: someDay,
      }),
      { maxLength: 4 },
    )
    .map((deals) => ({
      name: `${deals.length} opportunities`,
      run: (database) =>
        addOpportunities(
          database,
          deals.map(({ stage, closedOn, ...deal }) => ({
            ...deal,
            createdAt: `${FIRST_DAY}T16:00:00Z`,
            stages: [[stage, `${closedOn}T10:00:00Z`]],
            closedOn: stage === 'Won' || stage === 'Lost' ? closedOn : null,
          })),
        ),
    })),
  statement(
    'opportunities in another stage',
    fc.tuple(fc.nat(2), fc.constantFrom(...STAGES), someDay).map(
      ([number, stage, day]) => sql`
      update opportunity set stage_id = (select s.id from stage s where s.pipeline_id = opportunity.pipeline_id and s.name = ${stage}),
        closed_on = case when ${stage}::text in ('Won', 'Lost') then ${day}::date end
      where ${third(number)}`,
    ),
  ),
  inThird(
    'opportunities of other amounts',
    (where) => sql`
    update opportunity set amount_base = case when amount_base is null then 7.5 else amount_base + 0.01 end,
      probability = 0.123456789 where ${where}`,
  ),
  inThird('opportunities deleted', (where) => sql`delete from opportunity where ${where}`),
  fc
    .array(
      fc.record({
        spentOn: someDay,
        amount: fc.integer({ min: -1000, max: 1_000_000 }).map((cents) => (cents / 100).toFixed(2)),
        source: attributes(pool).source,
        region: attributes(pool).region,
        teamId: attributes(pool).teamId,
      }),
    )
    .map((spend) => ({ name: `money spent ${spend.length} times`, run: (database) => addSpend(database, spend) })),
  inThird(
    'other money spent',
    (where) => sql`update spend set amount_base = amount_base + 1, source = 'Web' where ${where}`,
  ),
  inThird('money not spent', (where) => sql`delete from spend where ${where}`),
];

/** After these the copy is made anew. */
const wholeWrites: fc.Arbitrary<Write>[] = [
  statement(
    'another chance to win',
    fc.constantFrom(0.1, 0.25, 0.333).map(
      (chance) => sql`
    update stage set probability = ${chance}::float8 where kind = 'open' and name in ('Discovery', 'Proposal')`,
    ),
  ),
  statement(
    'a stage of another kind',
    fc.constantFrom('open', 'won').map(
      (kind) => sql`
    update stage set kind = ${kind} where name in ('Negotiation', 'Contacted')`,
    ),
  ),
  statement('a table emptied', fc.constantFrom(sql`truncate lead`, sql`truncate sale`, sql`truncate spend`)),
];

/** What happens to facts between two questions. */
export const someWrites = (pool: Pool): fc.Arbitrary<Write[]> =>
  fc.array(
    fc.oneof(
      { weight: 10, arbitrary: fc.oneof(...saleWrites(pool)) },
      { weight: 10, arbitrary: fc.oneof(...recordWrites(pool)) },
      { weight: 2, arbitrary: fc.oneof(...wholeWrites) },
    ),
    { minLength: 2, maxLength: 6 },
  );
