import { expect, it } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import { databaseForTest } from '../support/database.ts';

it('tells at once when a statement inside a transaction goes around it, where that would wait for ever', async () => {
  const database = await databaseForTest();
  const work = database.transaction(async () => database.sql.first(sql`select 1 as one`));
  if (database.engine === 'pglite') await expect(work).rejects.toThrow('use its own tx.sql');
  else expect(await work).toEqual({ one: 1 });
});

it('lets statements through again once the transaction is over', async () => {
  const database = await databaseForTest();
  await database.transaction((tx) => tx.sql.rows(sql`select 1 as one`));
  expect(await database.sql.first(sql`select 1 as one`)).toEqual({ one: 1 });
});
