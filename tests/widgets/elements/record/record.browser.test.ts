import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlOf, richTextOf } from '../../../../backend/activities/rich-text/tree.ts';
import { attacks } from '../../../activities/xss-corpus.ts';
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
