import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryRoutes, routes } from '../../widgets/console/shell/routes.ts';
import { launchChromium } from '../support/chromium.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import type { Build } from '../support/shared-build.ts';
import { buildPages } from '../widgets/built-pages.ts';
import { watchTraffic } from './settled.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'the policies of the pages in the browser', 'chromium');

/** Addresses without an id; what needs one has a sample. */
const plainOf = (pages: readonly { path: string }[]) =>
  pages.map(({ path }) => path).filter((path) => !path.includes(':'));
const openPages = ['/', ...plainOf(entryRoutes), '/nothing.png'];
const consolePages = [...plainOf(routes), '/leads/{lead}', '/nowhere'];

describe.skipIf(!executablePath)('every page under its policy', { timeout: 180_000 }, () => {
  let pages: Build;
  let server: TestServer;
  let browser: Browser;
  let lead = '';

  beforeAll(async () => {
    pages = await buildPages();
    server = await startTestServer({}, { pagesFolder: `${pages.folder}/` });
    const admin = await server.as('admin');
    lead = (await admin.post<{ id: string }>('/leads', { name: 'Somebody', email: 'somebody@example.com' })).body.id;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await pages?.release();
  });

  /** A browser that notes what policies refuse and what throws. */
  async function watching(): Promise<{
    context: BrowserContext;
    page: Page;
    complaints: string[];
    settled(): Promise<void>;
  }> {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const complaints: string[] = [];
    await context.exposeFunction('complain', (text: string) => complaints.push(text));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample, sourceFile }) => {
        const { complain } = globalThis as unknown as { complain(text: string): void };
        complain([location.pathname, violatedDirective, blockedURI, sample, sourceFile].join(' '));
      });
    });
    const page = await context.newPage();
    const settled = watchTraffic(page);
    page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.message}`));
    page.on('console', (message) => {
      if (/content security policy|trusted ?type|permissions.policy/i.test(message.text())) {
        complaints.push(`${page.url()} ${message.text()}`);
      }
    });
    return { context, page, complaints, settled };
  }

  it.each(openPages)('%s has the headers, and nothing on it breaks them', async (address) => {
    const { context, page, complaints, settled } = await watching();
    const answer = await page.goto(server.url + address);
    await settled();
    const headers = answer?.headers() ?? {};
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none';script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script';trusted-types lit-html");
    expect(policy).not.toMatch(/unsafe|\*|allow-duplicates/);
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('refuses text as HTML and scripts by made-up addresses, and would be noticed', async () => {
    const { context, page, complaints } = await watching();
    await page.goto(`${server.url}/`);
    const outcomes = await page.evaluate(() => {
      const attempts: (() => unknown)[] = [
        () => Object.assign(document.createElement('div'), { innerHTML: '<img>' }),
        () => Object.assign(document.createElement('script'), { src: '/embed.js' }),
        () =>
          (
            globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
          ).trustedTypes.createPolicy('mine', {}),
      ];
      return attempts.map((attempt) => {
        try {
          attempt();
          return 'went through';
        } catch {
          return 'refused';
        }
      });
    });
    expect(outcomes).toEqual(['refused', 'refused', 'refused']);
    await expect.poll(() => complaints.length).toBeGreaterThanOrEqual(3);
    await context.close();
  });

  it('no page of the console breaks it', async () => {
    const { context, page, complaints, settled } = await watching();
    await page.goto(`${server.url}/`);
    await page.getByLabel('E-mail address').fill('admin@example.com');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('banner').waitFor();
    for (const address of consolePages) {
      await page.goto(server.url + address.replace('{lead}', lead));
      await page.getByRole('banner').waitFor();
      await settled();
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each(['/demos/kpis.html', '/demos/kanban.html', '/demos/chart.html'])('the demo %s does not', async (address) => {
    const { context, page, complaints, settled } = await watching();
    await page.goto(server.url + address);
    await settled();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each(['/api/docs', '/docs.html'])(
    'the reference of the API at %s does not, read and leafed through',
    async (address) => {
      const { context, page, complaints, settled } = await watching();
      const answer = await page.goto(server.url + address);
      expect(answer?.headers()['content-security-policy']).toContain('trusted-types lit-html');
      await settled();
      await page.getByText('/api/v1/leads/{id}/convert').first().click();
      await page.locator('schema-table').first().waitFor();
      const tabs = page.locator('.tab-btn:visible');
      for (let index = 0; index < (await tabs.count()); index++) await tabs.nth(index).click();
      await settled();
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  it('answers that are no pages do nothing when opened', async () => {
    for (const path of ['//api/v1/me', '//api/openapi.json', '//api/v1/nothing']) {
      const { headers } = await server.anonymous.get(path);
      expect([path, headers.get('content-security-policy')]).toEqual([
        path,
        "default-src 'none'; frame-ancestors 'none'",
      ]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
