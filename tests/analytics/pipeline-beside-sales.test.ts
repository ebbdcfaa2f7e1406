import { expect, it } from 'vitest';
import { createSqlEngine } from '../../backend/analytics/engines/sql/index.ts';
import { databaseForTest } from '../support/database.ts';
import { addSales } from './facts.ts';

it('an empty pipeline takes nothing from the sales of the same time', async () => {
  const database = await databaseForTest();
  await addSales(database, [{ soldOn: '2026-01-31', amount: '12.50' }]);
  const engine = createSqlEngine(database.sql, 'UTC');
  for (const by of [null, 'team'] as const) {
    const rows = await engine.table({
      period: { from: '2026-01-01', to: '2026-02-28' },
      filters: {},
      scope: { kind: 'all' },
      today: '2026-01-31',
      measures: ['revenue', 'saleCount', 'openCount'],
      grain: 'month',
      by,
      byReach: null,
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      bucket: '2026-01-01',
      key: null,
      measures: { revenue: '12.5000', saleCount: '1', openCount: '0' },
    });
  }
});
