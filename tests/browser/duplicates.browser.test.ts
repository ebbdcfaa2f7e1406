import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lead } from '../../backend/contracts/leads.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, type ConsolePage, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'duplicates in the console', 'chromium');

describe.skipIf(!executablePath)('duplicates', { timeout: 240_000 }, () => {
  let harness: ConsoleHarness;
  let desk: ConsolePage;
  let page: Page;

  beforeAll(async () => {
    harness = await startConsole();
    const rep = await harness.server.as('rep');
    await rep.post('/leads', { name: 'Max Muster', company: 'Contoso', email: 'max@contoso.example', source: 'Web' });
    await rep.post('/leads', {
      name: 'Maximilian Muster',
      company: 'Contoso',
      email: 'max@contoso.example',
      phone: '030 1234567',
    });
    desk = await harness.openAs('manager', '/duplicates');
    page = desk.page;
  });
  afterAll(() => harness?.close());

  const said = (text: string | RegExp) => page.locator('.toasts').getByText(text).waitFor();
  const leads = async () => {
    const client = await harness.server.as('manager');
    return (await client.get<{ items: Lead[] }>('/leads?sort=name')).body.items.map(({ name }) => name);
  };

  it('are compared side by side, merged by what is chosen, and taken apart again', async () => {
    await page.getByRole('heading', { name: 'These have the same e-mail address' }).waitFor();
    await expectAccessible(page, 'duplicates');
    await page.getByRole('button', { name: 'Compare and merge' }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge 2 records' });
    await dialog.getByRole('group', { name: 'Name', exact: true }).getByLabel('Maximilian Muster').check();
    expect(await dialog.getByRole('group', { name: 'Phone' }).getByLabel('030 1234567').isChecked()).toBe(true);
    expect(await dialog.getByRole('group', { name: 'Company' }).count()).toBe(0);
    await expectAccessible(page, 'duplicates');
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText('Maximilian Muster is one record now.').waitFor();
    await page.getByText('No duplicates').waitFor();
    expect(await leads()).toEqual(['Maximilian Muster']);

    await page.getByRole('button', { name: 'Undo the merge' }).click();
    await said('The merge is undone.');
    expect(await leads()).toEqual(['Max Muster', 'Maximilian Muster']);
  });

  it('are pointed out on the page of a record and before a new one is made', async () => {
    await page.getByRole('link', { name: 'Max Muster' }).click();
    await page.getByText('This looks like Maximilian Muster (same e-mail address).').waitFor();
    await desk.goto('/leads/new');
    await page.getByLabel('Name', { exact: false }).first().fill('M. Muster');
    await page.getByLabel('E-mail').fill('MAX@contoso.example');
    await page.getByRole('button', { name: 'Create' }).click();
    const question = page.getByRole('dialog', { name: 'Is this a duplicate?' });
    await question.getByText(/has the same e-mail address/).waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await leads()).toHaveLength(2);
    await page.getByRole('button', { name: 'Create' }).click();
    await question.getByRole('button', { name: 'Create all the same' }).click();
    await page.getByRole('heading', { name: 'M. Muster', level: 1 }).waitFor();
    expect(desk.complaints).toEqual([]);
  });

  it('are not shown together again once they are said to be different', async () => {
    await desk.goto('/duplicates?entity=lead');
    await page.getByRole('button', { name: 'They are different' }).click();
    await said('They will not be shown together again.');
    await page.getByText('No duplicates').waitFor();
  });
});
