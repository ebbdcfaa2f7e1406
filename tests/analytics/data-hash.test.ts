import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOfTable } from '../../backend/analytics/index.ts';
import type { AnalyticsTable, KpiResponse } from '../../backend/contracts/analytics.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addSales } from './facts.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-03-20T12:00:00Z');
  await addSales(server.database, [
    { soldOn: '2026-01-05', amount: '10', region: 'East' },
    { soldOn: '2026-02-05', amount: '20', region: 'West' },
  ]);
});
afterAll(() => server?.close());

const get = async <Body>(path: string): Promise<Body> => {
  const answer = await (await server.as('admin')).get<Body>(`/analytics/${path}`);
  expect(answer.status).toBe(200);
  return answer.body;
};
const PERIOD = 'from=2026-01-01&to=2026-03-31';

describe('the hash of figures', () => {
  it('is the same for the same figures, whenever they are computed', async () => {
    for (const path of ['kpis', 'series', 'breakdown'] as const) {
      const question = `${path}?${PERIOD}&metrics=revenue${path === 'breakdown' ? '&by=region' : ''}`;
      server.clock.now = new Date('2026-03-20T12:00:00Z');
      const first = await get<KpiResponse & AnalyticsTable>(question);
      server.clock.now = new Date('2026-03-20T12:05:00Z');
      const second = await get<KpiResponse & AnalyticsTable>(question);
      expect(first.asOf).not.toBe(second.asOf);
      expect(first.dataHash).toMatch(/^[0-9a-f]{64}$/);
      expect(second.dataHash).toBe(first.dataHash);
      if (path !== 'kpis') expect(hashOfTable(second)).toBe(second.dataHash);
      const narrowed = await get<KpiResponse & AnalyticsTable>(`${question}&region=East`);
      expect(narrowed.dataHash).not.toBe(first.dataHash);
    }
  });

  it('tells tables apart by every cell, by units and by order, and by nothing that is no figure', () => {
    const column = { id: 'revenue', label: 'Revenue', unit: 'money', currency: 'EUR' };
    const table = { columns: [column], rows: [['1.00'], [null]] };
    const hash = hashOfTable(table);
    const renamed = { ...column, label: 'Umsatz' };
    expect(hashOfTable({ ...table, columns: [renamed] })).toBe(hash);
    const others = [
      { ...table, rows: [['1.00'], ['0.00']] },
      { ...table, rows: [[null], ['1.00']] },
      { ...table, columns: [{ ...column, currency: 'USD' }] },
      { ...table, rows: [[{ id: null, name: 'Others' }]] },
      { ...table, rows: [[{ id: null, name: 'Others', isOthers: true as const }]] },
    ].map(hashOfTable);
    expect(new Set([hash, ...others]).size).toBe(6);
  });
});
