import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomField } from '../../backend/contracts/fields.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { TestClient } from '../support/client.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'custom fields in the browser', 'chromium');

describe.skipIf(!executablePath)('custom fields in the console', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;
  let admin: TestClient;
  beforeAll(async () => {
    harness = await startConsole();
    admin = await harness.server.as('admin');
  });
  afterAll(() => harness?.close());

  const shot = async (page: { screenshot(options: object): Promise<unknown> }, name: string) => {
    const folder = process.env.FIELD_SHOTS;
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };

  it('are added, changed with their values, archived, restored and erased by name', async () => {
    const { page, complaints } = await harness.openAs('admin', '/fields');
    await page.getByText('No fields of your own yet').waitFor();
    await page.getByRole('button', { name: 'Add field' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add field' });
    await dialog.getByLabel('Type').selectOption('choice');
    await dialog.getByLabel('Name').fill('Company size');
    await dialog.getByLabel('Options').fill('Small\nBig one');
    await dialog.getByLabel('Sales manager').check();
    await dialog.getByLabel('Administrator').check();
    await dialog.getByLabel('Sales rep').check();
    await shot(page, 'dialog');
    await dialog.getByRole('button', { name: 'Add field' }).click();
    await page
      .getByRole('cell', { name: 'Administrator, Sales manager, Sales rep' })
      .or(page.getByText('company_size'))
      .first()
      .waitFor();
    const { items } = (await admin.get<{ items: CustomField[] }>('/fields')).body;
    expect(items).toMatchObject([{ key: 'company_size', type: 'choice', options: ['Small', 'Big one'] }]);
    const lead = await admin.post<Lead>('/leads', { name: 'Acme', custom: { company_size: 'Big one' } });

    await page.getByRole('button', { name: 'Edit Company size' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit Company size' });
    await edit.getByLabel('Options').fill('Small\nBig');
    await edit.getByRole('button', { name: 'Save' }).click();
    const question = page.getByRole('dialog', { name: 'Change the values, too?' });
    await question.getByText('“Big one” → “Big”').waitFor();
    await shot(page, 'question');
    await question.getByRole('button', { name: 'Change it' }).click();
    await page.getByText('Company size is saved.').waitFor();
    expect((await admin.get<Lead>(`/leads/${lead.body.id}`)).body.custom).toEqual({ company_size: 'Big' });

    await page.getByRole('button', { name: 'Archive Company size' }).click();
    await page.getByText('1 record keep').or(page.getByText('keep their values')).first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Restore Company size' }).click();
    await page.getByText('Company size is back, with its values.').waitFor();
    await page.getByRole('button', { name: 'Archive Company size' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Erase Company size and its values' }).click();
    const erase = page.getByRole('dialog', { name: 'Erase Company size and its values' });
    await erase.getByLabel('Type the key of the field, company_size').fill('company');
    await erase.getByRole('button', { name: 'Erase for good' }).click();
    await erase.getByText('must be company_size').first().waitFor();
    await erase.getByLabel('Type the key of the field, company_size').fill('company_size');
    await erase.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText('Company size is erased.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('have an input for every type, which keeps what it is given', async () => {
    const options = ['Red', 'Green'];
    const types = [
      ['text', {}],
      ['long-text', {}],
      ['number', {}],
      ['money', {}],
      ['date', {}],
      ['date-time', {}],
      ['boolean', {}],
      ['choice', { options, required: true }],
      ['multi-choice', { options }],
      ['url', {}],
      ['email', { isUnique: true }],
      ['phone', { helpText: 'With the country code' }],
      ['user', {}],
      ['text', { defaultValue: 'As always' }],
    ] as const;
    for (const [place, [type, more]] of types.entries()) {
      const field = { entity: 'lead', key: `f${place}`, label: `My ${type} ${place}`, type, ...more };
      expect((await admin.post('/fields', field)).status).toBe(201);
    }
    const { page, complaints } = await harness.openAs('admin', '/leads/new');
    const form = page.locator('form.form');
    await form.getByLabel('Name').first().fill('Full');
    await form.getByLabel('My text 0').fill('One line');
    await form.getByLabel('My long-text').fill('Two\nlines');
    await form.getByLabel('My number').fill('1.5');
    await form.getByLabel('My money').fill('12.5');
    await form.getByLabel('My date 4').fill('2026-05-04');
    await form.getByLabel('My date-time').fill('2026-05-04T10:30');
    await form.getByLabel('My boolean').check();
    await form.getByLabel('My choice').selectOption('Green');
    await form.getByLabel('Red', { exact: true }).check();
    await form.getByLabel('My url').fill('example.com/a');
    await form.getByLabel('My email').fill('A@b.de');
    await form.getByLabel('My phone').fill('+49 30 12');
    await form.getByLabel('My user').selectOption({ index: 1 });
    expect(await form.getByLabel('My text 13').inputValue()).toBe('As always');
    await form.getByLabel('My text 13').fill('');
    await shot(page, 'form');
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Full' }).waitFor();
    await shot(page, 'record');
    const id = page.url().split('/').at(-1) ?? '';
    const { custom } = (await admin.get<Lead>(`/leads/${id}`)).body;
    expect(custom).toMatchObject({
      f0: 'One line',
      f1: 'Two\nlines',
      f2: 1.5,
      f3: { amount: '12.5' },
      f4: '2026-05-04',
      f6: true,
      f7: 'Green',
      f8: ['Red'],
      f9: 'https://example.com/a',
      f10: 'a@b.de',
      f11: '+49 30 12',
      f13: null,
    });
    expect(custom.f5).toMatch(/^2026-05-04T\d\d:30:00\.000Z$/);
    expect(custom.f12).toMatch(/^[0-9a-f-]{36}$/);
    expect(complaints).toEqual([]);
  });
});
