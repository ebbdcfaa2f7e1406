import { describe, expect, it } from 'vitest';
import { renderHtml, renderText, subjectLine } from '../../../backend/notify/mail/content.ts';
import { contentOf, type MailMessage } from '../../../backend/notify/mail/templates.ts';

const URL = 'https://sales.example.com';
const link = `${URL}/reset#token=abc`;
const messages: MailMessage[] = [
  { kind: 'verify-email', link },
  { kind: 'already-registered' },
  { kind: 'reset-password', link },
  { kind: 'reset-not-possible', providers: ['Corp & Co', 'Other'] },
  { kind: 'reset-not-possible', providers: [] },
  { kind: 'password-changed' },
  { kind: 'password-reset-forced', link, askedBy: 'Ada Admin' },
  { kind: 'invitation', link, invitedBy: 'Ada Admin' },
  { kind: 'invitation', link, invitedBy: null },
  { kind: 'mfa-changed', change: 'totp-added' },
  { kind: 'test' },
];

/** What a reader of the HTML sees, without markup. */
const seen = (html: string) =>
  html
    .replace(/^[\s\S]*<body/, '<body')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

describe.each(messages)('$kind', (message) => {
  const content = contentOf(message, 'Zoë', URL);
  const text = renderText(content, URL);
  const html = renderHtml(content, URL);

  it('says the same in text and HTML', () => {
    for (const part of [...content.paragraphs, ...content.notes, content.action?.label ?? '', 'Hello Zoë,']) {
      expect(text).toContain(part);
      expect(seen(html)).toContain(part);
    }
  });

  it('names the product, and its link in both parts to read and to press', () => {
    expect(text).toContain('SalesPulse');
    if (!content.action) return;
    expect(text).toContain(content.action.url);
    expect(seen(html)).toContain(content.action.url);
    expect(html).toContain(`href="${content.action.url}"`);
  });

  it('loads nothing from anywhere', () => {
    expect(html).not.toMatch(/<(img|link|script|iframe|style|object)|src=|url\(|@import/i);
  });
});

it('shows a name as it is, never as markup', () => {
  const name = `<img src=x onerror="alert('1')"> & Co`;
  const content = contentOf({ kind: 'invitation', link, invitedBy: '<b>Eve</b>' }, name, URL);
  const html = renderHtml(content, URL);
  expect(html).not.toMatch(/<img|<b>/);
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; Co');
  expect(renderText(content, URL)).toContain(name);
});

it('keeps a subject in one line', () => {
  expect(subjectLine('Hello\r\nBcc: victim@example.com\u2028x')).toBe('Hello Bcc: victim@example.com x');
  expect(subjectLine('x'.repeat(500))).toHaveLength(200);
});
