import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { addSales } from '../analytics/facts.ts';
import type { PersonKey } from '../support/people.ts';
import type { TestServer } from '../support/server.ts';
import type { ConsoleHarness, ConsolePage } from './console-harness.ts';

const today = new Date().toISOString().slice(0, 10);
const aYearAgo = `${Number(today.slice(0, 4)) - 1}-01-01`;

/** Two sales of this year, of people of two teams, and one of the year before. */
export async function addSomeSales({ database, company: { users, teams } }: TestServer): Promise<void> {
  const common = { cost: '1', category: 'Hardware' };
  await addSales(database, [
    { ...common, soldOn: today, amount: '1000.00', region: 'East', ownerId: users.rep, teamId: teams.North },
    { ...common, soldOn: today, amount: '500.00', region: 'West', ownerId: users.stranger, teamId: teams.South },
    { ...common, soldOn: aYearAgo, amount: '200.00', region: 'East', ownerId: users.rep, teamId: teams.North },
  ]);
}

/** The tile of a key figure. */
export const tile = (page: Page, name: string): Locator =>
  page
    .locator('salespulse-kpis li')
    .filter({ has: page.getByRole('button', { name, exact: true }) })
    .first();

/** Opens the dashboard that a person starts with. */
export async function openHome(harness: ConsoleHarness, person: PersonKey, query = ''): Promise<ConsolePage> {
  const opened = await harness.openAs(person, `/${query}`);
  await tile(opened.page, 'Revenue').waitFor();
  return opened;
}

/** What the export menu of a part of the page saves. */
export async function exported(page: Page, part: Locator, format: string): Promise<Uint8Array> {
  await part.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format }).click(),
  ]);
  return new Uint8Array(await readFile(await file.path()));
}

/** As on a telephone; charts follow a change of width a frame later. */
export async function narrow(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
    .toBeLessThanOrEqual(0);
}
