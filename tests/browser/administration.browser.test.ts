import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page as List } from '../../backend/contracts/common.ts';
import type { Role, User } from '../../backend/contracts/users.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { type ConsoleHarness, type ConsolePage, startConsole } from './console-harness.ts';
import { Keyboard } from './keyboard.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', "the administrator's desk in the browser", 'chromium');

describe.skipIf(!executablePath)("the administrator's desk", { timeout: 240_000 }, () => {
  let harness: ConsoleHarness;
  let desk: ConsolePage;
  let page: Page;

  beforeAll(async () => {
    harness = await startConsole();
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
  const firstOf = async <T>(path: string, isIt: (item: T) => boolean): Promise<T> => {
    const client = await harness.server.as('admin');
    const found = (await client.get<List<T>>(path)).body.items.find(isIt);
    if (!found) throw new Error(`nothing like that in ${path}`);
    return found;
  };

  it('invites a person, whose mail waits in the outbox, and shows them as invited', async () => {
    await go('/users', 'People');
    await page.getByRole('button', { name: 'Add person' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add person' });
    await dialog.getByText('No mail server is set up').waitFor();
    await dialog.getByLabel('E-mail').fill('ines@example.com');
    await dialog.getByLabel('Name').fill('Ines Invited');
    await dialog.getByLabel('Role').selectOption('Viewer');
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await said('Ines Invited is invited.');
    await page.getByRole('button', { name: 'Status' }).click();
    await page.getByRole('checkbox', { name: 'Invited' }).check();
    await page.waitForURL(/status=invited/);
    await page.getByRole('link', { name: 'Ines Invited' }).waitFor();
    await go('/system/mails', 'Mails');
    await page.getByRole('button', { name: /ines@example\.com/ }).click();
    await page
      .getByRole('region', { name: 'Text' })
      .getByText(/\/invitation#token=/)
      .waitFor();
  });

  it('deactivates a person and signs them out within seconds, then lets them in again', async () => {
    const rep = await harness.server.as('rep');
    expect((await rep.get('/me')).status).toBe(200);
    await go(`/users/${harness.server.company.users.rep}`, 'Rolf Rep');
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await confirm('Deactivate Rolf Rep?', 'Deactivate');
    await said('Rolf Rep is deactivated.');
    await expect.poll(async () => (await rep.get('/me')).status, { timeout: 10_000 }).toBe(401);
    await page.getByRole('button', { name: 'Reactivate' }).click();
    await confirm('Reactivate Rolf Rep?', 'Reactivate');
    await page.getByRole('button', { name: 'Deactivate' }).waitFor();
  });

  it('says why somebody with fewer rights can’t change an administrator, or make one', async () => {
    const client = await harness.server.as('admin');
    const permissions = { 'user.read': 'all', 'user.manage': 'all', 'role.read': 'all' };
    const { body: office } = await client.post<Role>('/roles', { name: 'Office', permissions });
    const { users } = harness.server.company;
    const { etag } = await client.get(`/users/${users.stranger}`);
    await client.patch(`/users/${users.stranger}`, { roleId: office.id }, { 'If-Match': etag ?? '' });
    const other = (await harness.openAs('stranger', `/users/${users.admin}`)).page;
    await other.getByRole('button', { name: 'Deactivate' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
    await other
      .getByRole('alert')
      .getByText(/Administrator: it holds .+, which you do not/)
      .waitFor();
    await other.getByRole('link', { name: 'People' }).first().click();
    await other.getByRole('button', { name: 'Add person' }).click();
    const dialog = other.getByRole('dialog', { name: 'Add person' });
    await dialog.getByLabel('E-mail').fill('mallory@example.com');
    await dialog.getByLabel('Name').fill('Mallory');
    await dialog.getByLabel('Role').selectOption('Administrator');
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await dialog.getByText(/it holds .+, which you do not/).waitFor();
    expect((await client.get<List<User>>('/users?q=mallory')).body.items).toEqual([]);
  });

  it('copies a role, narrows it by keyboard, shows what changes, and saves it', async () => {
    const rep = await firstOf<Role>('/roles', ({ key }) => key === 'rep');
    await go(`/roles/${rep.id}`, 'Sales rep');
    await page.getByText('Built-in roles stay as they are.').waitFor();
    expect(await page.getByRole('button', { name: 'Save role' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Make a copy' }).click();
    await heading('New role');
    await page.getByLabel('Name').fill('Inside sales');
    await page.getByRole('button', { name: 'Create role' }).click();
    await heading('Inside sales');
    await page.getByText('No changes').waitFor();
    const row = page.getByRole('radiogroup', { name: 'Leads See' });
    await row.getByRole('radio', { name: 'Own' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await row.getByRole('radio', { name: 'Team' }).isChecked()).toBe(true);
    await page.getByText('1 change').waitFor();
    await page.getByText('Show what changes').click();
    await page.getByText('Leads, See: Own → Team').waitFor();
    await page.getByRole('checkbox', { name: 'Costs and margins' }).check();
    await page.getByText('2 changes').waitFor();
    // A right to change what one can't see opens nothing: its row says so, and undoing leaves nothing to save.
    await row.getByRole('radio', { name: 'None' }).check();
    await page.getByRole('button', { name: 'Save role' }).click();
    await page.getByText('Some rights can’t be given as they are.').waitFor();
    const write = page.getByRole('radiogroup', { name: 'Leads Create and change' });
    await write.getByText('This would open nothing: give “Leads: See” with the same reach too.').waitFor();
    await row.getByRole('radio', { name: 'Team' }).check();
    await page.getByRole('button', { name: 'Save role' }).click();
    await said('Inside sales is saved.');
    const saved = await firstOf<Role>('/roles', ({ name }) => name === 'Inside sales');
    expect(saved.permissions['lead.read']).toBe('team');
    expect(saved.fieldGroups).toContain('cost');
  });

  it('tells who changes a role that somebody else changed', async () => {
    const role = await firstOf<Role>('/roles', ({ name }) => name === 'Inside sales');
    await go(`/roles/${role.id}`, 'Inside sales');
    const client = await harness.server.as('admin');
    await client.patch(`/roles/${role.id}`, { name: 'Inside sales North' }, { 'If-Match': `"${role.version}"` });
    await page.getByRole('radiogroup', { name: 'Leads Delete' }).getByRole('radio', { name: 'Own' }).check();
    await page.getByRole('button', { name: 'Save role' }).click();
    await page.getByRole('alert').getByText('Somebody else changed this in the meantime.').waitFor();
  });

  it('builds teams as a tree and moves one', async () => {
    await go('/teams', 'Teams');
    await page.getByRole('button', { name: 'Add a team below North' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Coast');
    await dialog.getByRole('button', { name: 'Add team' }).click();
    await said('Coast is added.');
    await page.getByRole('button', { name: 'Edit North' }).click();
    // A team can't go below itself or what is below it.
    expect(await dialog.getByLabel('Part of').locator('option').allTextContents()).toEqual([
      'No other team (top)',
      'South',
    ]);
    await dialog.getByLabel('Part of').selectOption('South');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await said('North is saved.');
    await page.locator('.team-tree .team-tree .team-tree').getByText('Coast').waitFor();
    await page.getByText('1 person, 4 with the teams below').waitFor();
    await page.getByRole('button', { name: 'Delete South' }).click();
    await confirm('Delete South?', 'Delete');
    await page.locator('.toast-error').waitFor();
    await page.locator('.toast-error').getByRole('button').click();
    await page.getByText('3 people').click();
    await page.getByRole('link', { name: 'Rolf Rep' }).waitFor();
  });

  it('shows before and after of a change, filters, and exports what is filtered', async () => {
    await go('/audit', 'Audit log');
    await page.getByRole('button', { name: 'Kind of record' }).click();
    await page.getByRole('checkbox', { name: 'Role' }).check();
    await page.waitForURL(/entity=role/);
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Details of Changed/ })
      .last()
      .click();
    const dialog = page.getByRole('dialog', { name: /^Role: / });
    const row = dialog.getByRole('row', { name: /lead read/i });
    await row.getByText('own').waitFor();
    await row.getByText('team').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.slice(1).join()).toContain('role.');
    expect(lines.slice(1).join()).not.toContain('user.signed-in');
  });

  it('is worked by keyboard alone: a team from the navigation to its place', async () => {
    await go('/leads', 'Leads');
    const keyboard = new Keyboard(page);
    await keyboard.press('Teams');
    await heading('Teams');
    await keyboard.press('Add team');
    await page.getByRole('dialog', { name: 'Add team' }).waitFor();
    await keyboard.type('Name *', 'By keyboard');
    await keyboard.press('Add team');
    await said('By keyboard is added.');
  });

  it('shows a manager their people and teams, without what only administrators do', async () => {
    const manager = await harness.openAs('manager', '/users');
    await manager.page.getByRole('link', { name: 'Rolf Rep' }).click();
    await manager.page.getByRole('heading', { name: 'Rolf Rep', level: 1 }).waitFor();
    await manager.page.getByText('rep@example.com').waitFor();
    for (const name of ['Edit', 'Deactivate', 'Sign out']) {
      expect(await manager.page.getByRole('main').getByRole('button', { name }).count()).toBe(0);
    }
    await manager.goto('/roles');
    await manager.page.getByRole('heading', { name: 'You do not have access to this page' }).waitFor();
  });
});
