import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import type { Download, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Dashboard } from '../../backend/contracts/dashboards.ts';
import type { Job } from '../../backend/contracts/jobs.ts';
import { type Runtime, startRuntime } from '../../backend/runtime.ts';
import { addSales } from '../analytics/facts.ts';
import { readSheets } from '../exports/read-back.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, type ConsolePage, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'long exports in the browser', 'chromium');

describe.skipIf(!executablePath)('a dashboard exported as a job', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;
  let worker: Runtime | null = null;

  beforeAll(async () => {
    // Jobs wait until a test starts their worker, so that each finds its job under way.
    harness = await startConsole({ SALESPULSE_ROLE: 'web' });
    const { database, company } = harness.server;
    const soldOn = new Date().toISOString().slice(0, 10);
    await addSales(database, [{ soldOn, amount: '1234.56', ownerId: company.users.manager }]);
  });
  afterEach(async () => {
    await worker?.stop();
    worker = null;
  });
  afterAll(() => harness?.close());

  async function startWorker(): Promise<void> {
    const { config, database } = harness.server;
    const logger = pino({ level: 'silent' });
    worker = await startRuntime({ config: { ...config, role: 'worker' }, database, logger });
  }
  const bar = (page: Page) => page.getByRole('progressbar', { name: 'Making the file' });
  const menu = (page: Page) => page.locator('salespulse-filters').getByRole('button', { name: 'Export' });
  const saved = async (file: Download) => readSheets(new Uint8Array(await readFile(await file.path())));

  /** Chooses a format on the page of a dashboard that shows revenue, and waits until it is under way. */
  async function started(): Promise<ConsolePage & { job: Job; dashboard: Dashboard }> {
    const admin = await harness.server.as('admin');
    const panels = [{ id: 'one', title: 'One', kind: 'kpis', width: 12, metrics: ['revenue'] }];
    const { body: dashboard } = await admin.post<Dashboard>('/dashboards', { name: 'Short', panels });
    const opened = await harness.openAs('admin', `/dashboards/${dashboard.id}`);
    const { page } = opened;
    await menu(page).click();
    const [accepted] = await Promise.all([
      page.waitForResponse((answer) => answer.url().endsWith('/analytics/exports')),
      page.getByRole('menuitem', { name: 'Excel' }).click(),
    ]);
    expect(accepted.status()).toBe(202);
    const { job } = (await accepted.json()) as { job: Job };
    await bar(page).waitFor();
    return { ...opened, job, dashboard };
  }

  it('shows its progress, survives a reload and is saved once it is done, by no later page', async () => {
    const { page, complaints } = await started();
    await page.reload();
    await bar(page).waitFor();
    await expectAccessible(page, 'an export under way');
    const download = page.waitForEvent('download');
    await startWorker();
    const sheets = await saved(await download);
    expect(sheets.flatMap(({ rows }) => rows.flat())).toContain(1234.56);
    await page.getByText(/The file is ready: short_/).waitFor();
    await page.reload();
    await menu(page).waitFor();
    expect(await bar(page).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('is waited for on the next dashboard when its page is left', async () => {
    const { page } = await started();
    await page.getByRole('link', { name: 'Explore' }).click();
    await page.locator('salespulse-explore').waitFor();
    await page.getByRole('link', { name: 'Dashboard' }).first().click();
    await bar(page).waitFor();
    const download = page.waitForEvent('download');
    await startWorker();
    expect((await download).suggestedFilename()).toMatch(/^short_.*\.xlsx$/);
  });

  it('ends when it is cancelled, for good', async () => {
    const { page, job } = await started();
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith(`/exports/jobs/${job.id}/cancel`)),
      page.getByRole('button', { name: 'Cancel' }).click(),
    ]);
    expect(answer.status()).toBe(200);
    await bar(page).waitFor({ state: 'detached' });
    const admin = await harness.server.as('admin');
    expect((await admin.get<Job>(`/jobs/${job.id}`)).body.state).toBe('cancelled');
    // The next job ends: the one before it in the queue was not taken up.
    const { page: next } = await started();
    const download = next.waitForEvent('download');
    await startWorker();
    await download;
    expect((await admin.get<Job>(`/jobs/${job.id}`)).body).toMatchObject({ state: 'cancelled', result: null });
    const others = await (await harness.server.as('manager')).post(`/analytics/exports/jobs/${job.id}/cancel`, {});
    expect(others.status).toBe(404);
  });

  it('says in one sentence why it failed', async () => {
    const { page, dashboard } = await started();
    const admin = await harness.server.as('admin');
    await admin.delete(`/dashboards/${dashboard.id}`, { 'If-Match': `"${dashboard.version}"` });
    await startWorker();
    const sentence = page.locator('salespulse-export-menu [role=status] .failed');
    await sentence.waitFor();
    expect(await sentence.textContent()).toMatch(/dashboard.*\./);
    await page.locator('salespulse-export-menu').getByRole('button', { name: 'Export' }).waitFor();
    expect(await bar(page).count()).toBe(0);
  });
});
