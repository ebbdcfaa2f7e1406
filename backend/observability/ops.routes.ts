import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Express, type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import { checkReadiness, type HealthCheck } from './health.ts';
import type { Metrics } from './metrics.ts';

export interface OpsDependencies {
  logger: Logger;
  metrics: Metrics;
  /** null: /metrics does not exist */
  metricsKey: string | null;
  checks: Readonly<Record<string, HealthCheck>>;
  /** true once the process is told to stop: load balancers should look elsewhere */
  isStopping(): boolean;
}

/** `/healthz` (the process runs), `/readyz` (send it requests), `/metrics` (behind a bearer key). */
export function opsRouter(deps: OpsDependencies): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const { isReady, checks } = await checkReadiness(deps.checks, deps.logger);
    const isOpen = isReady && !deps.isStopping();
    res
      .status(isOpen ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: isOpen ? 'ready' : deps.isStopping() ? 'stopping' : 'not ready', checks });
  });
  const { metricsKey } = deps;
  // Without a key the address doesn't exist; else the console's page would answer it.
  router.get('/metrics', metricsKey === null ? notHere : requireKey(metricsKey), exposeMetrics(deps.metrics));
  return router;
}

/** The same on a port that only the inside can reach: metrics need no key there. Workers have no other port. */
export function opsApp(deps: OpsDependencies): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/metrics', exposeMetrics(deps.metrics));
  app.use(opsRouter({ ...deps, metricsKey: null }));
  return app;
}

function exposeMetrics(metrics: Metrics): RequestHandler {
  return async (_req, res) => {
    const { contentType, text } = await metrics.expose();
    res.set('Cache-Control', 'no-store').set('Content-Type', contentType).send(text);
  };
}

const notHere: RequestHandler = (_req, res) => {
  res.status(404).type('text/plain').send('There is nothing at this address.\n');
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets through who sends the key as a bearer credential; compares in constant time. */
function requireKey(key: string): RequestHandler {
  const expected = digest(`Bearer ${key}`);
  return (req, res, next) => {
    if (timingSafeEqual(digest(req.headers.authorization ?? ''), expected)) next();
    else res.status(401).set('WWW-Authenticate', 'Bearer').end();
  };
}
