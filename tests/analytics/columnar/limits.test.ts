import type { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Database, sql } from '../../../backend/db/index.ts';
import { ProblemError } from '../../../backend/http/index.ts';
import { testEngine } from '../../support/database.ts';
import { addSales } from '../facts.ts';
import { installationForTest, startEngine } from './support/installation.ts';
import { expectSame, question, salesSeen } from './support/questions.ts';

const sale = { soldOn: '2026-01-05', amount: '10.00' };

/** So many times spent, each for a source of its own. */
const addSpend = ({ sql: runner }: Database, count: number) =>
  runner.rows(sql`
    insert into spend (spent_on, category, source, amount, currency_code, amount_base)
    select date '2020-01-01' + n % 2000, 'marketing', 'Source ' || n, 1, 'EUR', 1
    from generate_series(1, ${count}::int) n`);

describe('a copy that is larger than ANALYTICS_MEMORY_MB', () => {
  const automatic = { ANALYTICS_ENGINE: 'auto', ANALYTICS_MEMORY_MB: '1' };

  it('is not begun, and PostgreSQL answers', async () => {
    const installation = await installationForTest();
    await addSpend(installation.database, 20_000);
    await installation.database.execScript('vacuum analyze spend');
    const shared = await startEngine(installation, automatic);
    expect(shared.status()).toMatchObject({ engine: 'sql', state: null, size: null });
    expect(shared.status().reason).toMatch(/^its \d+ MB are more than ANALYTICS_MEMORY_MB \(1\)$/);
    expect(await salesSeen(shared)).toBe(0);
    expect(shared.status().answers).toEqual({ columnar: 0, sql: 1 });
  });

  it('is given up once it has grown, and PostgreSQL answers', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    const shared = await startEngine(installation, automatic);
    expect(shared.status().engine).toBe('columnar');
    await addSpend(database, 9_000);
    const all = question({ measures: ['spend'] });
    expect((await shared.engine.table(all))[0]?.measures.spend).toBe('9000.0000');
    expect((await shared.engine.table(all))[0]?.measures.spend).toBe('9000.0000');
    expect(shared.status().engine).toBe('sql');
    expect(shared.status().reason).toMatch(/more than ANALYTICS_MEMORY_MB \(1\)$/);
    await addSales(database, [sale]);
    expect(await salesSeen(shared)).toBe(1);
  });

  it('is kept nevertheless where it is wished for by name', async () => {
    const installation = await installationForTest();
    await addSpend(installation.database, 20_000);
    const shared = await startEngine(installation, { ANALYTICS_MEMORY_MB: '1' });
    await expectSame(shared, installation.database, question({ grain: 'month' }));
  });
});

describe('the thread of the copy', () => {
  /** The threads that are started from now on. */
  function watchThreads(): Worker[] {
    const threads: Worker[] = [];
    const onThread = (worker: Worker) => void threads.push(worker);
    process.on('worker', onThread);
    onTestFinished(() => void process.off('worker', onThread));
    return threads;
  }

  it('is started again when it dies, and PostgreSQL answers meanwhile', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    await addSales(database, [sale]);
    const threads = watchThreads();
    const shared = await startEngine(installation);
    expect(await salesSeen(shared)).toBe(1);
    await threads.at(-1)?.terminate();
    await addSales(database, [sale]);
    expect(await salesSeen(shared)).toBe(2);
    await shared.settled();
    expect(shared.status()).toMatchObject({ engine: 'columnar', state: { kind: 'ready', from: 'file' } });
    expect(threads.length).toBe(2);
    await expectSame(shared, database, question());
  });

  it('is left alone when it dies again and again', async () => {
    const installation = await installationForTest();
    const threads = watchThreads();
    const shared = await startEngine(installation);
    for (let time = 0; time < 3; time++) {
      await threads.at(-1)?.terminate();
      await shared.settled();
    }
    expect(shared.status()).toMatchObject({ engine: 'sql', state: { kind: 'off' } });
    expect(shared.status().reason).toMatch(/^its thread has ended 3 times within an hour/);
    expect(await salesSeen(shared)).toBe(0);
  });
});

describe('a split with more than 200,000 cells', () => {
  // So many rows take the embedded database ten times as long.
  it.runIf(testEngine === 'postgres')('is refused by the copy as by PostgreSQL', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    await addSpend(database, 200_001);
    const copied = await startEngine(installation);
    const plain = await startEngine(installation, { ANALYTICS_ENGINE: 'sql' });
    const asked = question({ measures: ['spend'], by: 'source' });
    const refusals = await Promise.all(
      [copied, plain].map(({ engine }) =>
        engine.table(asked).then(
          () => null,
          (error: unknown) => error,
        ),
      ),
    );
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(ProblemError);
      expect(refusal).toMatchObject({ status: 422 });
    }
    expect(refusals[0]).toEqual(refusals[1]);
    expect(copied.status().engine).toBe('columnar');
    await database.sql.rows(sql`delete from spend where source = 'Source 200001'`);
    expect(await copied.engine.table(asked)).toHaveLength(200_000);
  });
});
