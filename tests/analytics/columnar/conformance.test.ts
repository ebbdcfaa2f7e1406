import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SharedEngine, startAnalytics } from '../../../backend/analytics/index.ts';
import { sql } from '../../../backend/db/index.ts';
import { fc } from '../../support/fast-check.ts';
import { addPeople, type Company } from '../../support/people.ts';
import { accounts, type Pool, somePool } from '../random-facts.ts';
import { dependenciesOf, type Installation, openInstallation } from './support/installation.ts';
import { expectSame } from './support/questions.ts';
import { someQuestion } from './support/random-question.ts';
import { someWrites } from './support/writes.ts';

const RUNS = 10;
const TIME_ZONE = 'Asia/Tokyo';
let installation: Installation;
let company: Company;
let pool: Pool;
let shared: SharedEngine;

const start = (): SharedEngine => startAnalytics(dependenciesOf(installation, { COMPANY_TIME_ZONE: TIME_ZONE }));

beforeAll(async () => {
  installation = await openInstallation();
  const { database } = installation;
  company = await addPeople(database, 'no password');
  pool = await somePool(database, company);
  // Sales outlive their accounts: of the others there is no record any more.
  for (const [index, id] of accounts.slice(0, 2).entries()) {
    await database.sql.rows(sql`
      insert into account (id, name, name_key) values (${id}::uuid, ${`Account ${index}`}, ${`account ${index}`})`);
  }
  shared = start();
});
afterAll(async () => {
  await shared?.stop();
  await installation?.close();
});

/** Until the copy has followed, or was made anew where what happened can't be told one by one. */
async function followed(): Promise<void> {
  await shared.settled();
  await shared.copy?.follower.fresh().catch(() => {}); // it is being made anew
  await shared.settled();
  expect(shared.status().engine).toBe('columnar');
}

it('whatever happens to the facts, the copy answers every question as PostgreSQL does', async () => {
  const { database } = installation;
  await fc.assert(
    fc.asyncProperty(
      fc.array(someWrites(pool), { minLength: 1, maxLength: 3 }),
      fc.array(someQuestion(pool, company), { minLength: 5, maxLength: 10 }),
      fc.boolean(),
      async (rounds, questions, isRestarted) => {
        for (const table of ['sale', 'lead', 'opportunity', 'spend'] as const) {
          await database.execScript(`delete from ${table}`);
        }
        for (const [round, writes] of rounds.entries()) {
          if (isRestarted && round === rounds.length - 1) await shared.stop();
          for (const write of writes) await write.run(database);
          if (isRestarted && round === rounds.length - 1) shared = start();
          await followed();
          for (const asked of questions) await expectSame(shared, database, asked, TIME_ZONE);
        }
        expect(await shared.copy?.checker.check('all')).toBe(true);
      },
    ),
    // Facts stay: what is shrunk would begin with others.
    { numRuns: RUNS, endOnFailure: true },
  );
});
