import { readFile } from 'node:fs/promises';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exploration } from '../../backend/contracts/dashboards.ts';
import { sql } from '../../backend/db/index.ts';
import { addProduct, addSales } from '../analytics/facts.ts';
import { type Host, registerHost } from '../embed/host.ts';
import { readCsv } from '../exports/read-back.ts';
import { PASSWORD, type PersonKey, people } from '../support/people.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import type { Build } from '../support/shared-build.ts';
import { buildPages, type Site, serveSite } from '../widgets/built-pages.ts';
import { chromiumArgs, eventually, text } from '../widgets/look.ts';
import { accessibilityProblems } from './axe.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'Explore with a server', 'chromium');

const year = 'range=2025-01-01/2025-12-31';

describe.skipIf(!executablePath)('Explore', { timeout: 120_000 }, () => {
  let pages: Build;
  let server: TestServer;
  let host: Host;
  let site: Site;
  let browser: Browser;
  let tag = '';
  /** Cookies by person: each signs in once. */
  const signedIn = new Map<PersonKey, Awaited<ReturnType<BrowserContext['storageState']>>>();
  const complaints: string[] = [];

  beforeAll(async () => {
    pages = await buildPages();
    server = await startTestServer({}, { pagesFolder: `${pages.folder}/` });
    const { rep, stranger } = server.company.users;
    const { North, South } = server.company.teams;
    for (let number = 1; number <= 6; number += 1) {
      const productId = await addProduct(server.database, `Product ${number}`, 'Hardware');
      const isNorth = number % 2 === 1;
      const own = isNorth ? { ownerId: rep, teamId: North } : { ownerId: stranger, teamId: South };
      const region = isNorth ? 'East' : 'West, far away beyond the mountains';
      await addSales(server.database, [
        { soldOn: '2025-03-05', amount: String((7 - number) * 100), cost: '50', region, productId, ...own },
        { soldOn: '2024-03-05', amount: '200', cost: '250', region, productId, ...own },
      ]);
    }
    host = await registerHost(server);
    site = await serveSite('', async (path) => {
      if (path === '/session') {
        const opened = await host.open(await host.assert({ origin: site.url }));
        return { type: 'application/json', body: JSON.stringify({ clientSecret: opened.body.clientSecret }) };
      }
      const script = `<script type="module" src="${server.url}/embed.js"></script>`;
      const body = `<!doctype html><title>Host</title>${script}${tag.replace('>', ' session-url="/session">')}`;
      return path === '/' ? { type: 'text/html', body } : null;
    });
    await server.database.sql.rows(sql`
      update embed_client set allowed_origins = ${[site.url]}::text[] where id = ${host.client.id}::uuid`);
    browser = await chromium.launch({ executablePath: executablePath as string, args: chromiumArgs });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await server?.close();
    await pages?.release();
    expect(complaints).toEqual([]);
  });

  async function open(person: PersonKey, query: string): Promise<Page> {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const storageState = signedIn.get(person);
    const viewport = { width: 1280, height: 900 };
    const context = await browser.newContext({ viewport, permissions, ...(storageState && { storageState }) });
    if (!storageState) {
      await context.request.post(`${server.url}/api/v1/auth/login`, {
        data: { email: people[person].email, password: PASSWORD },
        headers: { 'X-SalesPulse-Request': '1' },
      });
      signedIn.set(person, await context.storageState());
    }
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/content security policy|trusted type/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(`${server.url}/explore?${query}`);
    await ready(page);
    return page;
  }
  const chart = (page: Page): Locator => page.locator('salespulse-chart');
  const ready = (page: Page) =>
    chart(page).locator('figure[aria-busy=false]').locator('canvas, table, .state').first().waitFor();
  const asked = (page: Page) => new URL(page.url()).searchParams;
  /** The chart's figures as its table shows them, head first. */
  async function figures(page: Page): Promise<string[][]> {
    const toggle = chart(page).getByRole('button', { name: 'Show as table' });
    if (await toggle.count()) await toggle.click();
    await chart(page).locator('figure[aria-busy=false] table').waitFor();
    const rows = chart(page).locator('tr');
    return rows.evaluateAll((all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim())),
    );
  }
  const news = (page: Page) => text(page.locator('salespulse-explore .news'));
  async function save(page: Page, name: string, isShared = false): Promise<void> {
    const button = page.getByRole('button', { name: 'Save', exact: true });
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    if (isShared) await page.getByLabel(/Everybody who sees/).check();
    await page.getByRole('button', { name: 'Save as new' }).click();
  }

  it.each([
    ['bar', 'by=region'],
    ['line', 'metrics=revenue&metrics=profitMargin&metrics=winRate'],
    ['area', 'by=product&time=true&stacking=stacked'],
    ['pie', 'by=product'],
    ['doughnut', 'by=region'],
    ['scatter', 'metrics=revenue&metrics=grossProfit&by=product'],
    ['table', 'metrics=grossProfit&metrics=winRate&by=region&compare=year'],
    // A single day: one point.
    ['line', 'range=2025-03-05/2025-03-05'],
  ])('draws a %s with a summary, and its table without a mouse: %s', async (type, query) => {
    const page = await open('admin', `type=${type}&${query.includes('range') ? query : `${year}&${query}`}`);
    if (type !== 'table') {
      expect(await text(chart(page).locator('#summary'))).toMatch(/Revenue|Product 1/);
      await chart(page).getByRole('button', { name: 'Show as table' }).focus();
      await page.keyboard.press('Enter');
    }
    const cells = (await figures(page)).flat();
    expect(cells.length).toBeGreaterThan(2);
    expect(cells.join(' ')).not.toMatch(/NaN|Infinity|undefined|null/);
    // Nothing was won or lost: no rate.
    if (query.includes('winRate')) expect(cells).toContain('–');
    await page.context().close();
  });

  it('keeps the question in the address: top values with the others, shares, the way back, and a reload', async () => {
    const page = await open('admin', `by=product&limit=2&${year}`);
    const amounts = async () => (await figures(page)).slice(1).map(([name, value]) => [name, value]);
    expect(await amounts()).toEqual([
      ['Product 1', '€600.00'],
      ['Product 2', '€500.00'],
      ['Others', '€1,000'],
    ]);
    await page.getByLabel('Add up the others').uncheck();
    await eventually(amounts).toHaveLength(2);
    expect(await text(chart(page))).toContain('Only the first 2 are shown.');
    await page.getByRole('combobox', { name: 'Figures', exact: true }).selectOption('share');
    await eventually(async () => (await amounts())[0]).toEqual(['Product 1', '28.6%']);
    expect([asked(page).get('others'), asked(page).get('transform')]).toEqual(['false', 'share']);
    await page.reload();
    await ready(page);
    expect((await amounts())[0]).toEqual(['Product 1', '28.6%']);
    await page.goBack();
    await eventually(async () => (await amounts())[0]).toEqual(['Product 1', '€600.00']);
    await page.goBack();
    await eventually(amounts).toHaveLength(3);
    await page.context().close();
  });

  it('compares with the year before, on screen and in the file, and opens the records of both', async () => {
    const page = await open('admin', `by=region&${year}`);
    await page.getByLabel('Compare with').selectOption('year');
    await eventually(() => figures(page)).toEqual([
      ['Region', 'Revenue', 'Revenue, before', 'Change'],
      ['East', '€1,200', '€600.00', '+100%'],
      ['West, far away beyond the mountains', '€900.00', '€600.00', '+50%'],
    ]);
    expect(asked(page).get('compare')).toBe('year');
    expect(await text(chart(page))).toMatch(/Compared with [^.]*2024 – [^.]*2024\./);
    const before = chart(page).getByRole('button', { name: /^Revenue, before, East/ });
    await before.focus();
    await page.keyboard.press('Enter');
    await chart(page).getByRole('button', { name: 'Show the records' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText(/Mar 5, 2024|5 Mar 2024/)
      .first()
      .waitFor();
    expect(await dialog.getByText(/Mar 5, 2025|5 Mar 2025/).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    const [head, first] = readCsv(await readFile(await download.path(), 'utf8'));
    expect(head?.join('|').replace('\ufeff', '')).toBe('Region|Revenue (EUR)|Revenue, before (EUR)');
    expect(first).toEqual(['East', '1200.00', '600.00']);
    await page.context().close();
  });

  it('filters by a mark without a mouse, and takes the filter back by its chip', async () => {
    const page = await open('admin', `by=region&${year}`);
    await figures(page);
    await chart(page).getByRole('button', { name: 'East', exact: true }).press('Enter');
    await chart(page).getByRole('button', { name: 'Only East' }).press('Enter');
    await eventually(() => figures(page)).toHaveLength(2);
    expect(asked(page).getAll('region')).toEqual(['East']);
    await page.getByRole('button', { name: /^Remove filter Region: East/ }).press('Enter');
    await eventually(() => figures(page)).toHaveLength(3);
    await page.context().close();
  });

  it('saves and shares: others open it by its link with their own figures; a taken name and a conflict are explained', async () => {
    const page = await open('manager', `by=region&compare=year&${year}`);
    await save(page, 'Regions', true);
    await eventually(() => news(page)).toBe('“Regions” was saved.');
    const id = asked(page).get('saved') ?? '';
    await save(page, 'Regions');
    await eventually(() => news(page)).toBe('You have a saved question called “Regions” already. Choose another name.');
    const rep = await open('rep', `saved=${id}`);
    await eventually(() => figures(rep)).toEqual([
      ['Region', 'Revenue', 'Revenue, before', 'Change'],
      ['East', '€1,200', '€600.00', '+100%'],
    ]);
    expect(await rep.getByRole('button', { name: 'Rename “Regions”' }).count()).toBe(0);
    await rep.context().close();

    const manager = await server.as('manager');
    await manager.patch<Exploration>(`/explorations/${id}`, { name: 'Areas' });
    await page.getByRole('button', { name: 'Rename “Regions”' }).click();
    await page.getByLabel('Name', { exact: true }).last().fill('Countries');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await eventually(() => news(page)).toContain('Somebody else changed “Countries” meanwhile.');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Stop sharing “Areas”' }).click();
    await eventually(() => news(page)).toBe('“Areas” is yours alone now.');
    const stranger = await open('stranger', `saved=${id}`);
    await eventually(() => news(stranger)).toContain('no longer there, or not shared with you');
    await stranger.context().close();
    await page.getByRole('button', { name: 'Delete “Areas”' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await eventually(() => news(page)).toBe('“Areas” was deleted.');
    expect(asked(page).has('saved')).toBe(false);
    await page.context().close();
  });

  it('gives a tag away that shows the same figures on another page', async () => {
    const page = await open('rep', `by=product&limit=2&compare=year&region=East&${year}`);
    const here = await figures(page);
    await page.getByRole('button', { name: 'Show the tag' }).click();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await eventually(() => news(page)).toBe('The tag was copied.');
    const other = await page.context().newPage();
    await other.goto(site.url);
    tag = await other.evaluate(() => navigator.clipboard.readText());
    expect(tag).toMatch(/^<salespulse-chart /);
    await other.reload();
    await chart(other).locator('canvas').waitFor();
    expect(await figures(other)).toEqual(here);
    await page.context().close();
  });

  it('passes axe and fits every width, in both themes', async () => {
    const page = await open('admin', `metrics=revenue&metrics=winRate&compare=year&by=region&region=East&${year}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    for (const [width, colorScheme] of [
      [1440, 'light'],
      [768, 'dark'],
      [360, 'light'],
      [360, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await eventually(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      expect(await accessibilityProblems(page), `${width}, ${colorScheme}`).toEqual([]);
    }
    await page.context().close();
  });
});
