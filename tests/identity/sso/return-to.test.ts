import { expect, it } from 'vitest';
import { returnAddress } from '../../../backend/identity/sso/return-to.ts';
import { fc } from '../../support/fast-check.ts';

it('keeps path, query and fragment of the console', () => {
  for (const own of ['/', '/leads', '/leads/1?tab=history&x=%2F%2Fy#top', '/a/../b//c', '/caf%C3%A9', '/apis']) {
    const { pathname, search, hash } = new URL(own, 'https://sales.example.com');
    expect(returnAddress(own)).toBe(`${pathname}${search}${hash}`);
  }
});

it('never leads to another host, whatever is asked for', () => {
  const pieces = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '//',
    '@',
    ':',
    '?',
    '#',
    '%2f',
    '%5c',
    '\t',
    '\n',
    ' ',
    'evil.example',
    'http:',
    'é',
    '\u3002',
  );
  const wanted = fc.oneof(
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.webUrl(),
    fc.string(),
  );
  fc.assert(
    fc.property(wanted, (text) => {
      const address = returnAddress(text);
      const landed = new URL(address, 'https://sales.example.com');
      expect(landed.origin).toBe('https://sales.example.com');
      expect(address).toMatch(/^\/(?![/\\])/);
      expect(landed.pathname).not.toMatch(/^\/api(\/|$)/i);
    }),
    { numRuns: 500 },
  );
});
