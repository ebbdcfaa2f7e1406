import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../../../support/programs.ts';
import { type Site, serveBuiltPages } from '../../built-pages.ts';
import { chromiumArgs, eventually, focused, text } from '../../look.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'the explore page in the browser', 'chromium');

describe.skipIf(!executablePath)('questions of one’s own in the browser', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let explore: Locator;
  let complaints: string[];

  async function open(width = 1440): Promise<void> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', timezoneId: 'UTC' });
    page = await context.newPage();
    complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${site.url}/demos/explore.html`);
    explore = page.locator('salespulse-explore[data-state=ready]');
    await explore.getByText('Saved questions').waitFor();
  }
  const query = () => explore.evaluate((element) => (element as HTMLElement & { query: string }).query);
  const news = () => text(explore.locator('.news'));
  /** Types the first letters of an option into a list that has the focus. */
  async function choose(label: string, option: string): Promise<void> {
    const list = explore.getByRole('combobox', { name: label, exact: true });
    await list.focus();
    await page.keyboard.type(option);
    await eventually(() => list.evaluate((one) => (one as HTMLSelectElement).selectedOptions[0]?.label)).toContain(
      option,
    );
  }
  async function press(name: string): Promise<void> {
    await explore.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  }

  beforeAll(async () => {
    site = await serveBuiltPages();
    browser = await chromium.launch({ executablePath: executablePath as string, args: chromiumArgs });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(async () => {
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('asks, saves, opens and deletes a question by keyboard alone', async () => {
    await open();
    await explore.getByLabel('Each value over time').focus();
    await page.keyboard.press('Space');
    await choose('Stacking', 'Shares');
    await eventually(query).toContain('time=true');
    expect(await query()).toContain('stacking=percent');
    await eventually(() => text(explore.locator('salespulse-chart'))).toContain('Revenue by region and month');
    await press('Save');
    await eventually(() => focused(page)).toBe('Name');
    await page.keyboard.type('Shares of regions');
    await press('Save as new');
    await eventually(news).toBe('“Shares of regions” was saved.');
    await eventually(() => focused(page)).toBe('Save');
    await choose('Split by', 'Team');
    await eventually(query).toContain('by=team');
    await press('Shares of regions');
    await eventually(query).toContain('by=region');
    await press('Delete “Shares of regions”');
    await press('Delete');
    await eventually(news).toBe('“Shares of regions” was deleted.');
    expect(await text(explore)).toContain('Nothing saved yet.');
  });

  it('keeps the place of the keyboard in menus and when chips are taken away', async () => {
    await open();
    await press('Region');
    await page.keyboard.press('ArrowDown');
    const options = explore.getByRole('group', { name: 'Region', exact: true }).getByRole('checkbox');
    await options.nth(0).focus();
    await page.keyboard.press('Space');
    await options.nth(1).focus();
    await page.keyboard.press('Space');
    await options.nth(2).focus();
    await page.keyboard.press('Space');
    const chips = explore.locator('salespulse-filters .chip');
    await eventually(() => chips.count()).toBe(3);
    await page.keyboard.press('Escape');
    await eventually(() => focused(page)).toMatch(/^Region 3/);
    const names = await chips.allInnerTexts();
    const nameOf = (chip: string | undefined) => chip?.replaceAll(/\s+/g, ' ').trim();
    await chips.nth(1).focus();
    await page.keyboard.press('Enter');
    await eventually(() => chips.count()).toBe(2);
    await eventually(() => focused(page)).toBe(nameOf(names[2]));
    await page.keyboard.press('Enter');
    await eventually(() => chips.count()).toBe(1);
    await eventually(() => focused(page)).toBe(nameOf(names[0]));
    const first = /^Category/;
    await page.keyboard.press('Enter');
    await eventually(() => chips.count()).toBe(0);
    await eventually(() => focused(page)).toMatch(first);
    await press('Region');
    await options.nth(0).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await press('Remove all');
    await eventually(() => chips.count()).toBe(0);
    await eventually(() => focused(page)).toMatch(first);
  });

  it('says beside a choice why it can’t be made, and takes back what no longer fits', async () => {
    await open();
    const option = (list: string, name: string) =>
      explore.getByRole('combobox', { name: list, exact: true }).locator('option', { hasText: name });
    expect(await text(option('Chart', 'Line'))).toContain('needs periods');
    expect(await option('Chart', 'Line').isDisabled()).toBe(true);
    await choose('Chart', 'Pie');
    await eventually(query).toContain('type=pie');
    await explore.getByLabel('Win rate').check();
    await eventually(query).not.toContain('type=pie');
    expect(await text(option('Chart', 'Pie'))).toContain('only with one measure');
    await eventually(() => explore.locator('salespulse-chart').getByRole('alert').count()).toBe(0);
  });

  it('shows the tag of the question, and puts its chart on a dashboard', async () => {
    await open();
    await press('Show the tag');
    expect(await explore.getByLabel(/^Tag for a page/).inputValue()).toMatch(
      /^<salespulse-chart metrics="revenue" by="region" /,
    );
    await press('Add to a dashboard');
    await explore.getByLabel('Title (optional)').fill('Regions');
    await page.keyboard.press('Enter');
    await eventually(news).toBe('The chart was added to “Board meeting”.');
  });

  it.each([360, 768, 1440])('passes axe in both themes and fits %i px', async (width) => {
    await open(width);
    const choices = explore.locator('details.controls');
    if (!(await choices.evaluate((one) => (one as HTMLDetailsElement).open)))
      await explore.getByText('Question', { exact: true }).click();
    const filters = explore.locator('salespulse-filters');
    const unfold = filters.getByRole('button', { name: 'Filters', exact: true });
    if (await unfold.isVisible()) await unfold.click();
    await press('Save');
    await explore.locator('salespulse-chart').scrollIntoViewIfNeeded();
    await explore.locator('canvas').waitFor();
    await filters.getByRole('button', { name: 'Category', exact: true }).click();
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    // In the page's own world, where the policy of the page does not reach.
    await page.evaluate(await readFile(axe, 'utf8'));
    for (const theme of ['light', 'dark']) {
      await page.locator('#theme').selectOption(theme);
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(violations).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});
