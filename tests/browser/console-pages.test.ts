import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, reportMissing } from '../support/programs.ts';
import { accessibilityProblems } from './axe.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', "the console's pages in the browser", 'chromium');

const pages: readonly [address: string, heading: string][] = [
  ['/', 'Executive overview'],
  ['/explore', 'Explore'],
  ['/targets', 'Targets'],
  ['/tasks', 'My day'],
  ['/board/leads', 'Lead board'],
  ['/board/opportunities', 'Opportunity board'],
  ['/leads', 'Leads'],
  ['/leads/new', 'New lead'],
  ['/leads/{lead}', 'Somebody With A Very Long Name Indeed'],
  ['/opportunities', 'Opportunities'],
  ['/opportunities/new', 'New opportunity'],
  ['/accounts', 'Accounts'],
  ['/contacts', 'Contacts'],
  ['/imports', 'Import'],
  ['/users', 'People'],
  ['/roles', 'Roles'],
  ['/fields', 'Fields'],
  ['/embed-clients', 'Embed clients'],
  ['/nowhere', 'Page not found'],
];

describe.skipIf(!executablePath)('every page of the console', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;
  let lead = '';

  beforeAll(async () => {
    harness = await startConsole();
    const client = await harness.server.as('admin');
    const body = { name: 'Somebody With A Very Long Name Indeed', email: 'somebody.with.a.long.address@example.com' };
    lead = (await client.post<{ id: string }>('/leads', body)).body.id;
  });
  afterAll(() => harness?.close());

  // Each colour scheme and each kind of navigation is judged once; a tablet has both from the others.
  const views = [
    ['a telephone in the dark', true, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
    ['a tablet', false, { viewport: { width: 768, height: 1024 }, colorScheme: 'light' }],
    ['a desktop', true, { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }],
  ] as const;

  it.each(views)('fits, is accessible and breaks no policy on %s', async (_name, judged, options) => {
    const { page, complaints, goto, settled } = await harness.openAs('admin', '/leads', {
      ...options,
      // A pulsing placeholder has no contrast of its own that could be judged.
      reducedMotion: 'reduce',
    });
    for (const [address, heading] of pages) {
      await goto(address.replace('{lead}', lead));
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      await settled();
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(tooWide, `${address} is too wide`).toBeLessThanOrEqual(0);
      if (judged) expect(await accessibilityProblems(page), address).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });

  it('says what is wrong when nothing can be loaded, and loads when tried again', async () => {
    const { page, goto } = await harness.openAs('admin', '/tasks');
    await page.route('**/api/v1/leads?*', (route) => route.abort());
    await goto('/leads');
    await page.getByText('The server can’t be reached. Check your connection and try again.').waitFor();
    await page.unroute('**/api/v1/leads?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'Leads' }).waitFor();
  });

  it('opens the navigation from its button on a narrow screen', async () => {
    const { page } = await harness.openAs('admin', '/leads', { viewport: { width: 360, height: 740 } });
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('heading', { name: 'Roles', level: 1 }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});
