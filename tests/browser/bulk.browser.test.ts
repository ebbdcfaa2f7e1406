import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Account } from '../../backend/contracts/customers.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { TestClient } from '../support/client.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'changes of many records in the browser', 'chromium');

describe.skipIf(!executablePath)('many records in the console', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;
  let admin: TestClient;
  beforeAll(async () => {
    harness = await startConsole();
    admin = await harness.server.as('admin');
    await admin.post('/leads', { name: 'Lead A', tags: ['Fair'] });
    await admin.post('/accounts', { name: 'Account A', tags: ['Trade fair'] });
  });
  afterAll(() => harness?.close());

  it('are lost together, with the reason', async () => {
    const { page, complaints } = await harness.openAs('admin', '/leads');
    await page.getByLabel('Select Lead A').check();
    await page.getByRole('button', { name: 'Move…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Move' });
    await dialog.getByLabel('Stage').selectOption({ label: 'Lost' });
    await dialog.getByLabel('Why they are lost').selectOption({ label: 'No budget' });
    await dialog.getByLabel('In own words').fill('Next year, perhaps');
    await dialog.getByRole('button', { name: /^Change/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    const { items } = (await admin.get<Page<Lead>>('/leads')).body;
    expect(items).toMatchObject([
      { stage: { name: 'Lost' }, lostReason: { name: 'No budget' }, lostNote: 'Next year, perhaps' },
    ]);
    expect(complaints).toEqual([]);
  });

  it('get an owner where they have no stages, too', async () => {
    const { page, complaints } = await harness.openAs('admin', '/accounts');
    await page.getByLabel('Select Account A').check();
    expect(await page.getByRole('button', { name: 'Move…' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Assign…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Assign' });
    await dialog.getByLabel('Owner').selectOption({ label: 'Rolf Rep' });
    await dialog.getByRole('button', { name: /^Change/ }).click();
    await page.getByRole('cell', { name: 'Rolf Rep' }).waitFor();
    expect((await admin.get<Page<Account>>('/accounts')).body.items).toMatchObject([{ owner: { name: 'Rolf Rep' } }]);
    expect(complaints).toEqual([]);
  });

  it('have their tags tidied: renamed, merged, deleted', async () => {
    const { page, complaints } = await harness.openAs('admin', '/tags');
    await page.getByRole('button', { name: 'Edit Fair' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Fairs');
    await page.getByRole('dialog').getByLabel('Colour').selectOption('teal');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'Teal' }).waitFor();
    await page.getByRole('button', { name: 'Merge Trade fair into another tag' }).click();
    await page.getByRole('dialog').getByLabel('Into').selectOption({ label: 'Fairs' });
    await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('row', { name: /Fairs.*2/ }).waitFor();
    if (process.env.BULK_SHOTS) await page.screenshot({ path: `${process.env.BULK_SHOTS}/tags.png` });
    await page.getByRole('button', { name: 'Delete Fairs' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No tags yet').waitFor();
    expect(complaints).toEqual([]);
  });
});
