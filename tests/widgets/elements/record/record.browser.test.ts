import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlOf, richTextOf } from '../../../../backend/activities/rich-text/tree.ts';
import { attacks } from '../../../activities/xss-corpus.ts';
import { expectAccessible } from '../../../browser/axe.ts';
import { launchChromium } from '../../../support/chromium.ts';
import { type Site, serveBuiltPages } from '../../built-pages.ts';
import { eventually } from '../../look.ts';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([serveBuiltPages(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function openDemo(): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${site.url}/demos/record.html`);
  await page.getByRole('heading', { name: 'Rollout at Brightwater Foods' }).waitFor();
  return { page, complaints };
}

describe('the record panel', () => {
  it('shows the summary, the stages, the next task and what happened', async () => {
    const { page, complaints } = await openDemo();
    const panel = page.locator('salespulse-record').first();
    await panel.getByText('€48,000', { exact: true }).waitFor();
    expect(await panel.getByRole('button', { name: 'Proposal, current stage' }).getAttribute('aria-current')).toBe(
      'step',
    );
    await panel.getByText('Send the revised offer', { exact: true }).waitFor();
    expect(await panel.getByText('Score').count()).toBe(0);
    await panel.getByText('Amount: €36,000 → €48,000').waitFor();
    await panel.getByText('by the rule “Large deals”').waitFor();
    expect(
      await page
        .locator('salespulse-record[data-state=reading]')
        .getByRole('button', { name: 'Anruf festhalten' })
        .count(),
    ).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('logs a call in two clicks, and takes it back with a third', async () => {
    const { page, complaints } = await openDemo();
    const panel = page.locator('salespulse-record').first();
    await panel.getByRole('button', { name: 'Log call' }).click();
    await panel.getByRole('button', { name: 'Left a message' }).click();
    await panel.getByText('Call: Left a message').waitFor();
    await eventually(() => page.locator('#events').textContent()).toContain('"type":"opportunity"');
    await panel.getByRole('button', { name: 'Undo' }).click();
    await panel.getByText('Taken back', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('mentions people by keyboard, and moves stages', async () => {
    const { page, complaints } = await openDemo();
    const panel = page.locator('salespulse-record').first();
    await panel.getByRole('button', { name: 'Note', exact: true }).click();
    const text = panel.getByRole('textbox', { name: 'Text' });
    await text.pressSequentially('Ask @mar');
    await panel.getByRole('option', { name: 'Maria Manager' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('today');
    await eventually(() => text.textContent()).toMatch(/^Ask @Maria Manager\stoday$/);
    await panel.getByRole('button', { name: 'Log', exact: true }).click();
    await panel.getByText('Logged.').waitFor();
    await panel.getByRole('button', { name: 'Move to Negotiation' }).click();
    await panel.getByRole('button', { name: 'Negotiation, current stage' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the forms of the record panel', () => {
  it('add a task with a time, a repeat and reminders', async () => {
    const { page, complaints } = await openDemo();
    const panel = page.locator('salespulse-record').first();
    await panel.getByRole('button', { name: 'Add task' }).click();
    const form = panel.getByRole('form', { name: 'New task' });
    await eventually(() => form.getByLabel('What is to be done').evaluate((input) => input.matches(':focus'))).toBe(
      true,
    );
    await form.getByLabel('What is to be done').fill('Ask for the order');
    await form.getByLabel('an hour before').check();
    await form.getByLabel('How').selectOption('both');
    await form.getByRole('button', { name: 'Add task' }).click();
    await form.getByText('Repeats and reminders need a due day.').waitFor();
    expect(await form.getByLabel('Due', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await form.getByLabel('Due', { exact: true }).fill('2026-12-01');
    await form.getByLabel('Time').fill('14:30');
    await form.getByLabel('Repeat').selectOption('week');
    await form.getByLabel('Until (left out: for good)').fill('2027-01-31');
    const sent = page.evaluate(
      () =>
        new Promise((resolve) => {
          const { session } = document.querySelector('salespulse-record') as unknown as {
            session: { fetch(path: string, init?: RequestInit): Promise<Response> };
          };
          const { fetch } = session;
          session.fetch = (path, init) => {
            if (path.endsWith('/tasks') && init?.method === 'POST') resolve(JSON.parse(String(init.body)));
            return fetch(path, init);
          };
        }),
    );
    await form.getByRole('button', { name: 'Add task' }).click();
    expect(await sent).toMatchObject({
      title: 'Ask for the order',
      dueOn: '2026-12-01',
      dueTime: '14:30',
      repeat: { every: 'week', interval: 1, until: '2027-01-31' },
      reminders: [{ minutesBefore: 60, channel: 'both' }],
    });
    await panel.getByText('The task is added.').waitFor();
    await panel.getByText('Ask for the order', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('convert a lead, asking for what the stage requires', async () => {
    const { page, complaints } = await openDemo();
    const panel = page.locator('salespulse-record[data-state=lead]');
    await panel.getByRole('button', { name: 'Move to Converted' }).click();
    const form = panel.getByRole('form', { name: 'Convert Anna Bergmann' });
    await form.getByText('A new account.').waitFor();
    await form.getByRole('combobox', { name: 'Account' }).fill('Brightwater Foods');
    await form.getByText('There is such an account: it is taken.').waitFor();
    await form.getByRole('button', { name: 'Convert' }).click();
    const question = page.getByRole('dialog', { name: 'Converted asks for more' });
    await question.getByLabel('Source').fill('Fair');
    await question.getByRole('button', { name: 'Move to Converted' }).click();
    await panel.getByRole('button', { name: 'Converted', exact: true }).waitFor();
    await panel.getByText('Converted.', { exact: true }).waitFor();
    expect(await panel.getByRole('button', { name: 'Convert', exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('set links, to web pages and mail addresses only', async () => {
    const { page, complaints } = await openDemo();
    const panel = page.locator('salespulse-record').first();
    await panel.getByRole('button', { name: 'Note', exact: true }).click();
    const text = panel.getByRole('textbox', { name: 'Text' });
    const address = panel.getByRole('textbox', { name: 'Address of the link' });
    await text.pressSequentially('See the terms');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await page.keyboard.press('Control+k');
    await address.fill('javascript:alert(1)');
    await page.keyboard.press('Enter');
    await panel.getByText('A link begins with https://, http:// or mailto:.').waitFor();
    expect(await text.locator('a').count()).toBe(0);
    await address.fill('example.com/terms');
    await page.keyboard.press('Enter');
    await eventually(() => text.locator('a').getAttribute('href')).toBe('https://example.com/terms');
    expect(await text.locator('a').textContent()).toBe('terms');
    await page.keyboard.type(' today, or ask ');
    await panel.getByRole('button', { name: 'Link', exact: true }).click();
    await address.fill('sales@example.com');
    await panel.getByRole('button', { name: 'Set link' }).click();
    await eventually(() => text.locator('a').nth(1).getAttribute('href')).toBe('mailto:sales@example.com');
    expect(await text.textContent()).toMatch(/^See the terms\stoday, or ask\ssales@example\.com$/);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    expect(await address.count()).toBe(0);
    await eventually(() => text.evaluate((box) => box.matches(':focus'))).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('keep what is being typed while others change the record', async () => {
    const { page, complaints } = await openDemo();
    const panel = page.locator('salespulse-record').first();
    await panel.getByRole('button', { name: 'Note', exact: true }).click();
    const text = panel.getByRole('textbox', { name: 'Text' });
    await text.pressSequentially('Half a sen');
    await page.evaluate(() => document.querySelector<HTMLButtonElement>('#colleague')?.click());
    await panel.getByText('A colleague called them').waitFor();
    await page.keyboard.type('tence');
    expect(await text.textContent()).toBe('Half a sentence');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('are fit for screen readers and narrow screens, light and dark', async () => {
    const { page } = await openDemo();
    const panel = page.locator('salespulse-record').first();
    await panel.getByRole('button', { name: 'Add task' }).click();
    await panel.getByLabel('an hour before').check();
    await panel.getByRole('button', { name: 'Note', exact: true }).click();
    await panel.getByRole('button', { name: 'Link', exact: true }).click();
    await page
      .locator('salespulse-record[data-state=lead]')
      .getByRole('button', { name: 'Convert', exact: true })
      .click();
    await page.getByRole('form', { name: 'Convert Anna Bergmann' }).waitFor();
    await expectAccessible(page, 'record panel');
    await page.close();
  });
});

describe('rich text in a browser', () => {
  it('runs nothing and loads nothing, whatever was sent, even where it is put in as HTML', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.evaluate(() => {
      const told = window as unknown as { ran: string[] };
      told.ran = [];
      for (const name of ['alert', 'confirm', 'prompt'] as const)
        window[name] = () => void told.ran.push(name) as never;
    });
    const left = await page.evaluate(
      async (texts) => {
        const strange: string[] = [];
        for (const text of texts) {
          const box = document.createElement('div');
          document.body.append(box);
          box.innerHTML = text;
          for (const element of box.querySelectorAll('*')) {
            if (!/^(P|BR|H3|UL|OL|LI|BLOCKQUOTE|PRE|CODE|STRONG|EM|U|S|A|SPAN)$/.test(element.tagName))
              strange.push(text);
            for (const { name } of element.attributes) if (!/^(href|rel|data-mention)$/.test(name)) strange.push(text);
            if (element instanceof HTMLAnchorElement && !/^(https?|mailto|tel):$/.test(element.protocol))
              strange.push(text);
          }
          for (const link of box.querySelectorAll<HTMLElement>('*'))
            link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
          box.remove();
        }
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return { strange, ran: (window as unknown as { ran: string[] }).ran };
      },
      attacks.map((attack) => htmlOf(richTextOf(attack), new Map())),
    );
    expect(left).toEqual({ strange: [], ran: [] });
    expect(asked).toEqual([]);
    await page.close();
  });
});
