import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import { ProblemError } from '../http/index.ts';

/** Methods that change nothing and so need no proof of where they come from. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a request that a browser says another site caused. `Sec-Fetch-Site` and `Origin` can't be set by
 * a page; clients that are not browsers send neither.
 *
 * @throws ProblemError csrf
 */
export function assertSameOrigin(req: IncomingMessage, config: Pick<Config, 'publicUrl'>): void {
  const site = req.headers['sec-fetch-site'];
  const { origin } = req.headers;
  const isForeignSite = site !== undefined && site !== 'same-origin';
  if (isForeignSite || (origin !== undefined && !isOwnOrigin(origin, req.headers.host, config))) {
    throw new ProblemError('csrf', 'Changes are taken only from pages of this server.');
  }
}

/**
 * Refuses a change made with the cookie unless it carries the header that only our own pages can send:
 * other origins would need a preflight, which never allows them a cookie.
 *
 * @throws ProblemError csrf
 */
export function assertIntended(req: IncomingMessage, config: Pick<Config, 'publicUrl'>): void {
  if (SAFE_METHODS.has(req.method ?? 'GET')) return;
  assertSameOrigin(req, config);
  if (req.headers['x-salespulse-request'] !== '1') {
    throw new ProblemError('csrf', 'Changes made with the cookie need the header X-SalesPulse-Request: 1.');
  }
}

/** Own is what PUBLIC_URL names, or the very host the request was sent to (localhost and 127.0.0.1 alike). */
function isOwnOrigin(origin: string, host: string | undefined, config: Pick<Config, 'publicUrl'>): boolean {
  if (!URL.canParse(origin)) return false;
  const { host: originHost, origin: canonical } = new URL(origin);
  return canonical === new URL(config.publicUrl).origin || (host !== undefined && originHost === host.toLowerCase());
}

/**
 * The address the request came from. Behind a proxy (TRUST_PROXY) it is the last entry of
 * X-Forwarded-For: the one the proxy added; earlier ones are the client's own claim.
 */
export function clientAddress(req: IncomingMessage, config: Pick<Config, 'trustProxy'>): string {
  const forwarded = config.trustProxy ? req.headers['x-forwarded-for'] : undefined;
  const last = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded)?.split(',').at(-1)?.trim();
  return (last || req.socket.remoteAddress || 'unknown').slice(0, 64);
}
