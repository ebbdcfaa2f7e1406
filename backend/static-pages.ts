import { existsSync } from 'node:fs';
import path from 'node:path';
import compression from 'compression';
import express, { type RequestHandler, Router } from 'express';
import type { Config } from './config.ts';
import { pageHeaders, YEAR_SECONDS } from './page-headers.ts';

/** Scripts are public and may run in pages of any origin: the embed script needs that. Data never comes this way. */
const shareWithHosts: RequestHandler = (_req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  next();
};

/** The built console, embed script and demo pages; addresses of the console's own router get its page. */
export function staticPages(folder: string, config: Pick<Config, 'publicUrl'>): Router {
  const router = Router();
  const console = path.join(folder, 'index.html');
  router.use(compression());
  router.get('/embed.js', shareWithHosts, (_req, res) => {
    // Five minutes: hosts name this address forever, and a new version must reach them soon.
    res.setHeader('Cache-Control', 'public, max-age=300');
    res.sendFile('embed.js', { root: folder });
  });
  router.use(
    '/assets',
    shareWithHosts,
    express.static(path.join(folder, 'assets'), { immutable: true, maxAge: YEAR_SECONDS * 1000, fallthrough: false }),
  );
  router.use(pageHeaders(config));
  router.use(express.static(folder, { index: false, cacheControl: false, redirect: false }));
  router.get(/^\/[^.]*$/, (_req, res) => {
    res.setHeader('Cache-Control', 'no-cache');
    if (existsSync(console)) {
      res.sendFile(console);
      return;
    }
    res.status(503).type('text/plain').send('The pages are not built yet. Run: npm run build\n');
  });
  router.use((_req, res) => {
    res.status(404).type('text/plain').send('There is nothing at this address.\n');
  });
  return router;
}
