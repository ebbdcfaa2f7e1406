import { expect, it, onTestFinished } from 'vitest';
import { openPostgres, sql } from '../../../backend/db/index.ts';
import { testEngine } from '../../support/database.ts';
import { addOpportunities, addSales } from '../facts.ts';
import { installationForTest, startEngine } from './support/installation.ts';
import { expectSame, question, salesSeen } from './support/questions.ts';

const sale = { soldOn: '2026-01-05', amount: '10.00' };

it('a figure asked right after a write has it in, in every process', async () => {
  const installation = await installationForTest();
  const { database } = installation;
  const [here, there] = [await startEngine(installation), await startEngine(installation)];
  for (let count = 1; count <= 20; count++) {
    await addSales(database, [sale]);
    expect(await Promise.all([salesSeen(here), salesSeen(there)])).toEqual([count, count]);
  }
  await database.sql.rows(sql`update sale set deleted_at = now()`);
  expect(await Promise.all([salesSeen(here), salesSeen(there)])).toEqual([0, 0]);
  expect(here.status().answers).toEqual({ columnar: 21, sql: 0 });
  expect(there.status().answers).toEqual({ columnar: 21, sql: 0 });
});

it('answers that many ask for while others write are of a state that there was', async () => {
  const installation = await installationForTest();
  const { database } = installation;
  const shared = await startEngine(installation);
  // Two at a time in one transaction: nobody ever sees one of them alone.
  const writing = (async () => {
    for (let time = 0; time < 15; time++) await addSales(database, [sale, sale]);
  })();
  let isOver = false;
  const written = writing.finally(() => {
    isOver = true;
  });
  const seen: number[] = [];
  while (!isOver) seen.push(...(await Promise.all([salesSeen(shared), salesSeen(shared), salesSeen(shared)])));
  await written;
  expect(seen.every((count) => count % 2 === 0)).toBe(true);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(await salesSeen(shared)).toBe(30);
});

it.runIf(testEngine === 'postgres')('a process sees what another one commits on connections of its own', async () => {
  const installation = await installationForTest();
  const own = await openPostgres(installation.database.url ?? '', 3);
  onTestFinished(() => own.close());
  const there = await startEngine({ ...installation, database: { ...own, url: installation.database.url } });
  for (let count = 1; count <= 10; count++) {
    await addSales(installation.database, [sale]);
    expect(await salesSeen(there)).toBe(count);
  }
  await addOpportunities(installation.database, [
    {
      createdAt: '2026-01-01T10:00:00Z',
      amount: '5',
      stages: [['Won', '2026-01-03T10:00:00Z']],
      closedOn: '2026-01-03',
    },
  ]);
  await expectSame(there, own, question());
});
