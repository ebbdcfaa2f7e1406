import type { IncomingMessage } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Config } from '../../config.ts';

const PLAIN_NAME = 'salespulse_sso';
/** As long as a sign-in at the provider may take. */
export const FLOW_LIFE_MS = 10 * 60_000;

const isSecure = (config: Pick<Config, 'publicUrl'>): boolean => config.publicUrl.startsWith('https:');
const nameOf = (config: Pick<Config, 'publicUrl'>): string => (isSecure(config) ? `__Host-${PLAIN_NAME}` : PLAIN_NAME);

/** What tells this browser from others, if it has been told before and looks like ours. */
export function readBrowserCookie(req: IncomingMessage, config: Pick<Config, 'publicUrl'>): string | null {
  const value = req.headers.cookie ? parseCookie(req.headers.cookie)[nameOf(config)] : undefined;
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
}

/**
 * `Set-Cookie` that marks the browser a sign-in was begun in: who gets hold of a callback address can't end it in
 * another one. Two tabs share it. Lax: the provider's redirect back is a top-level visit from another site.
 */
export const browserCookie = (config: Pick<Config, 'publicUrl'>, value: string): string =>
  stringifySetCookie({
    name: nameOf(config),
    value,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isSecure(config),
    maxAge: FLOW_LIFE_MS / 1000,
  });
