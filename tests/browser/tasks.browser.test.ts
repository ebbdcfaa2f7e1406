import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postNotification } from '../../backend/notify/index.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'tasks in the browser', 'chromium');

describe.skipIf(!executablePath)('my day', () => {
  let harness: ConsoleHarness;
  beforeAll(async () => {
    harness = await startConsole();
    const rep = await harness.server.as('rep');
    await rep.post('/tasks', { title: 'Late one', dueOn: '2026-01-05', timeZone: 'UTC' });
  });
  afterAll(() => harness?.close());

  it('adds, completes and changes tasks', async () => {
    const { page, complaints } = await harness.openAs('rep', '/tasks');
    const overdue = page.getByRole('region', { name: 'Overdue' });
    await overdue.getByRole('button', { name: 'Late one', exact: true }).waitFor();
    await page.getByLabel('What is to be done').fill('Call Ada');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const today = page.getByRole('region', { name: 'Today', exact: true });
    await today.getByRole('button', { name: 'Call Ada', exact: true }).click();

    const dialog = page.getByRole('dialog', { name: 'Task' });
    await dialog.getByLabel('Comes back').selectOption('week');
    await dialog.getByLabel('Monday').check();
    await dialog.getByRole('group', { name: 'Remind me here' }).getByLabel('30 minutes before').check();
    await dialog.getByLabel('At', { exact: true }).fill('23:59');
    await expectAccessible(page, 'a task');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await today.getByText('comes back').waitFor();

    await today.getByLabel('Complete: Call Ada').click();
    const done = page.getByRole('region', { name: 'Done today' });
    await done.getByRole('button', { name: 'Call Ada', exact: true }).waitFor();
    await page
      .getByRole('region', { name: 'Next 7 days' })
      .getByRole('button', { name: 'Call Ada', exact: true })
      .waitFor();
    await overdue.getByRole('button', { name: 'Move to tomorrow: Late one' }).click();
    await overdue.waitFor({ state: 'detached' });
    await expectAccessible(page, 'my day');

    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('button', { name: 'Late one', exact: true }).click();
    await dialog.getByRole('button', { name: 'Delete task' }).click();
    await page.getByRole('dialog', { name: 'Delete “Late one”?' }).getByRole('button', { name: 'Delete task' }).click();
    await page.getByRole('button', { name: 'Late one', exact: true }).waitFor({ state: 'detached' });
    await expectAccessible(page, 'open tasks');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('makes an address for a calendar, and revokes it', async () => {
    const { page, complaints } = await harness.openAs('rep', '/tasks');
    await page.getByRole('button', { name: 'Calendar' }).click();
    const dialog = page.getByRole('dialog', { name: 'Tasks in your calendar' });
    await dialog.getByLabel('Where it is used').fill('Phone');
    await dialog.getByRole('button', { name: 'Make an address' }).click();
    const address = new URL(await dialog.getByLabel('Address for Phone').inputValue());
    const read = () => fetch(harness.server.url + address.pathname + address.search);
    expect((await read()).status).toBe(200);
    await expectAccessible(page, 'calendar addresses');
    await dialog.getByRole('button', { name: 'Revoke Phone' }).click();
    await page.getByRole('dialog', { name: 'Revoke Phone?' }).getByRole('button', { name: 'Revoke' }).click();
    await dialog.getByRole('button', { name: 'Revoke Phone' }).waitFor({ state: 'detached' });
    expect((await read()).status).toBe(404);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is told of what is new by a bell', async () => {
    const { page, complaints } = await harness.openAs('rep', '/tasks');
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    const { database, company } = harness.server;
    await database.transaction((tx) =>
      postNotification(tx, {
        userId: company.users.rep,
        kind: 'rule',
        title: 'A lead is waiting',
        body: 'Since Monday',
      }),
    );
    await page.getByRole('button', { name: 'Notifications: 1 is new' }).click();
    await page.getByRole('heading', { name: 'Notifications' }).waitFor();
    await page.getByText('Since Monday').waitFor();
    await expectAccessible(page, 'notifications');
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
