import { describe, expect, it } from 'vitest';
import { linkAddress } from '../../../../widgets/elements/record/rich-text/link.ts';

describe('the address of a link', () => {
  it.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    [' HTTP://example.com ', 'HTTP://example.com'],
    ['mailto:anna@example.com', 'mailto:anna@example.com'],
    ['anna@example.com', 'mailto:anna@example.com'],
    ['example.com/terms', 'https://example.com/terms'],
    ['bücher.example:8080', 'https://bücher.example:8080'],
  ])('%s leads to %s', (text, address) => expect(linkAddress(text)).toBe(address));

  it.each(['', 'javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd'])(
    '%s leads nowhere',
    (text) => expect(linkAddress(text)).toBeNull(),
  );
  it.each(['tel:+4930', '/relative', 'just words', 'https://', '//example.com', 'java\nscript:alert(1)'])(
    '%j leads nowhere either',
    (text) => expect(linkAddress(text)).toBeNull(),
  );
});
