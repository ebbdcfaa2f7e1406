import { expect, it } from 'vitest';
import { isCollision, sql } from '../../backend/db/index.ts';
import { databaseForTest, testEngine } from '../support/database.ts';

/** Opens once so many have come. */
function gate(guests: number): () => Promise<void> {
  let resolve = () => {};
  const promise = new Promise<void>((open) => {
    resolve = open;
  });
  let come = 0;
  return () => {
    come += 1;
    if (come === guests) resolve();
    return promise;
  };
}

it.skipIf(testEngine === 'pglite')(
  'two transactions that wait for each other both come through, each once',
  async () => {
    const database = await databaseForTest();
    await database.sql.rows(sql`insert into setting (key, value) values ('left', '0'), ('right', '0')`);
    const add = (key: string) => sql`update setting set value = to_jsonb(value::int + 1) where key = ${key}`;
    const bothHoldOne = gate(2);
    const followed: string[] = [];
    let tries = 0;
    const one = (first: string, second: string) =>
      database.transaction(async (tx) => {
        tries += 1;
        tx.afterCommit(() => followed.push(first));
        await tx.sql.rows(add(first));
        await bothHoldOne();
        await tx.sql.rows(add(second));
        return first;
      });
    expect(await Promise.all([one('left', 'right'), one('right', 'left')])).toEqual(['left', 'right']);
    expect(tries).toBe(3);
    expect(followed.sort()).toEqual(['left', 'right']);
    const rows = await database.sql.rows(sql`select value::int as n from setting where key in ('left', 'right')`);
    expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
  },
);

it.each(['40001', '40P01'])('a transaction that goes on to collide (%s) fails as that', async (state) => {
  const database = await databaseForTest();
  let tries = 0;
  const work = database.transaction(async (tx) => {
    tries += 1;
    await tx.sql.rows(sql`select count(*)::int as n from setting`);
    await tx.prisma.$executeRawUnsafe(`do $$ begin raise exception 'collided' using errcode = '${state}'; end $$`);
  });
  const error = await work.catch((reason: unknown) => reason);
  expect([isCollision(error), tries]).toEqual([true, 4]);
});

it('what fails for another reason is not tried again', async () => {
  const database = await databaseForTest();
  let tries = 0;
  const work = database.transaction(async (tx) => {
    tries += 1;
    await tx.sql.rows(sql`select 1 / 0 as n`);
  });
  await expect(work).rejects.toThrow();
  expect(tries).toBe(1);
});
