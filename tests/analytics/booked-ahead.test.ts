import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable } from '../../backend/contracts/analytics.ts';
import type { Target } from '../../backend/contracts/targets.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addOpportunities, addSales } from './facts.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-03-20T12:00:00Z');
  await addSales(server.database, [
    { soldOn: '2026-03-05', amount: '10.006' },
    { soldOn: '2026-03-20', amount: '0.006' },
    { soldOn: '2026-04-10', amount: '30' },
  ]);
  await addOpportunities(server.database, [
    { createdAt: '2026-03-01T12:00:00Z', amount: '100', stages: [['Discovery', '2026-03-01T12:00:00Z']] },
  ]);
});
afterAll(() => server?.close());

describe('sales of days to come', () => {
  it('stand in a series beside a pipeline that nobody knows yet', async () => {
    const { body } = await (await server.as('admin')).get<AnalyticsTable>(
      '/analytics/series?from=2026-03-01&to=2026-04-30&metrics=revenue&metrics=pipelineValue&metrics=velocity',
    );
    expect(body.rows).toEqual([
      ['2026-03-01', '10.01', '100.00', null],
      ['2026-04-01', '30.00', null, null],
    ]);
  });
});

it('a run rate goes by what was sold until yesterday to the last digit', async () => {
  const admin = await server.as('admin');
  const target = { metric: 'revenue', grain: 'month', from: '2026-03-01', value: '100' };
  const { body } = await admin.post<{ items: Target[] }>('/targets', target);
  // 10.006 in 19 days; of rounded figures it would be 10.00 in 19 days: 16.32.
  expect(body.items[0]).toMatchObject({ attained: '10.01', runRate: '16.33' });
});
