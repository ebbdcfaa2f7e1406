import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import { type Host, registerHost } from '../embed/host.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import type { Build } from '../support/shared-build.ts';
import { buildPages, type Site, serveSite } from './built-pages.ts';
import { chromiumArgs, eventually, text } from './look.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'the embed script in a page of another origin', 'chromium');

describe.skipIf(!executablePath)('the embed script in a page of another origin', () => {
  let pages: Build;
  let server: TestServer;
  let host: Host;
  let site: Site;
  let browser: Browser;
  let isSignedIn = true;

  /** The host's pages: plain HTML, one script tag, and a back end that signs its visitor in. */
  async function find(path: string) {
    if (path === '/session') {
      if (!isSignedIn) return { type: 'application/json', body: '{}', status: 401 };
      const opened = await host.open(await host.assert({ origin: site.url }));
      return { type: 'application/json', body: JSON.stringify({ clientSecret: opened.body.clientSecret }) };
    }
    if (path === '/init.js')
      return {
        type: 'text/javascript',
        body: `SalesPulse.init({ locale: 'de', fetchClientSecret: async () => {
          const answer = await fetch('/session', { method: 'POST' });
          if (!answer.ok) throw new Error('signed out');
          return (await answer.json()).clientSecret;
        } });`,
      };
    const script = (query = '') => `<script type="module" src="${server.url}/embed.js${query}"></script>`;
    const pages: Record<string, string> = {
      '/': `${script()}<script type="module" src="/init.js"></script>
        <salespulse-kpis></salespulse-kpis><salespulse-kpis metrics="winRate"></salespulse-kpis>`,
      '/twice': `${script()}${script('?other')}<script type="module" src="/init.js"></script>
        <salespulse-kpis></salespulse-kpis><salespulse-kpis metrics="winRate"></salespulse-kpis>`,
      '/attributes': `${script()}<salespulse-kpis session-url="/session" locale="de"></salespulse-kpis>
        <salespulse-kpis session-url="/session" locale="de" metrics="winRate"></salespulse-kpis>`,
      '/chart': `${script()}<script type="module" src="/init.js"></script><salespulse-chart></salespulse-chart>`,
    };
    const body = pages[path];
    return body ? { type: 'text/html', body: `<!doctype html><title>Intranet</title>${body}` } : null;
  }

  interface Visit {
    page: Page;
    requests: string[];
    complaints: string[];
  }
  async function visit(path: string): Promise<Visit> {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'OPTIONS') requests.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    page.on('console', (message) => {
      if (/content security policy|trusted ?type/i.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(site.url + path);
    return { page, requests, complaints };
  }
  const count = (requests: string[], path: string) => requests.filter((request) => request.endsWith(path)).length;
  const tiles = (page: Page) => page.locator('salespulse-kpis').getByRole('listitem').count();

  beforeAll(async () => {
    pages = await buildPages();
    server = await startTestServer({}, { pagesFolder: `${pages.folder}/` });
    host = await registerHost(server);
    const self = `'self' ${server.url}`;
    // As strict as a host can be: Trusted Types are on, and Lit's is the only policy it lets through.
    const types = "require-trusted-types-for 'script'; trusted-types lit-html";
    const policy = `default-src 'none'; script-src ${self}; connect-src ${self}; style-src 'self'; ${types}`;
    site = await serveSite(policy, find);
    await server.database.sql.rows(sql`
      update embed_client set allowed_origins = ${[site.url]}::text[] where id = ${host.client.id}::uuid`);
    browser = await chromium.launch({ executablePath: executablePath as string, args: chromiumArgs });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await server?.close();
    await pages?.release();
  });

  it.each(['/', '/twice', '/attributes'])('%s shows key figures by one session for the page', async (path) => {
    const { page, requests, complaints } = await visit(path);
    await eventually(() => tiles(page)).toBe(7);
    expect(await text(page.locator('salespulse-kpis').first())).toContain('Umsatz');
    expect([count(requests, '/session'), count(requests, '/embed/token'), count(requests, '/kpis')]).toEqual([1, 1, 2]);
    expect(requests.filter((request) => /chart/.test(request))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual([
      '',
      0,
      0,
    ]);
  });

  it('loads the chart with its own chunk, from the server of the script', async () => {
    const { page, requests, complaints } = await visit('/chart');
    await page.locator('salespulse-chart [part=empty], salespulse-chart canvas').first().waitFor();
    expect(requests.filter((request) => /\/assets\/chart-view-[\w-]+\.js$/.test(request))).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('keeps what is on screen when the session ends, says so once, and starts again when asked to', async () => {
    const { page, requests } = await visit('/');
    await eventually(() => tiles(page)).toBe(7);
    await page.evaluate(() => {
      const heard = { ended: 0 };
      Object.assign(globalThis, { heard });
      document.querySelector('salespulse-kpis')?.addEventListener('salespulse-session-ended', () => {
        heard.ended += 1;
      });
    });
    await server.database.sql.rows(sql`update embed_session set revoked_at = now()`);
    isSignedIn = false;
    requests.length = 0;
    const refresh = () =>
      page.evaluate(async () => {
        await Promise.all([...document.querySelectorAll('salespulse-kpis')].map((element) => element.refresh()));
        return (globalThis as unknown as { heard: { ended: number } }).heard.ended;
      });
    // A revoked session may still be served for a few seconds.
    await eventually(refresh).toBe(1);
    expect(count(requests, '/session')).toBe(1);
    expect(await tiles(page)).toBe(7);
    expect(await text(page.locator('salespulse-kpis').first().getByRole('status'))).toContain('Sitzung ist beendet');
    isSignedIn = true;
    await page.getByRole('button', { name: 'Erneut versuchen' }).first().click();
    await eventually(() => page.locator('salespulse-kpis').first().getByRole('status').count()).toBe(0);
  });
});
