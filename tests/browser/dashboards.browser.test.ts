import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dashboard } from '../../backend/contracts/dashboards.ts';
import { sql } from '../../backend/db/index.ts';
import { addSales } from '../analytics/facts.ts';
import { readCsv, readPdf, readSheets } from '../exports/read-back.ts';
import type { PersonKey } from '../support/people.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, type ConsolePage, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'dashboards in the browser', 'chromium');

const today = new Date().toISOString().slice(0, 10);
const aYearAgo = `${Number(today.slice(0, 4)) - 1}-01-01`;

describe.skipIf(!executablePath)('dashboards', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;

  beforeAll(async () => {
    harness = await startConsole();
    const { database, company } = harness.server;
    const { users, teams } = company;
    const common = { cost: '1', category: 'Hardware' };
    await addSales(database, [
      { ...common, soldOn: today, amount: '1000.00', region: 'East', ownerId: users.rep, teamId: teams.North },
      { ...common, soldOn: today, amount: '500.00', region: 'West', ownerId: users.stranger, teamId: teams.South },
      { ...common, soldOn: aYearAgo, amount: '200.00', region: 'East', ownerId: users.rep, teamId: teams.North },
    ]);
  });
  afterAll(() => harness?.close());

  const tile = (page: Page, name: string): Locator =>
    page
      .locator('salespulse-kpis li')
      .filter({ has: page.getByRole('button', { name, exact: true }) })
      .first();
  async function openHome(person: PersonKey, query = ''): Promise<ConsolePage> {
    const opened = await harness.openAs(person, `/${query}`);
    await tile(opened.page, 'Revenue').waitFor();
    return opened;
  }
  /** What the head of the dashboard exports. */
  async function exported(page: Page, format: string): Promise<Uint8Array> {
    await page.locator('salespulse-filters').getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: format }).click(),
    ]);
    return new Uint8Array(await readFile(await file.path()));
  }
  /** As on a telephone; charts follow a change of width a frame later. */
  async function narrow(page: Page): Promise<void> {
    await page.setViewportSize({ width: 360, height: 740 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
  }
  async function showOnly(page: Page, chart: string, mark: string): Promise<void> {
    const panel = page.locator('salespulse-chart').filter({ hasText: chart });
    await panel.getByRole('button', { name: 'Show as table' }).click();
    await panel.getByRole('button', { name: mark, exact: true }).click();
    await panel.getByRole('button', { name: `Only ${mark}` }).click();
  }

  it('leads from a tile down to the records, back by the path, and gives the focus back', async () => {
    const { page, complaints } = await openHome('admin');
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
    await expectAccessible(page, 'drill-down');
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
    const { page, complaints } = await openHome('admin', '?region=West');
    await tile(page, 'Revenue').getByRole('button', { name: 'Revenue', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Revenue' });
    const records = dialog.getByRole('region', { name: 'Records behind it' });
    const row = records.getByRole('row', { name: /\$1,000/ });
    await row.getByText('€500.00').waitFor();
    expect(await records.getByRole('row').count()).toBe(2);
    const savedAs = async (format: string): Promise<Uint8Array> => {
      await dialog.getByRole('button', { name: 'Export' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: format }).click(),
      ]);
      return new Uint8Array(await readFile(await file.path()));
    };
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

  it('shows a rep their own records alone', async () => {
    const { page, complaints } = await openHome('rep');
    await tile(page, 'Revenue').getByText('1,000').waitFor();
    await tile(page, 'Revenue').getByRole('button', { name: 'Revenue', exact: true }).click();
    const records = page.getByRole('region', { name: 'Records behind it' });
    await records.getByRole('row', { name: /1,000/ }).waitFor();
    expect(await records.getByRole('row').count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('filters and compares all panels, keeps it in the address, and exports what shows', async () => {
    const { page, complaints, settled } = await openHome('admin');
    const revenue = tile(page, 'Revenue');
    await revenue.getByText('1,500').waitFor();
    await revenue.getByText(/200(\.00)? before/).waitFor();
    await page.getByRole('button', { name: 'Region', exact: true }).click();
    await page.getByRole('checkbox', { name: 'West' }).check();
    await page.keyboard.press('Escape');
    await revenue.locator('.value').getByText('500').waitFor();
    await page.getByLabel('Compare with').selectOption({ label: 'Nothing' });
    await revenue.getByText('before').waitFor({ state: 'detached' });
    await page.reload();
    await revenue.locator('.value').getByText('500').waitFor();
    expect(new URL(page.url()).search).toBe('?compare=none&region=West');
    expect(await revenue.getByText('before').count()).toBe(0);
    await page.getByRole('button', { name: /Region: West/ }).waitFor();
    await settled();

    const sheets = await readSheets(await exported(page, 'Excel'));
    expect(sheets.flatMap(({ rows }) => rows.flat())).toContain(500);
    const pdf = (await readPdf(await exported(page, 'PDF'))).join(' ');
    expect(pdf).toContain('West');
    expect(pdf).not.toContain('1,500');

    await page.getByRole('button', { name: /Region: West/ }).click();
    await revenue.getByText('1,500').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is narrowed by a mark of a chart, also after a reload and in files, until it is taken back', async () => {
    const { page, complaints } = await openHome('admin');
    const revenue = tile(page, 'Revenue');
    await showOnly(page, 'Revenue by region', 'East');
    await revenue.getByText('1,000').waitFor();
    const chip = page.getByRole('button', { name: /Take back Region: East/ });
    await chip.waitFor();
    await page.reload();
    await revenue.getByText('1,000').waitFor();
    const pdf = (await readPdf(await exported(page, 'PDF'))).join(' ');
    expect(pdf).toContain('East');
    expect(pdf).not.toContain('1,500');
    await chip.click();
    await revenue.getByText('1,500').waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(complaints).toEqual([]);
  });

  it('tells the page around it, once, and does nothing where that objects', async () => {
    const { page, complaints } = await openHome('admin');
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      for (const name of ['filter', 'drill', 'selection', 'ready'])
        document.body.addEventListener(`salespulse-${name}`, (event) => {
          heard.push(`${name} ${JSON.stringify((event as CustomEvent).detail)}`);
          event.preventDefault();
        });
    });
    const heard = () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0));
    await showOnly(page, 'Revenue by region', 'East');
    expect(await heard()).toEqual(['filter {"dimension":"region","values":["East"],"label":"East"}']);
    await tile(page, 'Revenue').getByRole('button', { name: 'Revenue', exact: true }).click();
    const [drill = '', ...others] = await heard();
    expect(others).toEqual([]);
    expect(drill).toMatch(/^drill \{"metric":"revenue","value":"1500\.00","from":".*","to":".*","filters":\{\}\}$/);
    await page.getByLabel('Compare with').selectOption({ label: 'Nothing' });
    expect(await heard()).toEqual(['selection {"range":"this-year","compare":"none","filters":{},"only":[]}']);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await tile(page, 'Revenue').locator('.value').textContent()).toContain('1,500');
    expect(complaints).toEqual([]);
  });

  it('keeps the other panels where one fails', async () => {
    const opened = await harness.openAs('admin', '/account');
    const { page } = opened;
    await page.route('**/api/v1/analytics/batch', async (route) => {
      const answer = await route.fetch();
      const { items } = (await answer.json()) as { items: { status: number; body: object }[] };
      const { questions } = route.request().postDataJSON() as { questions: { path: string }[] };
      const broken = items.map((item, at) =>
        questions[at]?.path === 'breakdown' ? { status: 503, body: { status: 503, code: 'unavailable' } } : item,
      );
      await route.fulfill({ response: answer, json: { items: broken } });
    });
    await opened.goto('/');
    await page.locator('salespulse-chart [role=alert]').first().waitFor();
    await tile(page, 'Revenue').getByText('1,500').waitFor();
    await page
      .locator('salespulse-chart')
      .filter({ hasText: 'Revenue and gross profit by month' })
      .locator('canvas')
      .waitFor();
    await page.unrouteAll();
    await page.locator('salespulse-chart').getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('Revenue by region').first().waitFor();
  });

  it('is copied, rearranged by keyboard, guarded while unsaved, shared with a role and deleted', async () => {
    const { page, complaints, settled } = await openHome('admin');
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('heading', { name: 'Copy of Executive overview' }).waitFor();
    await page.getByRole('link', { name: 'Edit panels' }).click();
    const cards = page.locator('.panel-card');
    await cards.first().waitFor();
    await settled();
    await narrow(page);
    await expectAccessible(page, 'editing');
    await page.setViewportSize({ width: 1280, height: 900 });
    const later = page.getByRole('button', { name: 'Move Revenue by region earlier' });
    await later.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Revenue by region is now at place 2 of 8.').waitFor();
    await cards.nth(1).getByLabel('Width').selectOption({ label: 'Half' });
    await cards.nth(1).getByLabel('Height').selectOption({ label: 'Tall' });
    await page.getByRole('link', { name: 'Explore' }).click();
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await page.goBack();
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await cards.nth(1).getByLabel('Width').inputValue()).toBe('6');
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
    await page.getByText('Saved.').waitFor();
    const address = new URL(page.url()).pathname;
    const admin = await harness.server.as('admin');
    const saved = await admin.get<Dashboard>(`/dashboards/${address.split('/').at(-1)}`);
    expect(saved.body.panels[1]).toMatchObject({ id: 'regions', width: 6, height: 'tall' });

    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Name and sharing' }).click();
    const dialog = page.getByRole('dialog', { name: 'Name and sharing' });
    await dialog.getByLabel(/^Name/).fill('For viewers');
    await dialog.getByLabel('Who sees it').selectOption({ label: 'People of these roles' });
    await dialog.getByRole('checkbox', { name: 'Viewer' }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'For viewers' }).waitFor();

    const viewer = await harness.openAs('viewer', address);
    await viewer.page.getByRole('heading', { name: 'For viewers' }).waitFor();
    expect(await viewer.page.getByRole('link', { name: 'Edit panels' }).count()).toBe(0);
    const stranger = await harness.openAs('stranger', address);
    await stranger.page.getByText('There is no such dashboard').waitFor();

    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Deleted.').waitFor();
    await page.getByRole('heading', { name: 'Executive overview' }).waitFor();
    expect([...complaints, ...viewer.complaints, ...stranger.complaints]).toEqual([]);
  });

  it('says that somebody else was faster, and shows their state', async () => {
    const admin = await harness.server.as('admin');
    const { body } = await admin.post<Dashboard>('/dashboards', {
      name: 'Contested',
      panels: ['one', 'two'].map((id) => ({ id, title: `Panel ${id}`, kind: 'kpis', width: 12, metrics: ['revenue'] })),
    });
    const { page } = await harness.openAs('admin', `/dashboards/${body.id}/edit`);
    await page.getByRole('button', { name: 'Move Panel two earlier' }).click();
    await admin.patch(`/dashboards/${body.id}`, { panels: [] }, { 'If-Match': `"${body.version}"` });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/Somebody else changed this/).waitFor();
    await page.getByRole('button', { name: 'Load the newest' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await page.getByText('No panels yet. Add the first one.').waitFor();
  });

  it('is clean for axe with figures, at the width of a tablet, too', async () => {
    const { page, settled } = await openHome('manager');
    await settled();
    await narrow(page);
    await expectAccessible(page, 'a dashboard');
    await page.setViewportSize({ width: 768, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
