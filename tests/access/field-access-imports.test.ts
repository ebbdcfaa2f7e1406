import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldView, type Principal } from '../../backend/access/index.ts';
import type { Me } from '../../backend/contracts/auth.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { ImportPreview } from '../../backend/contracts/imports.ts';
import { sql } from '../../backend/db/index.ts';
import { importJobs } from '../../backend/imports/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { bringIn } from './field-access.ts';

const BYTES = { 'Content-Type': 'application/octet-stream' };
const FILE = 'Lead Name,Email,Phone,Value\nAnn,ann@hidden.example,+49 555 1,100\nBen,ben.hidden,+49 555 2,none\n';

let crm: Crm;
let admin: CheckedClient;
let blind: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  blind = await crm.withRole({ 'import.run': 'all', 'lead.read': 'all' }, undefined, []);
});
afterAll(() => crm?.close());

const upload = (client: CheckedClient, text = FILE, entity = 'leads') =>
  client.call<ImportPreview>('POST', `/imports?entity=${entity}&fileName=x.csv`, {
    body: Buffer.from(text),
    headers: BYTES,
  });
const leads = () =>
  crm.database.sql.rows<{ name: string; email: string | null; phone: string | null }>(
    sql`select name, email, phone from lead order by name`,
  );

describe('an import by somebody who may not see e-mail addresses and phone numbers', () => {
  it('offers no field for them and shows no sample of their columns', async () => {
    const { status, body } = await upload(blind);
    expect(status).toBe(201);
    expect(body.fields.map(({ key }) => key)).not.toEqual(expect.arrayContaining(['email']));
    expect(body.fields.map(({ key }) => key)).not.toEqual(expect.arrayContaining(['phone']));
    expect(body.mapping).toMatchObject({ 'Lead Name': 'name', Email: null, Phone: null, Value: 'value' });
    expect(body.columns.map(({ samples }) => samples.length)).toEqual([2, 0, 0, 2]);
    expect(body.problems).toEqual([]);
  });

  it('refuses a mapping that would fill them', async () => {
    const { body } = await upload(blind);
    const refused = await blind.post<Problem>(`/imports/${body.id}/run`, { mapping: { Email: 'email' } });
    expect([refused.status, refused.body.detail]).toEqual([
      422,
      `Your role does not show you e-mail addresses and phone numbers, so it can't import them: map "Email" to null.`,
    ]);
  });

  it('leaves them out of the records and of the list of refused rows', async () => {
    await crm.database.sql.rows(sql`delete from lead`);
    const run = await bringIn(blind, 'leads', FILE);
    expect(run).toMatchObject({ state: 'done', created: 1, rejected: 1 });
    expect(await leads()).toEqual([{ name: 'Ann', email: null, phone: null }]);
    const problems = await blind.get<{ items: { column: string; reason: string }[] }>(`/imports/${run.id}/errors`);
    expect(problems.body.items.map(({ column }) => column)).toEqual(['Value']);
    const report = await blind.get<string>(`/imports/${run.id}/errors.csv`);
    expect(report.body).toContain('Ben,,,none');
  });

  it('shows nothing of a file that somebody else brought', async () => {
    const run = await bringIn(admin, 'leads', FILE);
    const theirs = await blind.get<{ items: { column: string; reason: string }[] }>(`/imports/${run.id}/errors`);
    expect(theirs.body.items).not.toEqual([]);
    for (const { reason } of theirs.body.items) expect(reason).toBe('has a value that cannot be taken');
    const report = await blind.get<string>(`/imports/${run.id}/errors.csv`);
    expect(report.body).not.toMatch(/hidden|555|none/);
    expect((await admin.get<string>(`/imports/${run.id}/errors.csv`)).body).toContain('ben.hidden');
  });

  it('does not touch addresses that are there', async () => {
    await crm.database.sql.rows(sql`delete from lead`);
    await bringIn(admin, 'leads', 'Lead ID,Lead Name,Email\n7,Cy,cy@hidden.example\n');
    const again = await bringIn(blind, 'leads', 'Lead ID,Lead Name,Email\n7,Cyrus,\n');
    expect(again).toMatchObject({ updated: 1 });
    expect(await leads()).toEqual([{ name: 'Cyrus', email: 'cy@hidden.example', phone: null }]);
  });

  it('takes neither costs nor profit in files of sales and products', async () => {
    const sales = await upload(blind, 'Order Date,Amount,Cost,Profit\n2026-01-01,10,4,6\n', 'sales');
    expect(sales.body.mapping).toMatchObject({ Amount: 'amount', Cost: null, Profit: null });
    const products = await upload(blind, 'Product Name,Unit Cost\nLamp,4\n', 'products');
    expect(products.body.mapping).toMatchObject({ 'Product Name': 'name', 'Unit Cost': null });
  });
});

it('an import has the rights its person has when it runs, not those it was asked for with', async () => {
  await crm.database.sql.rows(sql`delete from lead`);
  const { body } = await upload(admin);
  const { id } = (await admin.get<Me>('/me')).body;
  const [job] = importJobs({ config: crm.config, clock: () => new Date() });
  const before = await crm.runtime.identity.loadPrincipal(id, 'system', null);
  if (!before || !job) throw new Error('nobody to run as');
  const demoted: Principal = { ...before, fieldGroups: fieldView(['cost']) };
  const run = (principal: Principal) =>
    job.run(
      {
        jobId: body.id,
        attempt: 1,
        actor: { principal, requestId: null },
        db: crm.database,
        logger: pino({ level: 'silent' }),
        signal: new AbortController().signal,
        progress: async () => {},
      },
      { runId: body.id, mapping: { Email: 'email', Phone: 'phone' }, dryRun: false } as never,
    );
  await expect(run(demoted)).rejects.toThrow('does not show you e-mail addresses and phone numbers');
  expect(await leads()).toEqual([]);
  await expect(run({ ...before, permissions: {} })).rejects.toThrow('may no longer import');
  await run(before);
  expect((await leads()).map(({ email }) => email)).toEqual(['ann@hidden.example']);
});
