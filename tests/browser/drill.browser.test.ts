import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import { readCsv, readPdf, readSheets } from '../exports/read-back.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { allWidths, expectAccessible } from './axe.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';
import { addSomeSales, exported, narrow, openHome, tile } from './dashboard-page.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'drill-down in the browser', 'chromium');

describe.skipIf(!executablePath)('what a figure is made of', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;

  beforeAll(async () => {
    harness = await startConsole();
    await addSomeSales(harness.server);
  });
  afterAll(() => harness?.close());

  it('leads from a tile down to the records, back by the path, and gives the focus back', async () => {
    const { page, complaints } = await openHome(harness, 'admin');
    const opener = tile(page, 'Revenue').getByRole('button', { name: 'Revenue', exact: true });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Revenue' });
    await dialog.getByRole('button', { name: 'Region', exact: true }).click();
    await dialog.getByRole('button', { name: 'East', exact: true }).click();
    await dialog.getByRole('button', { name: 'North', exact: true }).click();
    await dialog.getByRole('button', { name: 'Rolf Rep', exact: true }).click();
    const records = dialog.getByRole('region', { name: 'Records behind it' });
    await records.getByRole('row', { name: /1,000/ }).waitFor();
    expect(await records.getByRole('row').count()).toBe(2);
    await dialog.getByRole('button', { name: 'East', exact: true }).click();
    await dialog.getByRole('button', { name: 'North', exact: true }).waitFor();
    await dialog.getByRole('button', { name: /^Revenue,/ }).click();
    await records.getByRole('row', { name: /500/ }).waitFor();
    expect(await dialog.locator('[aria-current]').evaluate((one) => one.matches(':focus'))).toBe(true);
    await narrow(page);
    await expectAccessible(page, 'drill-down', allWidths);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await opener.evaluate((one) => one.matches(':focus'))).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('lists booked money beside what it counts, and saves the records behind a part of a figure', async () => {
    const { database, company } = harness.server;
    await database.sql.rows(sql`
      update sale set currency_code = 'USD', amount = amount * 2
      where region = 'West' and owner_id = ${company.users.stranger}::uuid`);
    const { page, complaints } = await openHome(harness, 'admin', '?region=West');
    await tile(page, 'Revenue').getByRole('button', { name: 'Revenue', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Revenue' });
    const records = dialog.getByRole('region', { name: 'Records behind it' });
    const row = records.getByRole('row', { name: /\$1,000/ });
    await row.getByText('€500.00').waitFor();
    expect(await records.getByRole('row').count()).toBe(2);
    const savedAs = (format: string) => exported(page, dialog, format);
    const [head = [], ...rows] = readCsv(new TextDecoder().decode(await savedAs('CSV')));
    expect(rows).toHaveLength(1);
    const cell = (name: RegExp) => rows[0]?.[head.findIndex((one) => name.test(one))];
    expect([cell(/^Amount$/), cell(/^Amount: currency$/)]).toEqual(['1000.00', 'USD']);
    expect(cell(/^Amount in company currency/)).toBe('500.00');
    const [sheet] = await readSheets(await savedAs('Excel'));
    expect(sheet?.rows).toHaveLength(2);
    expect((await readPdf(await savedAs('PDF'))).join(' ')).toContain('West');
    await narrow(page);
    await expectAccessible(page, 'drill-down with a file');
    await database.sql.rows(
      sql`update sale set currency_code = 'EUR', amount = amount / 2 where currency_code = 'USD'`,
    );
    expect(complaints).toEqual([]);
  });

  it('says that further records could not be loaded, and loads them at the second try', async () => {
    const { page, complaints } = await openHome(harness, 'admin');
    // As if there were a second page, the same as the first, whose first try fails.
    await page.route('**/api/v1/analytics/batch', async (route) => {
      const answer = await route.fetch();
      const { items } = (await answer.json()) as { items: { status: number; body: object }[] };
      const { questions } = route.request().postDataJSON() as { questions: { path: string }[] };
      const withNext = items.map((item, at) =>
        questions[at]?.path === 'records' ? { ...item, body: { ...item.body, nextCursor: 'next' } } : item,
      );
      await route.fulfill({ response: answer, json: { items: withNext } });
    });
    let tries = 0;
    await page.route(/\/analytics\/records\?/, async (route) => {
      tries += 1;
      if (tries === 1) return route.fulfill({ status: 503, json: { status: 503, code: 'unavailable' } });
      await route.continue({ url: route.request().url().replace('cursor=next', '') });
    });
    await tile(page, 'Revenue').getByRole('button', { name: 'Revenue', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Revenue' });
    const rows = dialog.getByRole('region', { name: 'Records behind it' }).getByRole('row');
    await dialog.getByRole('button', { name: 'Load more' }).press('Enter');
    await dialog.getByRole('alert').getByText('More records could not be loaded.').waitFor();
    const count = await rows.count();
    const again = dialog.getByRole('button', { name: 'Try again' });
    expect(await again.evaluate((one) => one.matches(':focus'))).toBe(true);
    await again.press('Enter');
    await dialog.getByRole('alert').waitFor({ state: 'detached' });
    await expect.poll(() => rows.count()).toBe(count * 2 - 1);
    expect(complaints).toEqual([]);
  });

  it('shows a rep their own records alone', async () => {
    const { page, complaints } = await openHome(harness, 'rep');
    await tile(page, 'Revenue').getByText('1,000').waitFor();
    await tile(page, 'Revenue').getByRole('button', { name: 'Revenue', exact: true }).click();
    const records = page.getByRole('region', { name: 'Records behind it' });
    await records.getByRole('row', { name: /1,000/ }).waitFor();
    expect(await records.getByRole('row').count()).toBe(2);
    const file = await exported(page, page.getByRole('dialog', { name: 'Revenue' }), 'CSV');
    const [, ...rows] = readCsv(new TextDecoder().decode(file));
    expect(rows).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('opens a record of the list, where its role may', async () => {
    const admin = await harness.server.as('admin');
    const { body } = await admin.post<{ id: string }>('/opportunities', {
      name: 'Crane for Łódź',
      amount: { amount: '700.00', currency: 'EUR' },
    });
    const { page, complaints } = await openHome(harness, 'admin');
    await tile(page, 'Weighted pipeline').getByRole('button', { name: 'Weighted pipeline', exact: true }).click();
    const records = page.getByRole('region', { name: 'Records behind it' });
    await records.getByRole('button', { name: 'Crane for Łódź' }).click();
    await page.waitForURL(`**/opportunities/${body.id}`);
    await page.getByRole('heading', { name: 'Crane for Łódź' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
