import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page as List } from '../../backend/contracts/common.ts';
import type { Role } from '../../backend/contracts/users.ts';
import { TestClient } from '../support/client.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, type ConsolePage, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'the settings of an administrator in the browser', 'chromium');

describe.skipIf(!executablePath)("an administrator's settings", { timeout: 240_000 }, () => {
  let harness: ConsoleHarness;
  let desk: ConsolePage;
  let page: Page;
  let role: Role;

  beforeAll(async () => {
    harness = await startConsole();
    const admin = await harness.server.as('admin');
    const { body: roles } = await admin.get<List<Role>>('/roles');
    const viewer = roles.items.find(({ key }) => key === 'viewer');
    await admin.post('/users', { email: 'ines@example.com', name: 'Ines Invited', roleId: viewer?.id });
    await admin.post('/teams', { name: 'Coast', parentId: harness.server.company.teams.North });
    const made = await admin.post<Role>('/roles', { name: 'Inside sales', permissions: { 'lead.read': 'own' } });
    const change = { permissions: { 'lead.read': 'team', 'lead.write': 'team' } };
    role = (await admin.patch<Role>(`/roles/${made.body.id}`, change, { 'If-Match': made.etag ?? '' })).body;
    const host = { name: 'Intranet', allowedOrigins: ['https://intranet.example.com'], key: { kind: 'hs256' } };
    expect((await admin.post('/embed/clients', host)).status).toBe(201);
    desk = await harness.openAs('admin', '/users');
    page = desk.page;
  });
  afterAll(() => harness?.close());

  const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
  const go = async (address: string, name: string) => {
    await desk.goto(address);
    await heading(name);
    await desk.settled();
  };
  const said = (text: string | RegExp) => page.locator('.toasts').getByText(text).waitFor();
  const confirm = (title: string, action: string) =>
    page.getByRole('dialog', { name: title }).getByRole('button', { name: action }).click();

  it('creates a key that works, shows it once, and revokes it', async () => {
    await go('/api-keys/new', 'New API key');
    await page.getByLabel('Name').fill('Nightly export');
    await page.getByLabel('Last day it works').fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByText('Choose at least one right.').waitFor();
    await page.getByRole('radiogroup', { name: 'Leads See' }).getByRole('radio', { name: 'Own' }).check();
    await page.getByRole('button', { name: 'Create key' }).click();
    await heading('Nightly export is created');
    const key = await page.getByRole('textbox', { name: 'Key' }).inputValue();
    expect(key).toMatch(/^spk_/);
    const program = new TestClient(harness.server.url, { Authorization: `Bearer ${key}` });
    expect((await program.get('/leads')).status).toBe(200);
    expect((await program.get('/users')).status).toBe(403);
    await page.getByRole('link', { name: 'Done' }).click();
    await heading('API keys');
    expect(await page.getByText(key).count()).toBe(0);
    await page.getByRole('button', { name: 'Revoke Nightly export' }).click();
    await confirm('Revoke Nightly export?', 'Revoke');
    await page.getByText('Revoked', { exact: true }).waitFor();
    await expect.poll(async () => (await program.get('/leads')).status, { timeout: 10_000 }).toBe(401);
  });

  it('opens registration for a domain, and refuses it without one', async () => {
    await go('/settings/sign-in', 'Sign-in');
    await page.getByLabel('People may register by themselves').selectOption('Yes, with an address of these domains');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Please fill in this field.').waitFor();
    await page.getByLabel('Domains').fill('example.com\nexample.org');
    await page.getByRole('button', { name: 'Save' }).click();
    await said('The sign-in settings are saved.');
    const { body } = await harness.server.anonymous.get<{ registrationDomains: string[] }>('/auth/options');
    expect(body.registrationDomains).toEqual(['example.com', 'example.org']);
  });

  it('adds a provider with role mapping, tests it, and deletes it', async () => {
    await go('/settings/providers/new', 'New provider');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Company login');
    await page.getByLabel('Issuer').fill('http://localhost:9');
    await page.getByLabel('Client id').fill('salespulse');
    await page.getByRole('button', { name: 'Add row' }).click();
    await page.getByLabel('Value of the claim, row 1').fill('sales');
    await page.getByLabel('Role, row 1').selectOption('Sales rep');
    await page.getByLabel('Claim that names the role').fill('groups');
    await page.getByRole('button', { name: 'Add provider' }).click();
    await heading('Company login');
    expect(await page.getByLabel('Redirect URI').inputValue()).toMatch(/\/auth\/sso\/.+\/callback$/);
    expect(await page.getByLabel('Value of the claim, row 1').inputValue()).toBe('sales');
    await page.getByRole('button', { name: 'Test now' }).click();
    await page.getByText('It does not work').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await confirm('Delete Company login?', 'Delete');
    await heading('Sign-in');
  });

  it('tests a part of the installation and says how that went, and when', async () => {
    await go('/system', 'System');
    await page.getByRole('button', { name: 'Test now Database' }).click();
    await page.getByText(/^Tested .+: .+/).waitFor();
  });

  it('changes what a host may show', async () => {
    const client = await harness.server.as('admin');
    await go('/embed-clients', 'Embed clients');
    await page.getByRole('button', { name: 'Edit Intranet' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit Intranet' });
    await dialog.getByLabel('Allowed origins').fill('https://intranet.example.com\nhttps://wiki.example.com');
    await dialog.getByRole('checkbox', { name: 'salespulse-kpis' }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await said('Intranet is saved.');
    await page.getByText('https://wiki.example.com').waitFor();
    const { body } = await client.get<List<{ components: string[] }>>('/embed/clients');
    expect(body.items.map(({ components }) => components)).toEqual([['salespulse-kpis']]);
  });

  it('is accessible and fits on every page, and breaks no policy', { timeout: 480_000 }, async () => {
    const { users } = harness.server.company;
    const pages: readonly [address: string, name: string, open?: string | RegExp][] = [
      ['/users', 'People', 'Add person'],
      [`/users/${users.rep}`, 'Rolf Rep', 'Edit'],
      ['/teams', 'Teams', 'Edit Coast'],
      ['/roles', 'Roles'],
      [`/roles/${role.id}`, role.name],
      ['/roles/new', 'New role'],
      ['/settings/sign-in', 'Sign-in'],
      ['/settings/providers/new', 'New provider', 'Add row'],
      ['/api-keys', 'API keys'],
      ['/api-keys/new', 'New API key'],
      ['/embed-clients', 'Embed clients', 'Edit Intranet'],
      ['/audit?entity=role', 'Audit log', /^Details of Changed/],
      ['/system', 'System'],
      ['/system/mails', 'Mails', /ines@example\.com/],
    ];
    for (const [address, name, open] of pages) {
      await go(address, name);
      await expectAccessible(page, address);
      if (!open) continue;
      await page.getByRole('main').getByRole('button', { name: open }).first().click();
      await desk.settled();
      await expectAccessible(page, `${address}, ${open}`);
    }
    expect(desk.complaints).toEqual([]);
  });
});
