import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { businessDay } from '../../../backend/calendar/index.ts';
import type { Merge } from '../../../backend/contracts/duplicates.ts';
import type { ImportPreview, ImportRun } from '../../../backend/contracts/imports.ts';
import { type Crm, startCrm } from '../../support/crm.ts';
import { expectSame, question } from './support/questions.ts';

const money = (amount: string) => ({ amount, currency: 'EUR' });
let crm: Crm;
beforeAll(async () => {
  crm = await startCrm({ ANALYTICS_ENGINE: 'columnar' });
});
afterAll(() => crm?.close());

/** All figures, as the copy and as PostgreSQL have them, and one of each kind of fact. */
async function figures(): Promise<(string | null | undefined)[]> {
  const { analytics } = crm.runtime;
  const today = businessDay(new Date(), crm.config.timeZone);
  const [row] = await expectSame(analytics, crm.database, question({ today }), crm.config.timeZone);
  for (const by of ['team', 'region', 'source'] as const) {
    await expectSame(analytics, crm.database, question({ today, by }), crm.config.timeZone);
  }
  const found = row?.measures;
  return [found?.saleCount, found?.revenue, found?.newCustomers, found?.leadCount, found?.openAmount, found?.wonCount];
}

async function imported(entity: string, text: string): Promise<ImportRun> {
  const admin = await crm.as('admin');
  const headers = { 'Content-Type': 'application/octet-stream' };
  const path = `/imports?entity=${entity}&fileName=${entity}.csv`;
  const { body } = await admin.call<ImportPreview>('POST', path, { body: Buffer.from(text), headers });
  await admin.post(`/imports/${body.id}/run`, {});
  return vi.waitFor(
    async () => {
      const run = (await admin.get<ImportRun>(`/imports/${body.id}`)).body;
      if (run.state === 'running' || run.state === 'uploaded') throw new Error(`still ${run.state}`);
      return run;
    },
    { timeout: 60_000, interval: 100 },
  );
}

it('what the API writes is in the figures of the copy at once, whichever way it came', async () => {
  const sales = 'id,date,customer,amount,region\nS1,2026-01-05,Contoso,100.10,North\nS2,2026-01-06,Contoso,20,South\n';
  expect(await imported('sales', sales)).toMatchObject({ state: 'done' });
  expect(await figures()).toEqual(['2', '120.1000', '1', '0', '0', '0']);
  expect(await imported('sales', sales.replace('100.10', '50'))).toMatchObject({ state: 'done' });
  expect(await figures()).toEqual(['2', '70.0000', '1', '0', '0', '0']);

  const [stays, goes] = [await crm.addLead('rep', { source: 'Fair' }), await crm.addLead('rep', { source: 'Web' })];
  expect((await figures())[3]).toBe('2');
  const rep = await crm.as('rep');
  const manager = await crm.as('manager');
  const merged = await manager.post<Merge>('/merges', { entity: 'lead', survivorId: stays.id, absorbedIds: [goes.id] });
  expect(merged.status).toBe(201);
  expect((await figures())[3]).toBe('1');
  expect((await manager.post(`/merges/${merged.body.id}/undo`)).status).toBe(200);
  expect((await figures())[3]).toBe('2');

  const deal = await crm.addOpportunity('rep', { amount: money('700.00') });
  expect((await figures())[4]).toBe('700.0000');
  await rep.patch(`/opportunities/${deal.id}`, { amount: money('800.00') });
  expect((await figures())[4]).toBe('800.0000');
  expect((await rep.post(`/opportunities/${deal.id}/win`, {})).status).toBe(200);
  expect(await figures()).toEqual(['3', '870.0000', '1', '2', '0', '1']);

  expect((await manager.delete(`/leads/${stays.id}`)).status).toBe(204);
  expect((await figures())[3]).toBe('1');
  expect(await crm.runtime.analytics.copy?.checker.check('all')).toBe(true);
});
