/**
 * How long a dashboard takes: `node tests/bench/dashboard.bench.ts`, needs Chromium. The demo company (15,000 sales) on
 * embedded PGlite, the executive dashboard of eight panels, each time in a browser that has nothing in its cache. From
 * the beginning of the navigation until every panel shows its figures; and how many requests the data took.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { median, report } from './report.ts';

const ROUNDS = 10;
const START_MS = 180_000;
const LOGIN = { email: 'admin@example.com', password: 'salespulse-demo' };

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The demo as anybody starts it. */
async function startDemo(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'salespulse-bench-'));
  const [port, intranetPort] = [await freePort(), await freePort()];
  const env = { ...process.env, PORT: `${port}`, DEMO_INTRANET_PORT: `${intranetPort}`, DATA_DIR: folder };
  const demo = spawn(process.execPath, ['backend/cli/demo.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => demo.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The demo did not start.')), START_MS);
    let said = '';
    demo.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes('SalesPulse is running')) return;
      clearTimeout(timer);
      resolve();
    });
    demo.once('exit', () => reject(new Error('The demo ended.')));
  });
  return {
    url: `http://localhost:${port}`,
    async stop() {
      demo.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Milliseconds since the navigation began, once all panels show figures; null before. */
function shownSince(): number | null {
  const dashboard = document.querySelector('salespulse-dashboard')?.shadowRoot;
  const panels = [...(dashboard?.querySelectorAll('section.panel > :not(h2)') ?? [])];
  const isShown = ({ shadowRoot }: Element) =>
    shadowRoot?.querySelector('[part=tile], canvas, table, [part=waterfall]') &&
    !shadowRoot.querySelector('[aria-busy=true], .skeleton');
  return panels.length === 8 && panels.every(isShown) ? performance.now() : null;
}

interface Round {
  ms: number;
  requests: number;
}

async function visit(page: Page, url: string): Promise<Round> {
  let requests = 0;
  page.on('request', (request) => {
    if (/^\/api\/v1\/(analytics|dashboards)\b/.test(new URL(request.url()).pathname)) requests += 1;
  });
  await page.goto(url, { waitUntil: 'commit' });
  const ms = await page.waitForFunction(shownSince, undefined, { timeout: 30_000 });
  return { ms: (await ms.jsonValue()) ?? Number.NaN, requests };
}

/** A context of its own has an empty cache. All panels are on the screen, so that none waits for being scrolled to. */
async function round(browser: Browser, url: string): Promise<Round> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 2800 } });
  const signedIn = await context.request.post(`${url}/api/v1/auth/login`, {
    data: LOGIN,
    headers: { 'X-SalesPulse-Request': '1' },
  });
  if (!signedIn.ok()) throw new Error(`Signing in answered ${signedIn.status()}.`);
  const result = await visit(await context.newPage(), url);
  await context.close();
  return result;
}

const demo = await startDemo();
const browser = await launchChromium();
const rounds: Round[] = [];
// The first warms the server, not the browser.
await round(browser, demo.url);
for (let at = 0; at < ROUNDS; at += 1) rounds.push(await round(browser, demo.url));
await browser.close();
await demo.stop();
const times = rounds.map(({ ms }) => ms);
await report('dashboard', [
  {
    name: 'eight panels show their figures, cold browser cache, median of 10, s',
    value: median(times) / 1000,
    bound: 1.5,
    better: 'atMost',
    note: `from ${(Math.min(...times) / 1000).toFixed(2)} to ${(Math.max(...times) / 1000).toFixed(2)}`,
  },
  {
    name: 'requests for data, at most',
    value: Math.max(...rounds.map(({ requests }) => requests)),
    bound: 6,
    better: 'atMost',
  },
]);
