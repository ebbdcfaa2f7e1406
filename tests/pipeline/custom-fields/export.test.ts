import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../backend/db/index.ts';
import type { CheckedClient } from '../../support/checked-client.ts';
import { type Crm, startCrm } from '../../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  const { rep } = crm.company.users;
  for (const [key, type, more] of [
    ['budget', 'money', {}],
    ['needs', 'multi-choice', { options: ['Fast', 'Cheap'] }],
    ['advisor', 'user', {}],
    ['company', 'text', { label: 'Company' }],
    ['secret', 'text', { visibleTo: ['admin'] }],
  ] as const) {
    await admin.post('/fields', { entity: 'lead', key, label: key, type, ...more });
  }
  const custom = {
    budget: { amount: '12.50', currency: 'EUR' },
    needs: ['Cheap', 'Fast'],
    advisor: rep,
    company: '=1+1',
    secret: 'hidden',
  };
  await crm.addLead('admin', { name: 'Ann "A"', company: 'Acme, Inc.', custom, ownerId: rep });
});
afterAll(() => crm?.close());

describe('GET leads/export', () => {
  it('writes records with their custom values, as far as the person sees them', async () => {
    const { status, body, headers } = await admin.get<string>('/leads/export?custom.needs=Fast');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers.get('content-disposition')).toMatch(/leads-\d{4}-\d\d-\d\d\.csv/);
    const [head = '', line = ''] = String(body).replace('\ufeff', '').split('\r\n');
    expect(head).toMatch(/^SalesPulse record,Name,Company,.*,budget,needs,advisor,Company \(company\),secret$/);
    expect(line).toContain('"Ann ""A""","Acme, Inc."');
    expect(line).toMatch(/,12\.50 EUR,"Fast; Cheap",Rolf Rep,'=1\+1,hidden$/);
    const seen = String((await (await crm.as('rep')).get<string>('/leads/export')).body);
    expect(seen).toContain('Ann');
    expect(seen).not.toContain('hidden');
    expect(seen).not.toContain('secret');
    expect(String((await (await crm.as('stranger')).get<string>('/leads/export')).body)).not.toContain('Ann');
  });

  it('goes through all pages, and keeps who took them out', async () => {
    await crm.database.sql.rows(sql`
      insert into lead (name, currency_code, pipeline_id, stage_id)
      select 'Many ' || n, 'EUR', ${crm.pipelines.lead}::uuid, ${crm.stages.lead.New}::uuid from generate_series(1, 450) n`);
    const { body } = await admin.get<string>('/leads/export?sort=name');
    expect(String(body).trim().split('\r\n')).toHaveLength(452);
    const kept = await crm.database.sql.rows(sql`select 1 from audit_entry where action = 'lead.exported'`);
    expect(kept.length).toBeGreaterThanOrEqual(1);
  });

  it('refuses what the list refuses', async () => {
    expect((await admin.get('/leads/export?custom.nothing=1')).status).toBe(422);
  });
});
