import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { directOperations } from '../../../backend/cli/operations.ts';
import { sql } from '../../../backend/db/index.ts';
import { addLeads, addSales } from '../facts.ts';
import { dependenciesOf, installationForTest, startEngine } from './support/installation.ts';
import { expectSame, question } from './support/questions.ts';

it('makes the copy anew in every process, from the new file where it is their own', async () => {
  const installation = await installationForTest();
  const { database } = installation;
  await addSales(database, [{ soldOn: '2026-01-05', amount: '10.00' }]);
  await addLeads(database, [{ createdAt: '2026-01-05T10:00:00Z' }]);
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'salespulse-facts-'));
  onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
  const here = await startEngine(installation);
  const there = await startEngine({ database, folder: elsewhere });
  await database.bulk(async ({ sql: runner }) => {
    await runner.rows(sql`alter table sale disable trigger user`);
    await runner.rows(sql`update sale set amount_base = 11`);
    await runner.rows(sql`alter table sale enable trigger user`);
  });

  const told: [number, number][] = [];
  const operations = directOperations(dependenciesOf(installation));
  const { rows, bytes } = await operations.rebuildAnalytics((done, total) => told.push([done, total]));
  expect(rows).toBe(2);
  expect(bytes).toBeGreaterThan(0);
  expect(told.at(-1)).toEqual([2, 2]);
  expect(told.every(([done, total]) => done <= total)).toBe(true);

  for (const [shared, from] of [
    [here, 'file'],
    [there, 'database'],
  ] as const) {
    await shared.copy?.follower.fresh().catch(() => {}); // it is being made anew
    await shared.settled();
    expect(shared.status().state).toEqual({ kind: 'ready', from });
    const [row] = await expectSame(shared, database, question());
    expect(row?.measures.revenue).toBe('11.0000');
  }
  await addSales(database, [{ soldOn: '2026-01-06', amount: '4.00' }]);
  await expectSame(here, database, question({ grain: 'day', measures: ['revenue'] }));
});

it.each([
  [{ ANALYTICS_ENGINE: 'sql' }, 'ANALYTICS_ENGINE is sql'],
  [{ ANALYTICS_ENGINE: 'auto', ANALYTICS_MEMORY_MB: '1' }, 'its 2 MB are more than ANALYTICS_MEMORY_MB (1)'],
])('says why there is nothing to make with %o', async (environment, reason) => {
  const installation = await installationForTest();
  await installation.database.sql.rows(sql`
    insert into spend (spent_on, category, amount, currency_code, amount_base)
    select '2026-01-01', 'marketing', 1, 'EUR', 1 from generate_series(1, 20000)`);
  await installation.database.execScript('vacuum analyze spend');
  const operations = directOperations(dependenciesOf(installation, environment));
  await expect(operations.rebuildAnalytics(() => {})).rejects.toThrow(
    `No copy of the figures is kept here (${reason}): the database answers, and there is nothing to make.`,
  );
});
