import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startAnalytics } from '../../../backend/analytics/index.ts';
import { type Database, sql } from '../../../backend/db/index.ts';
import { addLeads, addSales } from '../facts.ts';
import { dependenciesOf, installationForTest } from './support/installation.ts';
import { expectSame, question } from './support/questions.ts';

/** Sales of 60 days and 50 accounts; so many that the embedded database is read in several pieces. */
const SALES = 21_000;
const accountOf = (number: unknown) =>
  sql`('00000000-0000-7000-8000-' || lpad((${number}::int % 50)::text, 12, '0'))::uuid`;

async function fill(database: Database): Promise<void> {
  // What is written before the log matters to anybody, and looked up by nothing but days and accounts.
  await database.execScript(`
    alter table sale disable trigger user;
    insert into account (id, name, name_key)
      select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Account ' || n, 'account ' || n
      from generate_series(0, 49) n;
    insert into sale (sold_on, account_id, amount, amount_base, currency_code, region)
      select date '2026-01-01' + n % 60, ('00000000-0000-7000-8000-' || lpad((n % 50)::text, 12, '0'))::uuid,
        n, n, 'EUR', 'Region ' || n % 5
      from generate_series(1, ${SALES}) n;
    alter table sale enable trigger user;`);
}

it('what happens while the facts are read is counted once', async () => {
  const { database, folder } = await installationForTest();
  await fill(database);
  const shared = startAnalytics(dependenciesOf({ database, folder }));
  try {
    let isSettled = false;
    const settled = shared.settled().finally(() => {
      isSettled = true;
    });
    let rounds = 0;
    for (; !isSettled || rounds < 5; rounds++) {
      await setImmediate(); // the embedded database never lets anybody else in by itself
      const day = 1 + (rounds % 28);
      const soldOn = `2026-${rounds % 2 === 0 ? '01' : '02'}-${String(day).padStart(2, '0')}`;
      const [account, other] = [accountOf(rounds), accountOf(rounds + 7)];
      await addSales(database, [{ soldOn, amount: '1.11', region: 'West' }]);
      await addLeads(database, [{ createdAt: `${soldOn}T10:00:00Z` }]);
      // Earlier or later than where the reading is: a sale may move from one side to the other.
      await database.sql.rows(sql`
        update sale set sold_on = date '2026-03-01' - (sold_on - date '2026-01-01'), amount_base = amount_base + 0.01
        where amount_base = ${rounds * 97 + 1}::numeric`);
      await database.sql.rows(sql`
        update sale set account_id = ${account} where account_id = ${other} and sold_on = ${soldOn}::date`);
      await database.sql.rows(sql`delete from sale where amount_base = ${rounds * 89 + 2}::numeric`);
      await database.sql.rows(
        sql`update lead set segment = ${`Round ${rounds}`} where created_at::date = ${soldOn}::date`,
      );
    }
    await settled;
    expect(shared.status().state).toEqual({ kind: 'ready', from: 'database' });
    await expectSame(shared, database, question());
    await expectSame(
      shared,
      database,
      question({ grain: 'day', by: 'region', measures: ['saleCount', 'revenue', 'newCustomers'] }),
    );
    await expectSame(shared, database, question({ by: 'segment', measures: ['leadCount'] }));
    expect(await shared.copy?.checker.check('all')).toBe(true);
  } finally {
    await shared.stop();
  }
});
