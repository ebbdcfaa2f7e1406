import { describe, expect, it } from 'vitest';
import { sql } from '../../../backend/db/index.ts';
import { testEngine } from '../../support/database.ts';
import { addSales } from '../facts.ts';
import { installationForTest, startEngine } from './support/installation.ts';
import { openTransaction } from './support/open-transaction.ts';
import { expectSame, question, salesSeen } from './support/questions.ts';

const sale = { soldOn: '2026-01-05', amount: '10.00' };
const oneMore = sql`insert into sale (sold_on, amount, currency_code, amount_base) values ('2026-01-06', 5, 'EUR', 5)`;

describe.runIf(testEngine === 'postgres')('a transaction that commits after later ones', () => {
  it('is counted once it has committed, and once', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    const shared = await startEngine(installation);
    const early = await openTransaction(database);
    await early.run(oneMore);
    await addSales(database, [sale, sale]);
    expect(await salesSeen(shared)).toBe(2);
    await addSales(database, [sale]);
    expect(await salesSeen(shared)).toBe(3);
    await early.commit();
    expect(await salesSeen(shared)).toBe(4);
    await addSales(database, [sale]);
    expect(await salesSeen(shared)).toBe(5);
    await expectSame(shared, database, question({ grain: 'day', measures: ['saleCount', 'revenue'] }));
  });

  it('is counted once although the file was written while it was open', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    await addSales(database, [sale]);
    const first = await startEngine(installation);
    const early = await openTransaction(database);
    await early.run(oneMore);
    await addSales(database, [sale]);
    expect(await salesSeen(first)).toBe(2);
    await first.stop();

    await early.commit();
    await addSales(database, [sale]);
    const second = await startEngine(installation);
    expect(second.status().state).toEqual({ kind: 'ready', from: 'file' });
    expect(await salesSeen(second)).toBe(4);
    await second.stop();
    const third = await startEngine(installation);
    expect(third.status().state).toEqual({ kind: 'ready', from: 'file' });
    expect(await salesSeen(third)).toBe(4);
  });

  it('is counted once although everything was read while it was open', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    const early = await openTransaction(database);
    await early.run(oneMore);
    await addSales(database, [sale]);
    const shared = await startEngine(installation);
    expect(await salesSeen(shared)).toBe(1);
    await early.commit();
    expect(await salesSeen(shared)).toBe(2);
  });

  it('counts for a stage whose kind it changes, although nobody saw a record in it then', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    const shared = await startEngine(installation);
    const lead = await openTransaction(database);
    await lead.run(sql`
      insert into lead (name, currency_code, pipeline_id, stage_id)
      select 'A lead', 'EUR', p.id, s.id from pipeline p join stage s on s.pipeline_id = p.id
      where p.entity = 'lead' and p.is_default and s.name = 'New'`);
    const stage = await openTransaction(database);
    await stage.run(sql`update stage set kind = 'won' where name = 'New'`);
    await lead.commit();
    const measures = ['leadCount', 'convertedCount'] as const;
    await expectSame(shared, database, question({ measures }));
    await stage.commit();
    await shared.copy?.follower.fresh().catch(() => {}); // it can't be told one by one: the copy is made anew
    await shared.settled();
    const [row] = await expectSame(shared, database, question({ measures }));
    expect(row?.measures.convertedCount).toBe('1');
  });
});

describe('what was taken back', () => {
  it('of a whole transaction is never counted', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    const shared = await startEngine(installation);
    const failing = database.transaction(async (tx) => {
      await tx.sql.rows(oneMore);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await addSales(database, [sale]);
    expect(await salesSeen(shared)).toBe(1);
    await expectSame(shared, database, question());
  });

  it('to a savepoint is not counted, the rest is', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    const shared = await startEngine(installation);
    await database.bulk(async (tx) => {
      await tx.sql.rows(oneMore);
      await tx.sql.rows(sql`savepoint before`);
      await tx.sql.rows(oneMore);
      await tx.sql.rows(sql`rollback to savepoint before`);
      await tx.sql.rows(sql`savepoint kept`);
      await tx.sql.rows(oneMore);
      await tx.sql.rows(sql`release savepoint kept`);
    });
    expect(await salesSeen(shared)).toBe(2);
    await expectSame(shared, database, question());
  });
});
