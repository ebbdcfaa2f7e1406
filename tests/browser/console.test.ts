import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../support/programs.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'the console in the browser', 'chromium');

describe.skipIf(!executablePath)('the console', () => {
  let harness: ConsoleHarness;
  const createLead = async (name: string, fields: object = {}): Promise<string> => {
    const client = await harness.server.as('manager');
    const { status, body } = await client.post<{ id: string }>('/leads', { name, company: `${name} Ltd`, ...fields });
    expect(status).toBe(201);
    return body.id;
  };

  beforeAll(async () => {
    harness = await startConsole();
  });
  afterAll(() => harness?.close());

  it('says that a password is wrong, then signs in to the address one wanted', async () => {
    const { page, signIn } = await harness.open('/leads?sort=name');
    await signIn('rep', 'not the password');
    await page.getByText('The e-mail address or the password is wrong.').waitFor();
    await signIn('rep');
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
    expect(page.url()).toContain('/leads?sort=name');
    expect(await page.title()).toBe('Leads · SalesPulse');
  });

  it('offers only what the role includes and explains the rest', async () => {
    const { page, goto } = await harness.openAs('rep', '/leads');
    const navigation = page.getByRole('navigation', { name: 'Main' });
    await navigation.getByRole('link', { name: 'Leads' }).waitFor();
    expect(await navigation.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
    await goto('/audit');
    await page.getByRole('heading', { name: 'You do not have access to this page' }).waitFor();
  });

  it('moves title and focus along when one goes to another page, and lets the keyboard skip the navigation', async () => {
    const { page } = await harness.openAs('admin', '/leads');
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).click();
    const heading = page.getByRole('heading', { name: 'People', level: 1 });
    await heading.waitFor();
    await page.locator('h1:focus').waitFor();
    expect(await page.title()).toBe('People · SalesPulse');
    await page.reload();
    await heading.waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });

  it('creates a lead, with the messages of the server beside their inputs', async () => {
    const { page } = await harness.openAs('manager', '/leads/new');
    await page.getByLabel('Name').fill('Grace Hopper');
    await page.getByLabel('E-mail').fill('nonsense');
    await page.getByLabel('Estimated value').fill('1234.5');
    await page.getByRole('button', { name: 'Create' }).click();
    const email = page.getByLabel('E-mail');
    await page.locator('input[type=email][aria-invalid=true]').waitFor();
    const note = await email.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${note}"]`).textContent()).toBe('must be an e-mail address');
    await email.fill('grace@example.com');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Grace Hopper', level: 1 }).waitFor();
    await page.getByText('€1,234.50').first().waitFor();
  });

  it('keeps what was typed when somebody else was faster, and both changes afterwards', async () => {
    const id = await createLead('Conflict');
    const { page } = await harness.openAs('manager', `/leads/${id}`);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Phone').fill('+49 30 1234');
    const other = await harness.server.as('admin');
    const { etag } = await other.get(`/leads/${id}`);
    await other.patch(`/leads/${id}`, { company: 'Faster Ltd' }, { 'If-Match': etag ?? '' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Changed by somebody else: Company.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Faster Ltd').first().waitFor();
    await page.getByRole('link', { name: '+49 30 1234' }).waitFor();
  });

  it('logs an activity, adds a task and completes it', async () => {
    const id = await createLead('Busy');
    const { page } = await harness.openAs('manager', `/leads/${id}`);
    await page.getByRole('button', { name: 'Meeting', exact: true }).click();
    await page.getByLabel('Subject').fill('Talked about the pilot');
    await page.getByRole('button', { name: 'Log', exact: true }).click();
    await page.getByText('Talked about the pilot').waitFor();
    await page.getByRole('button', { name: 'Add task' }).click();
    await page.getByLabel('What is to be done').fill('Send the offer');
    await page.getByRole('button', { name: 'Add task' }).click();
    await page.getByRole('checkbox', { name: 'Complete: Send the offer' }).click();
    await page.getByRole('checkbox', { name: 'Reopen: Send the offer' }).waitFor();
  });

  it('converts a lead and wins its opportunity, which books the sale', async () => {
    const id = await createLead('Buyer', { value: { amount: '500', currency: 'EUR' } });
    const { page } = await harness.openAs('manager', `/leads/${id}`);
    await page.getByRole('button', { name: 'Move to Converted' }).click();
    const dialog = page.getByRole('dialog', { name: 'Convert Buyer' });
    await dialog.getByRole('button', { name: 'Convert' }).click();
    await page.waitForURL(/\/opportunities\//);
    await page.getByRole('button', { name: 'Mark as won' }).click();
    const win = page.getByRole('dialog', { name: /^Win / });
    await win.getByRole('button', { name: 'Mark as won' }).click();
    await page.getByRole('heading', { name: 'Booked sales' }).waitFor();
    const opportunity = page.url().split('/').at(-1);
    const client = await harness.server.as('manager');
    const { body } = await client.get<{ items: { amount: { amount: string } }[] }>(`/sales?opportunity=${opportunity}`);
    expect(body.items.map(({ amount }) => Number(amount.amount))).toEqual([500]);
  });

  it('asks for the password when the session ends and leaves the page as it was', async () => {
    const { page, signIn } = await harness.openAs('manager', '/leads/new');
    await page.getByLabel('Name').fill('Half typed');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Your session has ended.').waitFor();
    expect(page.url()).toContain('/leads/new');
    await signIn('manager');
    await page.getByLabel('Name').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Half typed');
  });

  it('keeps filters and order of a list in the address', async () => {
    await createLead('Zebra');
    const { page } = await harness.openAs('manager', '/leads');
    await page.getByRole('searchbox', { name: 'Search' }).fill('zebra');
    await page.waitForURL(/q=zebra/);
    await page.getByLabel('Sort by').selectOption('Name');
    await page.getByRole('button', { name: 'Stage' }).click();
    await page.getByRole('checkbox', { name: 'New' }).check();
    await page.waitForURL(/stage=/);
    await page.reload();
    await page.getByRole('link', { name: 'Zebra', exact: true }).waitFor();
    await page.getByText('1 of 1 record').waitFor();
    await page.getByRole('button', { name: 'Remove filter Stage: New' }).click();
    await page.waitForURL((url) => !url.searchParams.has('stage'));
  });

  it('shows what an import would do, does it, and lists the rows it refused', async () => {
    const { page } = await harness.openAs('admin', '/imports');
    const file =
      'Lead name,Company,Email,Estimated value\nIda One,One Ltd,ida@example.com,100\nOtto Two,Two Ltd,otto@example.com,many\n';
    await page.getByLabel('What the rows are').selectOption('leads');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByRole('heading', { name: 'leads.csv', level: 1 }).waitFor();
    expect(await page.getByLabel('Field for column Lead name').inputValue()).toBe('name');
    await page.getByLabel('Field for column Company').selectOption({ label: 'Leave out' });
    await page.getByRole('button', { name: 'Try without saving' }).click();
    await page.getByText('This was a trial: nothing is saved yet.').waitFor();
    const client = await harness.server.as('admin');
    const found = async () => (await client.get<{ items: unknown[] }>('/leads?q=Ida+One')).body.items.length;
    expect(await found()).toBe(0);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('The good rows are imported. The rows below were left out.').waitFor();
    await page.getByRole('cell', { name: /many/ }).waitFor();
    expect(await found()).toBe(1);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download errors as CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  });
});
