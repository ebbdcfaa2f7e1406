import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dashboard } from '../../backend/contracts/dashboards.ts';
import { readPdf, readSheets } from '../exports/read-back.ts';
import type { PersonKey } from '../support/people.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { focused } from '../widgets/look.ts';
import { allWidths, expectAccessible } from './axe.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';
import { addSomeSales, exported, narrow, openHome, tile } from './dashboard-page.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'dashboards in the browser', 'chromium');

describe.skipIf(!executablePath)('dashboards', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;

  beforeAll(async () => {
    harness = await startConsole();
    await addSomeSales(harness.server);
  });
  afterAll(() => harness?.close());

  const openAs = (person: PersonKey) => openHome(harness, person);
  const ofAll = (page: Page, format: string) => exported(page, page.locator('salespulse-filters'), format);
  async function showOnly(page: Page, chart: string, mark: string): Promise<void> {
    const panel = page.locator('salespulse-chart').filter({ hasText: chart });
    await panel.getByRole('button', { name: 'Show as table' }).click();
    await panel.getByRole('button', { name: mark, exact: true }).click();
    await panel.getByRole('button', { name: `Only ${mark}` }).click();
  }

  it('filters and compares all panels, keeps it in the address, and exports what shows', async () => {
    const { page, complaints, settled } = await openAs('admin');
    const revenue = tile(page, 'Revenue');
    await revenue.getByText('1,500').waitFor();
    await revenue.getByText(/200(\.00)? before/).waitFor();
    const byMonth = page.locator('salespulse-chart').filter({ hasText: 'Revenue and gross profit by month' });
    const before = byMonth.getByRole('columnheader', { name: 'Revenue, before' });
    await byMonth.getByRole('button', { name: 'Show as table' }).click();
    await before.waitFor();
    const shares = page.locator('salespulse-chart').filter({ hasText: 'Revenue by region' });
    expect(await shares.getByText(/compared/i).count()).toBe(0);
    await page.getByRole('button', { name: 'Region', exact: true }).click();
    await page.getByRole('checkbox', { name: 'West' }).check();
    await page.keyboard.press('Escape');
    await revenue.locator('.value').getByText('500').waitFor();
    await page.getByLabel('Compare with').selectOption({ label: 'Nothing' });
    await revenue.getByText('before').waitFor({ state: 'detached' });
    await before.waitFor({ state: 'detached' });
    await page.reload();
    await revenue.locator('.value').getByText('500').waitFor();
    expect(new URL(page.url()).search).toBe('?compare=none&region=West');
    expect(await revenue.getByText('before').count()).toBe(0);
    await page.getByRole('button', { name: /Region: West/ }).waitFor();
    await settled();

    const sheets = await readSheets(await ofAll(page, 'Excel'));
    expect(sheets.flatMap(({ rows }) => rows.flat())).toContain(500);
    const pdf = (await readPdf(await ofAll(page, 'PDF'))).join(' ');
    expect(pdf).toContain('West');
    expect(pdf).not.toContain('1,500');

    await page.getByRole('button', { name: /Region: West/ }).click();
    await revenue.getByText('1,500').waitFor();
    expect(complaints).toEqual([]);
  });

  it('carries the hash of each panel, as the files of the whole do', async () => {
    const { page } = await openAs('admin');
    await tile(page, 'Revenue').getByText('1,500').waitFor();
    const hashes: string[] = [];
    for (const name of ['Revenue and gross profit by month', 'Revenue by region', 'Products that earn most']) {
      const figure = page
        .locator('salespulse-chart')
        .filter({ hasText: name })
        .locator('figure[data-hash]:not(.waiting)');
      await figure.scrollIntoViewIfNeeded();
      hashes.push((await figure.getAttribute('data-hash')) ?? name);
    }
    hashes.push((await page.locator('salespulse-kpis ul').first().getAttribute('data-hash')) ?? 'key figures');
    const [pdf, sheets] = [await readPdf(await ofAll(page, 'PDF')), await readSheets(await ofAll(page, 'Excel'))];
    const cells = sheets.flatMap(({ rows }) => rows.flat()).join(' ');
    for (const hash of hashes) {
      expect(pdf.join(' ')).toContain(hash.slice(0, 12));
      expect(cells).toContain(hash.slice(0, 12));
    }
    const [first = ''] = hashes;
    const chart = page.locator('salespulse-chart').first();
    await chart.getByRole('button', { name: 'Export' }).click();
    await chart.getByText(`Data ${first.slice(0, 12)}`).waitFor();
  });

  it('is narrowed by a mark of a chart, also after a reload and in files, until it is taken back', async () => {
    const { page, complaints } = await openAs('admin');
    const revenue = tile(page, 'Revenue');
    await showOnly(page, 'Revenue by region', 'East');
    await revenue.getByText('1,000').waitFor();
    const chip = page.getByRole('button', { name: /Take back Region: East/ });
    await chip.waitFor();
    await page.reload();
    await revenue.getByText('1,000').waitFor();
    const pdf = (await readPdf(await ofAll(page, 'PDF'))).join(' ');
    expect(pdf).toContain('East');
    expect(pdf).not.toContain('1,500');
    await chip.click();
    await revenue.getByText('1,500').waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(complaints).toEqual([]);
  });

  it('tells the page around it, once, and does nothing where that objects', async () => {
    const { page, complaints } = await openAs('admin');
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
    const { page, complaints, settled } = await openAs('admin');
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('heading', { name: 'Copy of Executive overview' }).waitFor();
    await page.getByRole('link', { name: 'Edit panels' }).click();
    const cards = page.locator('.panel-card');
    await cards.first().waitFor();
    await settled();
    await narrow(page);
    await expectAccessible(page, 'editing', allWidths);
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

  it('keeps the place of the keyboard when panels are removed', async () => {
    const admin = await harness.server.as('admin');
    const { body } = await admin.post<Dashboard>('/dashboards', {
      name: 'Pruned',
      panels: ['one', 'two', 'three'].map((id) => ({ id, title: `Panel ${id}`, kind: 'tasks', width: 4 })),
    });
    const { page, complaints } = await harness.openAs('admin', `/dashboards/${body.id}/edit`);
    const remove = (title: string) => page.getByRole('button', { name: `Remove ${title}` }).press('Enter');
    await remove('Panel two');
    await expect.poll(() => focused(page)).toBe('Move Panel three earlier');
    await remove('Panel three');
    await expect.poll(() => focused(page)).toContain('Panel one');
    await remove('Panel one');
    await expect.poll(() => focused(page)).toBe('Add a panel');
    expect(complaints).toEqual([]);
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

  it('is clean for axe with figures, on a telephone, a tablet and a desktop', async () => {
    const { page, settled } = await openAs('manager');
    await settled();
    await narrow(page);
    await expectAccessible(page, 'a dashboard', allWidths);
  });
});
