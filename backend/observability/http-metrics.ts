import { performance } from 'node:perf_hooks';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** Requests that would drown the log and say nothing. */
const QUIET_PATHS = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Measures and logs each request when its answer is over (or cut off). Routes set `res.locals.route` to
 * their template and request ids `res.locals.requestId`; addresses of files and unknown ones are one label.
 */
export function observeRequests(deps: { metrics: Metrics; logger: Logger }): RequestHandler {
  const { metrics, logger } = deps;
  return (req, res, next) => {
    const startedAt = performance.now();
    const [path = '/'] = req.originalUrl.split('?', 1);
    res.once('close', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      const { route, requestId } = res.locals as { route?: string; requestId?: string };
      const status = res.writableEnded ? res.statusCode : 499;
      // An event stream lasts as long as a page is open: that is no answer time.
      const isStream = String(res.getHeader('Content-Type') ?? '').startsWith('text/event-stream');
      if (!isStream) metrics.httpRequest({ method: req.method, route: route ?? 'other', status }, seconds);
      if (QUIET_PATHS.has(path)) return;
      const line = { requestId, method: req.method, path, status, ms: Math.round(seconds * 1000) };
      if (status >= 500) logger.error(line, 'request');
      else logger.info(line, 'request');
    });
    next();
  };
}
