import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account, Contact } from '../../backend/contracts/customers.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { Pipeline, PipelineEntity } from '../../backend/contracts/pipelines.ts';
import type { Sale } from '../../backend/contracts/sales.ts';
import type { Task } from '../../backend/contracts/tasks.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, type ConsolePage, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'leads and opportunities in the console', 'chromium');

describe.skipIf(!executablePath)('leads and opportunities', { timeout: 240_000 }, () => {
  let harness: ConsoleHarness;
  let desk: ConsolePage;
  let page: Page;
  let lead: Lead;
  let account: Account;
  let contact: Contact;
  let deal: Opportunity;

  const admin = () => harness.server.as('admin');
  const made = async <T>(path: string, body: object): Promise<T> => {
    const answer = await (await admin()).post<T>(path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  const pipelineOf = async (entity: PipelineEntity): Promise<Pipeline> => {
    const { items } = (await (await admin()).get<{ items: Pipeline[] }>(`/pipelines?entity=${entity}`)).body;
    return items.find(({ isDefault }) => isDefault) as Pipeline;
  };
  const sales = async () => (await (await admin()).get<{ items: Sale[] }>(`/sales?opportunity=${deal.id}`)).body.items;
  const opportunity = async () => (await (await admin()).get<Opportunity>(`/opportunities/${deal.id}`)).body;
  const said = (text: string | RegExp) => page.locator('.toasts').getByText(text).last().waitFor();
  const asDesktop = async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
  };

  beforeAll(async () => {
    harness = await startConsole();
    await made('/fields', {
      ...{ entity: 'lead', type: 'choice', key: 'met_at', label: 'Where we met' },
      options: ['Fair', 'Web'],
    });
    const { id, stages } = await pipelineOf('lead');
    const won = stages.find(({ kind }) => kind === 'won');
    const asked = { requiredFields: ['phone', 'email', 'custom.met_at'] };
    expect((await (await admin()).patch(`/pipelines/${id}/stages/${won?.id}`, asked)).status).toBe(200);
    account = await made('/accounts', { name: 'Contoso', domain: 'contoso.example' });
    contact = await made('/contacts', {
      name: 'Max Muster',
      email: 'max@contoso.example',
      accountId: account.id,
    });
    lead = await made('/leads', {
      ...{ name: 'Maximilian Muster', company: 'Contoso', email: 'max@contoso.example' },
      value: { amount: '9500', currency: 'EUR' },
    });
    await made('/pipelines', {
      entity: 'opportunity',
      name: 'Renewals',
      stages: [
        { name: 'Due', kind: 'open' },
        { name: 'Renewed', kind: 'won' },
        { name: 'Ended', kind: 'lost' },
      ],
    });
    deal = await made('/opportunities', {
      ...{ name: 'Rollout', accountId: account.id },
      amount: { amount: '1200.00', currency: 'EUR' },
    });
    desk = await harness.openAs('admin', `/leads/${lead.id}`);
    page = desk.page;
  });
  afterAll(() => harness?.close());

  it('converts a lead into what is there, asking beforehand for what the stage requires', async () => {
    await page.getByRole('button', { name: 'Convert', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Convert Maximilian Muster' });
    // Known by its name, and by the e-mail address.
    await expect.poll(() => dialog.getByRole('combobox', { name: 'Account' }).inputValue()).toBe('Contoso');
    expect(await dialog.getByLabel('A contact that exists').isChecked()).toBe(true);
    expect(await dialog.getByLabel('Phone').count()).toBe(1);
    await dialog.getByLabel('A new contact').check();
    await dialog.getByText('Max Muster (Contoso) is there already').waitFor();
    await expectAccessible(page, 'convert');
    await dialog.getByRole('button', { name: 'Take Max Muster' }).click();
    expect(await dialog.getByRole('combobox', { name: 'Contact' }).inputValue()).toBe('Max Muster');
    await asDesktop();
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
    await dialog.getByText('Please fill in this field.').first().waitFor();
    expect(await dialog.getByLabel('Phone').getAttribute('aria-invalid')).toBe('true');
    await dialog.getByLabel('Phone').fill('030 1234');
    await dialog.getByLabel('Where we met').selectOption('Fair');
    await dialog.getByLabel('Name of the opportunity').fill('Seats for Contoso');
    await dialog.getByLabel('Stage').selectOption({ label: 'Renewals: Due' });
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
    await page.getByRole('heading', { name: 'Seats for Contoso', level: 1 }).waitFor();
    const converted = (await (await admin()).get<Lead>(`/leads/${lead.id}`)).body;
    expect(converted).toMatchObject({ phone: '030 1234', custom: { met_at: 'Fair' } });
    expect(converted.converted).toMatchObject({ accountId: account.id, contactId: contact.id });
  });

  it('undoes a conversion once it is said what becomes of everything', async () => {
    await desk.goto(`/leads/${lead.id}`);
    await page.getByRole('button', { name: 'Undo conversion' }).click();
    const question = page.getByRole('dialog', { name: 'Undo this conversion?' });
    await question
      .getByText(/The opportunity Seats for Contoso is deleted[\s\S]*Contoso was there before and stays/)
      .waitFor();
    await question.getByRole('button', { name: 'Undo conversion' }).click();
    await said('Maximilian Muster is a lead again.');
    await page.getByRole('button', { name: 'Convert', exact: true }).waitFor();
  });

  it('wins an opportunity line by line, and corrects what was sold', async () => {
    await desk.goto(`/opportunities/${deal.id}`);
    await page.getByRole('button', { name: 'Mark as won' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add a line' }).click();
    await dialog.getByLabel('Quantity').fill('3');
    await dialog.getByLabel('Discount').fill('10');
    expect(await dialog.getByLabel('Amount').inputValue()).toBe('3240.00');
    await expectAccessible(page, 'win');
    await asDesktop();
    await dialog.getByRole('button', { name: 'Mark as won' }).click();
    await said('“Rollout” is won.');
    expect((await sales()).map(({ quantity, amount }) => [Number(quantity), amount.amount])).toEqual([[3, '3240.00']]);

    await page.getByRole('button', { name: 'Correct what was sold' }).click();
    await dialog.getByLabel('Quantity').fill('2');
    expect(await dialog.getByLabel('Amount').inputValue()).toBe('2160.00');
    await dialog.getByRole('button', { name: 'Add a line' }).click();
    await dialog.getByLabel('Amount').nth(1).fill('-60');
    await dialog.getByRole('button', { name: 'Book anew' }).click();
    await said('What was sold is booked anew.');
    expect((await opportunity()).amount).toEqual({ amount: '2100.00', currency: 'EUR' });
  });

  it('plans a task that comes back, with a reminder', async () => {
    await page.getByRole('button', { name: 'Add task' }).click();
    await page.getByLabel('What is to be done').fill('Ask how it goes');
    await page.getByLabel('Due on').fill('2031-01-06');
    await page.getByLabel('Comes back').selectOption({ label: 'By months' });
    await page.getByRole('group', { name: 'Remind me by mail' }).getByRole('checkbox').first().check();
    await expectAccessible(page, 'a new task');
    await asDesktop();
    await page.getByRole('button', { name: 'Add task' }).click();
    await page.getByText('Ask how it goes').waitFor();
    const { items } = (await (await admin()).get<{ items: Task[] }>(`/opportunities/${deal.id}/tasks`)).body;
    expect(items).toMatchObject([
      { dueOn: '2031-01-06', repeat: { every: 'month', interval: 1 }, reminders: [{ channel: 'mail' }] },
    ]);
  });

  it('says anew why something was lost', async () => {
    await page.getByRole('button', { name: 'Move to Lost' }).click();
    await page.getByText('Lost, without a reason.').waitFor();
    await page.getByRole('button', { name: 'Change the reason' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the reason' });
    await dialog.getByLabel('Reason').selectOption({ index: 2 });
    await dialog.getByLabel('In your own words').fill('They wanted it sooner');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await said('The reason is changed.');
    await page.getByText('They wanted it sooner').first().waitFor();
    const { lostReason } = await opportunity();
    await page.getByText(`Lost: ${lostReason?.name}`).waitFor();
    await expectAccessible(page, 'a lost opportunity');
    await asDesktop();
  });

  it('moves to another pipeline', async () => {
    await page.getByRole('button', { name: 'Move to another pipeline' }).click();
    const dialog = page.getByRole('dialog', { name: 'Move to another pipeline' });
    await dialog.getByLabel('Stage').selectOption({ label: 'Renewals: Due' });
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByRole('button', { name: 'Due, current stage' }).waitFor();
    expect((await opportunity()).stage.name).toBe('Due');
  });

  it('converts a lead into an opportunity that somebody works on already', async () => {
    await desk.goto(`/leads/${lead.id}`);
    await page.getByRole('button', { name: 'Convert', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Convert Maximilian Muster' });
    await expect.poll(() => dialog.getByRole('combobox', { name: 'Account' }).inputValue()).toBe('Contoso');
    await dialog.getByLabel('An open opportunity that exists').check();
    expect(await dialog.getByLabel('Name of the opportunity').count()).toBe(0);
    await dialog.getByRole('combobox', { name: 'Opportunity' }).fill('Rollo');
    await dialog.getByRole('option', { name: 'Rollout' }).click();
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
    await page.getByRole('heading', { name: 'Rollout', level: 1 }).waitFor();
    const { converted } = (await (await admin()).get<Lead>(`/leads/${lead.id}`)).body;
    expect(converted).toMatchObject({ opportunityId: deal.id });
    expect(desk.complaints).toEqual([]);
  });
});
