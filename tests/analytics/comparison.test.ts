import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable } from '../../backend/contracts/analytics.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addSales } from './facts.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ COMPANY_TIME_ZONE: 'UTC' });
  server.clock.now = new Date('2026-03-20T16:00:00Z');
  const { rep, stranger } = server.company.users;
  const { North, South } = server.company.teams;
  await addSales(server.database, [
    { soldOn: '2025-01-10', amount: '40', region: 'East', ownerId: rep, teamId: North },
    { soldOn: '2025-02-28', amount: '8', region: 'South', ownerId: stranger, teamId: South },
    { soldOn: '2025-03-21', amount: '500', region: 'East', ownerId: rep, teamId: North },
    { soldOn: '2026-01-31', amount: '50', region: 'East', ownerId: rep, teamId: North },
    { soldOn: '2026-02-01', amount: '5', region: 'West', ownerId: stranger, teamId: South },
    { soldOn: '2026-03-05', amount: '1', region: 'North', ownerId: stranger, teamId: South },
  ]);
});
afterAll(() => server?.close());

async function table(path: string, person: 'admin' | 'rep' = 'admin'): Promise<AnalyticsTable> {
  const answer = await (await server.as(person)).get<AnalyticsTable>(`/analytics/${path}`);
  expect(answer.status).toBe(200);
  return answer.body;
}
const quarter = 'from=2026-01-01&to=2026-03-31';

describe('figures compared with another period', () => {
  it('stand beside each other period by period, up to the same day of a running one', async () => {
    const found = await table(`series?${quarter}&metrics=revenue&metrics=winRate&compare=year`);
    expect(found.rows).toEqual([
      ['2026-01-01', '50.00', '40.00', null, null],
      ['2026-02-01', '5.00', '8.00', null, null],
      ['2026-03-01', '1.00', '0.00', null, null],
    ]);
    expect(found.comparedWith).toEqual({ from: '2025-01-01', to: '2025-03-20' });
    expect(found.columns.map(({ id, isBefore }) => [id, isBefore ?? false])).toEqual([
      ['time', false],
      ['revenue', false],
      ['revenue.before', true],
      ['winRate', false],
      ['winRate.before', true],
    ]);
  });

  it('are transformed each for itself', async () => {
    const { rows } = await table(`series?${quarter}&metrics=revenue&compare=year&transform=runningTotal`);
    expect(rows.map(([, now, before]) => [now, before])).toEqual([
      ['50.00', '40.00'],
      ['55.00', '48.00'],
      ['56.00', '48.00'],
    ]);
  });

  it('of a split are whole in both periods: what is gone has its row, what is not shown is in the others', async () => {
    const names = ({ rows }: AnalyticsTable) =>
      rows.map(([head, ...cells]) => [(head as { name: string }).name, ...cells]);
    const all = await table(`breakdown?${quarter}&metrics=revenue&by=region&compare=year`);
    expect(names(all)).toEqual([
      ['East', '50.00', '40.00'],
      ['West', '5.00', '0.00'],
      ['North', '1.00', '0.00'],
      ['South', '0.00', '8.00'],
    ]);
    const first = await table(`breakdown?${quarter}&metrics=revenue&by=region&compare=year&limit=1&others=true`);
    expect([names(first), first.omitted]).toEqual([
      [
        ['East', '50.00', '40.00'],
        ['Others', '6.00', '8.00'],
      ],
      3,
    ]);
    const shares = await table(`breakdown?${quarter}&metrics=revenue&by=region&compare=year&limit=1&transform=share`);
    expect(names(shares)).toEqual([['East', '0.892857', '0.833333']]);
  });

  it('are those of the records that the viewer may see, before as now', async () => {
    const { rows } = await table(`breakdown?${quarter}&metrics=revenue&by=region&compare=year`, 'rep');
    expect(rows).toEqual([[{ id: 'East', name: 'East' }, '50.00', '40.00']]);
  });

  it('have a hash of their own; a split over time is refused in a sentence', async () => {
    const [plain, compared] = await Promise.all(
      ['', '&compare=previous'].map((more) => table(`series?${quarter}&metrics=revenue${more}`)),
    );
    expect(compared?.dataHash).not.toBe(plain?.dataHash);
    const refused = await (await server.as('admin')).get<{ detail: string }>(
      `/analytics/series?${quarter}&metrics=revenue&by=region&compare=year`,
    );
    expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining('split periods')]);
  });
});
