import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AnalyticsTable, RecordsResponse } from '../../backend/contracts/analytics.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addLeads } from './facts.ts';

let server: TestServer;

beforeAll(async () => {
  // On 25 October 2026 clocks there go back from 01:00 to 00:00: the day begins twice.
  server = await startTestServer({ COMPANY_TIME_ZONE: 'Atlantic/Azores' });
  server.clock.now = new Date('2026-11-20T12:00:00Z');
  await addLeads(server.database, [{ createdAt: '2026-10-25T00:30:00Z', isConverted: true }]);
});
afterAll(() => server?.close());

it('counts a lead on its day, also in the hour that comes twice', async () => {
  const admin = await server.as('admin');
  const leadsOf = async (day: string) => {
    const period = `from=${day}&to=${day}`;
    const records = await admin.get<RecordsResponse>(`/analytics/records?${period}&metric=conversionRate`);
    const series = await admin.get<AnalyticsTable>(`/analytics/series?${period}&metrics=conversionRate&grain=day`);
    return [records.body.items.length, series.body.rows];
  };
  expect(await leadsOf('2026-10-24')).toEqual([0, [['2026-10-24', null]]]);
  expect(await leadsOf('2026-10-25')).toEqual([1, [['2026-10-25', '1.000000']]]);
});
