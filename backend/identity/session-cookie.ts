import type { IncomingMessage } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Config } from '../config.ts';

const PLAIN_NAME = 'salespulse_session';

const isSecure = (config: Pick<Config, 'publicUrl'>): boolean => config.publicUrl.startsWith('https:');

/** `__Host-` binds the cookie to this very host over TLS; browsers refuse that prefix on http://localhost. */
export const sessionCookieName = (config: Pick<Config, 'publicUrl'>): string =>
  isSecure(config) ? `__Host-${PLAIN_NAME}` : PLAIN_NAME;

/** The session token a browser sent, if any. */
export function readSessionCookie(req: IncomingMessage, config: Pick<Config, 'publicUrl'>): string | null {
  const header = req.headers.cookie;
  return header ? (parseCookie(header)[sessionCookieName(config)] ?? null) : null;
}

/** `Set-Cookie` that hands a session to the browser, until it is closed or `maxAgeSeconds` have passed. */
export const sessionCookie = (config: Pick<Config, 'publicUrl'>, token: string, maxAgeSeconds: number): string =>
  stringifySetCookie({ ...attributes(config), value: token, maxAge: maxAgeSeconds });

/** `Set-Cookie` that takes it back. */
export const clearedSessionCookie = (config: Pick<Config, 'publicUrl'>): string =>
  stringifySetCookie({ ...attributes(config), value: '', maxAge: 0 });

const attributes = (config: Pick<Config, 'publicUrl'>) => ({
  name: sessionCookieName(config),
  httpOnly: true,
  sameSite: 'lax' as const,
  path: '/',
  secure: isSecure(config),
});
