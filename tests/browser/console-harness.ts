import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { launchChromium } from '../support/chromium.ts';
import { PASSWORD, type PersonKey, people } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type Build, sharedBuild } from '../support/shared-build.ts';
import { watchTraffic } from './settled.ts';

/** The console as production builds it, served by a real server, and a browser to look at it. */
export interface ConsoleHarness {
  readonly server: TestServer;
  /** Opens an address without anybody signed in. */
  open(address: string, options?: BrowserContextOptions): Promise<ConsolePage>;
  /** Opens an address with somebody signed in. */
  openAs(person: PersonKey, address: string, options?: BrowserContextOptions): Promise<ConsolePage>;
  close(): Promise<void>;
}

export interface ConsolePage {
  readonly page: Page;
  /** Uncaught errors and what the content security policy refused. */
  readonly complaints: string[];
  signIn(person: PersonKey, password?: string): Promise<void>;
  goto(address: string): Promise<void>;
  /** Everything that the page asked for is answered. */
  settled(): Promise<void>;
}

/** Builds the console into a folder of its own, so that the tests see the sources as they are. */
function buildConsole(): Promise<Build> {
  const root = path.join(import.meta.dirname, '../../widgets/console');
  return sharedBuild('console', (folder) =>
    build({
      configFile: false,
      root,
      logLevel: 'error',
      publicDir: false,
      build: { outDir: folder, emptyOutDir: true, target: 'es2023', modulePreload: false, minify: false },
    }),
  );
}

export async function startConsole(environment: NodeJS.ProcessEnv = {}): Promise<ConsoleHarness> {
  const { folder, release } = await buildConsole();
  const server = await startTestServer(environment, { pagesFolder: `${folder}/` });
  const browser: Browser = await launchChromium();

  async function open(address: string, options: BrowserContextOptions = {}): Promise<ConsolePage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const settled = watchTraffic(page);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/content security policy|trusted type/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(server.url + address);
    return {
      page,
      complaints,
      settled,
      async signIn(person, password = PASSWORD) {
        await page.getByLabel('E-mail address').fill(people[person].email);
        await page.getByLabel('Password').fill(password);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      },
      async goto(next) {
        await page.goto(server.url + next);
      },
    };
  }

  return {
    server,
    open,
    async openAs(person, address, options) {
      const opened = await open(address, options);
      await opened.signIn(person);
      await opened.page.getByRole('banner').waitFor();
      return opened;
    },
    async close() {
      await browser.close();
      await server.close();
      await release();
    },
  };
}
