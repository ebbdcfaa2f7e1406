import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExportResult } from '../../backend/contracts/exports.ts';
import type { Job } from '../../backend/contracts/jobs.ts';
import { sql } from '../../backend/db/index.ts';
import { addSales } from '../analytics/facts.ts';
import { TestClient } from '../support/client.ts';
import { type Crm, startCrm } from '../support/crm.ts';

let crm: Crm;
const selection = { range: '2026-01-01/2026-03-31' };
const sales = { of: { kind: 'records', metric: 'revenue', selection }, format: 'csv' };

beforeAll(async () => {
  crm = await startCrm();
  const { rep, stranger } = crm.company.users;
  await addSales(crm.database, [
    { soldOn: '2026-01-05', amount: '1000.00', cost: '777.77', ownerId: rep, region: 'mine' },
    { soldOn: '2026-01-06', amount: '2000.00', cost: '888.88', ownerId: stranger, region: 'theirs' },
  ]);
});
afterAll(() => crm?.close());

/** Asks for the file of a job; answers its path. */
async function made(client: TestClient, body: unknown): Promise<string> {
  const accepted = await client.post<{ job: Job }>('/analytics/exports', body);
  expect(accepted.status).toBe(202);
  let job = accepted.body.job;
  await expect
    .poll(
      async () => {
        job = (await client.get<Job>(`/jobs/${job.id}`)).body;
        return job.state;
      },
      { timeout: 60_000 },
    )
    .toMatch(/done|failed/);
  return `/analytics/exports/${(job.result as ExportResult).exportId}/file`;
}
const hasBothCosts = (text: string): boolean => text.includes('777.77') && text.includes('888.88');
const plain = ({ url, credential }: TestClient) => new TestClient(url, credential);

it('a key of fewer rights gets what it made, never what its person made', async () => {
  const admin = plain(await crm.as('admin'));
  const key = await admin.post<{ key: string }>('/api-keys', {
    name: 'Figures without costs',
    permissions: { 'analytics.read': 'all', 'sale.read': 'all' },
    fieldGroups: [],
    expiresOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
  });
  expect(key.status).toBe(201);
  const program = new TestClient(crm.url, { Authorization: `Bearer ${key.body.key}` });
  const whole = await made(admin, sales);
  expect((await admin.get<string>(whole)).body).toContain('777.77');
  const refused = await program.get<{ detail: string }>(whole);
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('Make it again')]);
  const own = await program.get<string>(await made(program, sales));
  expect(own.status).toBe(200);
  expect(own.body).toContain('1000.00');
  expect(own.body).not.toContain('777.77');
});

it('one person neither fills the queue nor the disk', async () => {
  const client = await crm.as('rep');
  const { rep } = crm.company.users;
  await crm.database.sql.rows(sql`
    insert into export_file (owner_id, file_name, media_type, data_hash, rights, bytes, created_at)
    select ${rep}::uuid, 'old', 'text/csv', '', '', 0, now() - n * interval '1 minute' from generate_series(1, 30) n`);
  await made(plain(client), sales);
  const kept = await crm.database.sql.rows<{ name: string }>(sql`
    select file_name as name from export_file where owner_id = ${rep}::uuid order by created_at desc`);
  expect(kept).toHaveLength(20);
  expect(kept[0]?.name).toMatch(/^revenue_/);
  const waiting = sql`kind = 'analytics.export' and requested_by = ${rep}::uuid and error = 'waits'`;
  await crm.database.sql.rows(sql`
    insert into job (kind, state, requested_by, error, updated_at)
    select 'analytics.export', 'running', ${rep}::uuid, 'waits', now() from generate_series(1, 5)`);
  const refused = await client.post('/analytics/exports', sales);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
  await crm.database.sql.rows(sql`delete from job where ${waiting}`);
  expect((await client.post('/analytics/exports', sales)).status).toBe(202);
});

it.each([
  ['fields', sql`field_groups = '{}'`],
  ['reach', sql`permissions = permissions || '{"analytics.read": "own"}'::jsonb`],
])('a file made before %s were taken stays with the server', async (_what, change) => {
  const client = plain(
    await crm.withRole({ 'analytics.read': 'all', 'sale.read': 'all' }, 'North', ['cost', 'personal']),
  );
  const file = await made(client, sales);
  expect(hasBothCosts((await client.get<string>(file)).body)).toBe(true);
  await crm.database.sql.rows(sql`update role set ${change} where key like 'role-%'`);
  crm.clock.now = new Date((crm.clock.now?.getTime() ?? Date.now()) + 10_000);
  expect((await client.get(file)).status).toBe(403);
  expect(hasBothCosts((await client.get<string>(await made(client, sales))).body)).toBe(false);
});
