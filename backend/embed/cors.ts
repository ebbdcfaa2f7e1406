import type { RequestHandler } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { CACHE_MS, createShortCache } from '../identity/index.ts';
import { listActiveOrigins } from './client.repository.ts';

const PREFLIGHT_SECONDS = 600;
const METHODS = 'GET, POST, PATCH, PUT, DELETE';
const REQUEST_HEADERS = 'Authorization, Content-Type, If-Match, Idempotency-Key, X-SalesPulse-Request';
const EXPOSED_HEADERS = 'ETag, Retry-After, X-Request-Id';

export interface Cors {
  /** Lets pages of active clients' exact origins read the API; never with cookies. For /api/v1. */
  handler: RequestHandler;
  /** Forgets which origins are allowed. */
  forget(): void;
}

export function createCors({ database, clock }: Pick<Dependencies, 'database' | 'clock'>): Cors {
  const cache = createShortCache<Set<string>>({ ttlMs: CACHE_MS, maxEntries: 1, clock });
  return {
    async handler(req, res, next) {
      // Always: a shared cache must not hand an answer made for one origin to another.
      res.vary('Origin');
      const { origin } = req.headers;
      if (origin === undefined) {
        next();
        return;
      }
      const allowed = await cache.get('origins', () => listActiveOrigins(database.sql));
      const isAllowed = allowed.has(origin);
      if (isAllowed) {
        res.setHeader('Access-Control-Allow-Origin', origin);
        res.setHeader('Access-Control-Expose-Headers', EXPOSED_HEADERS);
      }
      const isPreflight = req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;
      if (!isPreflight) {
        next();
        return;
      }
      if (isAllowed) {
        res.setHeader('Access-Control-Allow-Methods', METHODS);
        res.setHeader('Access-Control-Allow-Headers', REQUEST_HEADERS);
        res.setHeader('Access-Control-Max-Age', String(PREFLIGHT_SECONDS));
      }
      res.writeHead(204).end();
    },
    forget: () => cache.clear(),
  };
}
