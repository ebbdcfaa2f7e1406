import { describe, expect, it, vi } from 'vitest';
import { type Database, sql } from '../../../backend/db/index.ts';
import { testEngine } from '../../support/database.ts';
import { addSales } from '../facts.ts';
import { installationForTest, startEngine } from './support/installation.ts';
import { changesKept, purgeLog, purgeWholeLog } from './support/log-purge.ts';
import { type OpenTransaction, openTransaction } from './support/open-transaction.ts';
import { salesSeen } from './support/questions.ts';

/**
 * Waits for transactions that other databases of the server began before `early`: a file that knew those as running is
 * rightly too old once half a day has passed since their end.
 */
const untilOldest = ({ sql: runner }: Database, early: OpenTransaction): Promise<void> =>
  vi.waitFor(
    async () => {
      const oldest = await runner.first(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as id`);
      expect(oldest).toEqual({ id: await early.id() });
    },
    { timeout: 20_000 },
  );

const sale = { soldOn: '2026-01-05', amount: '10.00' };

describe('the purge of the log', () => {
  it('keeps what a copy that was away for less than half a day has to read', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    await purgeLog(database);
    const first = await startEngine(installation);
    await first.stop();
    await addSales(database, [sale]);
    // What was noted is of before the copy was made, and only that is half a day ago.
    await purgeLog(database);
    expect(await changesKept(database)).toBe(1);
    const second = await startEngine(installation);
    expect(second.status().state).toEqual({ kind: 'ready', from: 'file' });
    expect(await salesSeen(second)).toBe(1);
  });

  it('takes nothing from a copy that follows', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    const shared = await startEngine(installation);
    for (let count = 1; count < 4; count++) {
      await addSales(database, [sale]);
      expect(await salesSeen(shared)).toBe(count);
      await purgeWholeLog(database, () => shared.copy?.follower.fresh());
      expect(await salesSeen(shared)).toBe(count);
    }
    expect(shared.status().answers).toEqual({ columnar: 6, sql: 0 });
  });

  it.runIf(testEngine === 'postgres')('keeps what a transaction wrote that was open all the time', async () => {
    const installation = await installationForTest();
    const { database } = installation;
    const early = await openTransaction(database);
    await early.run(
      sql`insert into sale (sold_on, amount, currency_code, amount_base) values ('2026-01-06', 5, 'EUR', 5)`,
    );
    await untilOldest(database, early);
    const first = await startEngine(installation);
    await first.stop();
    for (let time = 0; time < 3; time++) {
      await addSales(database, [sale]);
      await purgeLog(database);
    }
    await early.commit();
    // Noted while it was open: it is not among those that were over.
    await purgeLog(database);
    expect(await changesKept(database)).toBeGreaterThan(0);
    const second = await startEngine(installation);
    expect(second.status().state).toEqual({ kind: 'ready', from: 'file' });
    expect(await salesSeen(second)).toBe(4);
  });
});
