import { beforeEach, describe, expect, it } from 'vitest';
import type { SharedEngine } from '../../../backend/analytics/index.ts';
import { type Sql, sql } from '../../../backend/db/index.ts';
import { createMetrics } from '../../../backend/observability/index.ts';
import { analyticsPart } from '../../../backend/system/parts/analytics.part.ts';
import { addPeople } from '../../support/people.ts';
import { addSales } from '../facts.ts';
import { type Installation, installationForTest, startEngine } from './support/installation.ts';
import { expectSame, question } from './support/questions.ts';

let installation: Installation;
let shared: SharedEngine;
beforeEach(async () => {
  installation = await installationForTest();
  await addPeople(installation.database, 'no password');
  await addSales(installation.database, [
    { soldOn: '2026-01-05', amount: '10.00', region: 'East' },
    { soldOn: '2026-01-06', amount: '20.00', region: 'West' },
  ]);
  shared = await startEngine(installation);
  await settled();
});

const lookAt = (analytics: SharedEngine) =>
  analyticsPart({ analytics }).look({ arrival: { host: undefined, forwardedFor: undefined }, lastTest: null });

const check = (cells: 'totals' | 'all') => shared.copy?.checker.check(cells);

/** Changes sales so that nobody is told. */
const changeSilently = (statement: Sql) =>
  installation.database.bulk(async ({ sql: runner }) => {
    await runner.rows(sql`alter table sale disable trigger user`);
    await runner.rows(statement);
    await runner.rows(sql`alter table sale enable trigger user`);
  });

/** Until there is a copy, and the check that follows its making is over. */
async function settled(): Promise<void> {
  await shared.settled();
  await check('totals');
}

const alarms = () =>
  installation.database.sql.rows<{ email: string }>(sql`
    select u.email from notification n join app_user u on u.id = n.user_id where n.kind = 'analytics-differ'`);

describe('the check of the copy', () => {
  it('finds nothing where there is nothing, and says when', async () => {
    expect(await check('all')).toBe(true);
    expect(shared.status()).toMatchObject({ lastCheck: { isEqual: true, cells: 'all' }, differences: 0 });
    expect(await alarms()).toEqual([]);
    expect(await lookAt(shared)).toMatchObject({ status: 'ok' });
  });

  it('finds a sale of another amount, tells who manages the installation, and makes the copy anew', async () => {
    await changeSilently(sql`update sale set amount_base = 11 where region = 'East'`);
    expect(await check('totals')).toBe(false);
    expect(await alarms()).toEqual([{ email: 'admin@example.com' }]);
    expect(shared.status().differences).toBe(1);
    await shared.settled();
    await expectSame(shared, installation.database, question({ by: 'region' }));
    expect(await check('all')).toBe(true);
    expect(await lookAt(shared)).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('1 check found a difference'),
    });
  });

  it('finds what is in the wrong place only when it looks everywhere', async () => {
    await changeSilently(sql`update sale set region = 'North' where region = 'East'`);
    expect(await check('totals')).toBe(true);
    expect(await check('all')).toBe(false);
    await shared.settled();
    await expectSame(shared, installation.database, question({ by: 'region' }));
  });

  it('turns the copy off when it differs again after it was made anew, and people hear of it once a day', async () => {
    for (const amount of [11, 12]) {
      await settled();
      await changeSilently(sql`update sale set amount_base = ${amount}::int where region = 'East'`);
      expect(await check('all')).toBe(false);
    }
    expect(await alarms()).toHaveLength(1);
    expect(shared.status()).toMatchObject({ engine: 'sql', state: { kind: 'off' }, differences: 2 });
    const [row] = await shared.engine.table(question({ measures: ['revenue'] }));
    expect(row?.measures.revenue).toBe('32.0000');
    expect(await lookAt(shared)).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('differed from the database'),
    });
    const { text } = await createMetrics({ analytics: shared.status }).expose();
    expect(text).toContain('salespulse_analytics_differences_total 2');
    expect(text).toContain('salespulse_analytics_store_ready 0');
  });
});
