import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium of its own. */
export const launch = (executablePath: string, extra: string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath, args: [...args, ...extra] });

/** What a test looks at on the board. */
export interface BoardPage {
  readonly page: Page;
  /** Errors of the page: uncaught, or reported by the content security policy. */
  readonly complaints: string[];
  readonly column: (name: string) => Locator;
  readonly card: (title: string) => Locator;
  /** Titles from top to bottom of what is drawn of a column. */
  titles(column: string): Promise<string[]>;
  /** The count in a column's header. */
  count(column: string): Promise<number>;
}

/** Opens the demo page and waits for its board. */
export async function openBoard(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<BoardPage> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  await page.locator('salespulse-kanban .column').first().waitFor();
  const column = (name: string) =>
    page.locator('salespulse-kanban .column').filter({ has: page.getByRole('heading', { name, exact: false }) });
  return {
    page,
    complaints,
    column,
    card: (title) => page.locator('salespulse-kanban .board [data-card]').filter({ hasText: title }),
    async titles(name) {
      const cards = column(name).locator('[data-card]');
      const rows = await cards.evaluateAll((items) =>
        items.map((item) => ({
          top: item.getBoundingClientRect().top,
          title: item.querySelector('.open')?.textContent ?? '',
        })),
      );
      return rows.sort((a, b) => a.top - b.top).map((row) => row.title);
    },
    count: async (name) =>
      Number((await column(name).locator('.count > [aria-hidden]').textContent())?.replace(',', '')),
  };
}

/** The middle of an element, in page px. */
export async function centreOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('not on screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
