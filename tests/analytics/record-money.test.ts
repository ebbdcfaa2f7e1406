import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KpiResponse, RecordsResponse } from '../../backend/contracts/analytics.ts';
import { sql } from '../../backend/db/index.ts';
import type { PersonKey } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { addLeads, addOpportunities, addSales, addSpend } from './facts.ts';

const PERIOD = 'from=2026-01-01&to=2026-03-31';
let server: TestServer;

/** Booked in dollars, at a rate of two dollars for a euro. */
beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-03-01T12:00:00Z');
  const { database, company } = server;
  const { rep } = company.users;
  await addSales(database, [{ soldOn: '2026-01-05', amount: '10.50', cost: '4', ownerId: rep }]);
  await addSpend(database, [{ spentOn: '2026-01-10', amount: '7' }]);
  await addLeads(database, [{ createdAt: '2026-01-05T10:00:00Z', ownerId: rep }]);
  await addOpportunities(database, [
    { createdAt: '2026-01-01T10:00:00Z', amount: '30', ownerId: rep, stages: [['Discovery', '2026-01-01T10:00:00Z']] },
  ]);
  await database.sql.rows(sql`
    update sale set currency_code = 'USD', amount = amount * 2, cost = cost * 2`);
  await database.sql.rows(sql`update spend set currency_code = 'USD', amount = amount * 2`);
  await database.sql.rows(sql`update lead set currency_code = 'USD', value = 8, value_base = 4`);
  await database.sql.rows(sql`update opportunity set currency_code = 'USD', amount = amount * 2`);
});
afterAll(() => server?.close());

const item = async (metric: string, person: PersonKey = 'admin') => {
  const answer = await (await server.as(person)).get<RecordsResponse>(`/analytics/records?${PERIOD}&metric=${metric}`);
  expect(answer.status).toBe(200);
  expect(answer.body.items).toHaveLength(1);
  return answer.body.items[0];
};
const usd = (amount: string) => ({ amount, currency: 'USD' });
const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('the records behind a number', () => {
  it('show the money as it was booked, beside what the number counts in the company currency', async () => {
    expect(await item('revenue')).toMatchObject({ amount: usd('21.00'), amountBase: eur('10.50') });
    expect(await item('grossProfit')).toMatchObject({ cost: usd('8.00'), costBase: eur('4.00') });
    expect(await item('acquisitionCost')).toMatchObject({ amount: usd('14.00'), amountBase: eur('7.00') });
    expect(await item('pipelineValue')).toMatchObject({ amount: usd('60.00'), amountBase: eur('30.00') });
    expect(await item('conversionRate')).toMatchObject({ value: usd('8.00'), valueBase: eur('4.00') });
    const { body } = await (await server.as('admin')).get<KpiResponse>(
      `/analytics/kpis?${PERIOD}&metrics=revenue&metrics=pipelineValue`,
    );
    expect(body.items.map(({ value, currency }) => `${value} ${currency}`)).toEqual(['10.50 EUR', '30.00 EUR']);
  });

  it('hold no cost in any currency for who does not see costs', async () => {
    const sale = await item('revenue', 'rep');
    expect(sale).toMatchObject({ amountBase: eur('10.50') });
    expect(JSON.stringify(sale)).not.toContain('cost');
  });
});
