import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress } from '../../backend/identity/request-origin.ts';
import { clearedSessionCookie, readSessionCookie, sessionCookie } from '../../backend/identity/session-cookie.ts';

const request = (headers: Record<string, string>): IncomingMessage =>
  ({ headers, socket: { remoteAddress: '10.0.0.1' } }) as unknown as IncomingMessage;

it('is bound to the host over TLS', () => {
  const cookie = sessionCookie({ publicUrl: 'https://sales.example.com' }, 'abc', 60);
  expect(cookie).toMatch(/^__Host-salespulse_session=abc; /);
  expect(cookie.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Max-Age=60', 'Path=/', 'SameSite=Lax', 'Secure']);
});

it('has a plain name on http, where browsers refuse the prefix', () => {
  const cookie = sessionCookie({ publicUrl: 'http://localhost:5000' }, 'abc', 60);
  expect(cookie).toMatch(/^salespulse_session=abc; /);
  expect(cookie).not.toContain('Secure');
});

it('is taken back with the attributes it was set with', () => {
  expect(clearedSessionCookie({ publicUrl: 'https://sales.example.com' })).toBe(
    '__Host-salespulse_session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
  );
});

it('does not accept the plain name over TLS', () => {
  const req = request({ cookie: 'salespulse_session=planted; other=1' });
  expect(readSessionCookie(req, { publicUrl: 'https://sales.example.com' })).toBeNull();
});

it('believes a forwarded address only behind a proxy, and there only what the proxy added', () => {
  const req = request({ 'x-forwarded-for': '1.1.1.1, 203.0.113.9' });
  expect(clientAddress(req, { trustProxy: false })).toBe('10.0.0.1');
  expect(clientAddress(req, { trustProxy: true })).toBe('203.0.113.9');
});
