/** What a mail says, once; text and HTML are made of it. Plain text throughout: nothing in it is markup. */
export interface MailContent {
  subject: string;
  /** the name it greets with */
  name: string;
  /** before the button */
  paragraphs: readonly string[];
  /** the one thing to do */
  action?: { label: string; url: string };
  /** after the button */
  notes: readonly string[];
  /** the text is all there is: no greeting and no signature of ours */
  isLetter?: boolean;
}

export const PRODUCT = 'SalesPulse';

/** One line of at most 200 characters, whatever was put into it: a line break in a subject would start another header. */
export const subjectLine = (subject: string): string =>
  subject
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 200);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

const greeting = (name: string): string => `Hello ${name},`;
const signature = (publicUrl: string): string => `${PRODUCT}, ${publicUrl}`;

/** The mail for readers that show text. */
export function renderText({ name, paragraphs, action, notes, isLetter }: MailContent, publicUrl: string): string {
  if (isLetter) return `${paragraphs.join('\n\n')}\n`;
  const blocks = [
    greeting(name),
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...notes,
    `-- \n${signature(publicUrl)}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

// Mail readers know no style sheets worth the name: styles stand at the elements, colours are set in pairs.
const BODY =
  'margin:0;padding:24px;background:#f4f5f7;color:#1d2433;font:16px/1.5 -apple-system,Segoe UI,Roboto,Arial,sans-serif';
const CARD = 'max-width:560px;margin:0 auto;padding:32px;background:#ffffff;color:#1d2433;border-radius:8px';
const BUTTON =
  'display:inline-block;padding:12px 20px;background:#1f4fd8;color:#ffffff;border-radius:6px;text-decoration:none;font-weight:600';
const SMALL = 'margin:16px 0 0;font-size:14px;color:#4a5468;overflow-wrap:anywhere';

/** The same for readers that show HTML: no images, nothing loaded from anywhere, the link as text too. */
export function renderHtml(content: MailContent, publicUrl: string): string {
  const { subject, name, paragraphs, action, notes, isLetter } = content;
  const paragraph = (text: string) => `<p style="margin:16px 0 0">${escaped(text).replaceAll('\n', '<br>')}</p>`;
  const button = action
    ? [
        `<p style="margin:24px 0 0"><a href="${escaped(action.url)}" style="${BUTTON}">${escaped(action.label)}</a></p>`,
        `<p style="${SMALL}">If the button does not work, open this address: ${escaped(action.url)}</p>`,
      ]
    : [];
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    `<body style="${BODY}"><div style="${CARD}">`,
    ...(isLetter ? [] : [`<p style="margin:0">${escaped(greeting(name))}</p>`]),
    ...paragraphs.map(paragraph),
    ...button,
    ...notes.map((text) => `<p style="${SMALL}">${escaped(text)}</p>`),
    ...(isLetter ? [] : [`<p style="${SMALL}">${escaped(signature(publicUrl))}</p>`]),
    '</div></body></html>',
  ].join('\n');
}
