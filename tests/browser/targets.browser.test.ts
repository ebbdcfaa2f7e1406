import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSales } from '../analytics/facts.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'targets in the browser', 'chromium');

const SHOTS = process.env.TARGET_SHOTS;

describe.skipIf(!executablePath)('targets', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;
  const today = new Date().toISOString().slice(0, 10);

  beforeAll(async () => {
    harness = await startConsole();
    const { database, company } = harness.server;
    const { users, teams } = company;
    await addSales(database, [{ soldOn: today, amount: '650.00', cost: '1', ownerId: users.rep, teamId: teams.North }]);
  });
  afterAll(() => harness?.close());

  it('are set for a run of months, shown with progress, changed and deleted', async () => {
    const { page, complaints, settled } = await harness.openAs('manager', '/targets');
    await page.getByText('No targets yet').waitFor();
    await settled();
    await expectAccessible(page, 'no targets');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('banner').waitFor();
    await page.getByRole('button', { name: 'Add targets' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add targets' });
    await dialog.getByLabel('For').selectOption({ label: 'Rolf Rep' });
    await dialog.getByLabel('Periods in a row').fill('3');
    await dialog.getByLabel('Value of each').fill('lots');
    await dialog.getByRole('button', { name: 'Add targets' }).click();
    await dialog.getByText(/must be a decimal number/).waitFor();
    await dialog.getByLabel('Value of each').fill('1000');
    await dialog.getByRole('button', { name: 'Add targets' }).click();
    await page.getByText('3 targets are set.').waitFor();
    expect(await page.getByRole('row', { name: /Rolf Rep/ }).count()).toBe(3);
    await page.getByRole('row', { name: /650.* 65\s?%/ }).waitFor();
    expect(await page.getByText('Not begun').count()).toBe(2);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/targets.png` });

    await page.getByRole('button', { name: 'Running now' }).click();
    await expect.poll(() => page.getByRole('row', { name: /Rolf Rep/ }).count()).toBe(1);
    await page.getByRole('button', { name: /^Edit the target of Rolf Rep/ }).click();
    const edit = page.getByRole('dialog');
    await edit.getByLabel('Target').fill('650');
    await edit.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /650.* 100\s?%/ }).waitFor();
    await settled();
    await expectAccessible(page, 'targets');
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/targets-dark.png` });
    await page.setViewportSize({ width: 360, height: 740 });
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/targets-360.png` });
    await page.getByRole('button', { name: /^Delete the target of Rolf Rep/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('The target is deleted.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('are read by who does not set them', async () => {
    const { page, complaints } = await harness.openAs('rep', '/targets');
    await page
      .getByRole('row', { name: /Rolf Rep/ })
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: /Add targets|^Edit|^Delete/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
