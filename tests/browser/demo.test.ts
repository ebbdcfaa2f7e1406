import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KpiResponse } from '../../backend/contracts/analytics.ts';
import type { Page as ListPage } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import { launchChromium } from '../support/chromium.ts';
import { signIn } from '../support/client.ts';
import { freePort } from '../support/ports.ts';
import { findChromium, reportMissing } from '../support/programs.ts';

const root = path.join(import.meta.dirname, '../..');
const hasChromium = findChromium() !== null;
if (!hasChromium) reportMissing('chromium', 'the demo in a browser', 'chromium');

interface Demo {
  output: string;
  stop(): Promise<void>;
}

/** `npm run demo` as a person starts it, up to its last line. */
async function startDemo(environment: Record<string, string>, ...args: string[]): Promise<Demo> {
  const child: ChildProcess = spawn(process.execPath, ['backend/cli/demo.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
  });
  let output = '';
  child.stderr?.on('data', (data) => {
    output += data;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (data) => {
      output += data;
      if (output.includes('Stop with Ctrl+C')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the demo ended with code ${code}:\n${output}`)));
  });
  return {
    output,
    async stop() {
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      expect(code).toBe(0);
    },
  };
}

describe.skipIf(!hasChromium)('npm run demo', () => {
  let folder: string;
  let environment: Record<string, string>;
  let url: string;
  let intranetUrl: string;
  let demo: Demo;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'salespulse-demo-'));
    const [port, intranetPort] = [await freePort(), await freePort()];
    environment = { DATA_DIR: folder, PORT: String(port), DEMO_INTRANET_PORT: String(intranetPort) };
    url = `http://localhost:${port}`;
    intranetUrl = `http://localhost:${intranetPort}`;
    demo = await startDemo(environment);
    browser = await launchChromium();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const countLeads = async (login: string) => {
    const client = await signIn(url, `${login}@example.com`, 'salespulse-demo');
    return (await client.get<ListPage<Lead>>('/leads?count=true&limit=1')).body.total;
  };

  it('prints the three addresses and the four logins', () => {
    for (const text of [url, intranetUrl, `${url}/api/docs`]) expect(demo.output).toContain(text);
    for (const login of ['admin', 'manager', 'rep', 'viewer']) expect(demo.output).toContain(`${login}@example.com`);
  });

  it('lets each of them in, to what their role sees', async () => {
    const counts = [
      await countLeads('admin'),
      await countLeads('manager'),
      await countLeads('rep'),
      await countLeads('viewer'),
    ];
    const [admin = 0, manager = 0, rep = 0, viewer = 0] = counts;
    expect([admin, viewer]).toEqual([5000, 5000]);
    expect(manager).toBeLessThan(admin);
    expect(rep).toBeLessThan(manager);
    expect(rep).toBeGreaterThan(0);
    const client = await signIn(url, 'rep@example.com', 'salespulse-demo');
    const today = new Date().toISOString().slice(0, 10);
    const { body } = await client.get<KpiResponse>(
      `/analytics/kpis?from=${today.slice(0, 8)}01&to=${today}&metrics=revenue`,
    );
    expect(Number(body.items[0]?.value)).toBeGreaterThan(0);
  });

  it('shows the dashboard in the console', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByLabel('E-mail address').fill('viewer@example.com');
    await page.getByLabel('Password').fill('salespulse-demo');
    await page.keyboard.press('Enter');
    await page.locator('salespulse-chart canvas').nth(1).waitFor();
    await page.getByText('Revenue', { exact: true }).first().waitFor();
    // The picture of the README: made here, so that it shows what people get. UPDATE_IMAGES=1 renews it.
    if (process.env.UPDATE_IMAGES === '1') {
      await page.waitForLoadState('networkidle');
      await mkdir(path.join(root, 'docs/images'), { recursive: true });
      await page.screenshot({ path: path.join(root, 'docs/images/dashboard.png'), animations: 'disabled' });
    }
    await context.close();
  });

  it('moves a card on the intranet page of another origin, without a cookie of ours', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    await page.goto(intranetUrl);
    const board = page.locator('salespulse-kanban');
    const card = board.locator('.board [data-card] button').first();
    await card.waitFor();
    const moved = page.evaluate(
      () =>
        new Promise<{ id: string; from: string; to: string; entity: string }>((resolve) => {
          document.addEventListener('salespulse-card-moved', (event) => resolve((event as CustomEvent).detail), {
            once: true,
          });
        }),
    );
    await card.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    const { id, to, from, entity } = await moved;
    expect(to).not.toBe(from);
    const rep = await signIn(url, 'rep@example.com', 'salespulse-demo');
    const path = entity === 'lead' ? 'leads' : 'opportunities';
    expect((await rep.get<Lead>(`/${path}/${id}`)).body.stage.id).toBe(to);
    expect((await context.cookies(url)).filter(({ name }) => name.includes('session'))).toEqual([]);
    await context.close();
  });

  it('opens what a figure on the intranet page is made of, and a record of it; a month narrows the figures', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(intranetUrl);
    await page.getByRole('button', { name: 'Revenue', exact: true }).first().click();
    const drill = page.locator('salespulse-drill');
    await drill.getByRole('button', { name: 'Category' }).waitFor();
    await drill.getByRole('region', { name: 'Records behind it' }).getByRole('button').first().click();
    const record = page.locator('salespulse-record-dialog');
    await record.getByRole('heading').first().waitFor();
    await record.getByRole('button', { name: 'Log call' }).waitFor();
    await page.keyboard.press('Escape');
    await record.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await drill.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Show as table' }).click();
    const month = page.locator('salespulse-chart').getByRole('row').nth(1).getByRole('button').first();
    const name = (await month.textContent()) ?? '';
    await month.click();
    await page.getByRole('button', { name: `Only ${name.trim()}` }).click();
    const back = page.getByRole('button', { name: `Only ${name.trim()}. Show the quarter again` });
    await back.click();
    await back.waitFor({ state: 'hidden' });
    await context.close();
  });

  it('finds its data again at the second start, and starts over when told to', async () => {
    await demo.stop();
    demo = await startDemo(environment);
    expect(demo.output).not.toContain('Demo company loaded');
    const rep = await signIn(url, 'rep@example.com', 'salespulse-demo');
    await rep.post('/leads', { name: 'Only in this demo' });
    expect(await countLeads('admin')).toBe(5001);
    await demo.stop();
    demo = await startDemo(environment, '--reset');
    expect(demo.output).toContain('Demo company loaded');
    expect(await countLeads('admin')).toBe(5000);
  }, 240_000);
});
