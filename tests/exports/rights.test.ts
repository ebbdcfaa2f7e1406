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
    .poll(async () => {
      job = (await client.get<Job>(`/jobs/${job.id}`)).body;
      return job.state;
    })
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
