import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response, Router } from 'express';
import type { Principal } from '../access/index.ts';
import { authorize } from './authorize.ts';
import { readJsonBody } from './body.ts';
import { type Idempotency, replayable } from './idempotency.ts';
import { parsePart } from './parse-part.ts';
import { ProblemError } from './problems.ts';
import type { AnyRoute, Reply, RouteContext } from './route.ts';

export interface MountDependencies {
  /** Finds who is asking; null for nobody. Throws ProblemError for a credential that is refused. */
  authenticate(req: IncomingMessage): Promise<Principal | null>;
  idempotency: Idempotency;
}

/** Request id of a request that went through `requestIds`. */
export const requestIdOf = (res: Response): string => res.locals.requestId as string;

/** Mounts the routes. Anything a handler throws goes to the error handler. */
export function mountRoutes(router: Router, routes: readonly AnyRoute[], dependencies: MountDependencies): void {
  for (const route of routes) {
    router[route.method](route.path, handle(route, dependencies));
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    router.all(path, refuseMethod(methods.join(', ')));
  }
}

/** What every path answers to methods that it does not have. */
const refuseMethod =
  (allowed: string): RequestHandler =>
  (req) => {
    throw new ProblemError('method_not_allowed', `${req.path} takes ${allowed}, not ${req.method}.`, {
      headers: { Allow: allowed },
    });
  };

function handle(route: AnyRoute, { authenticate, idempotency }: MountDependencies): RequestHandler {
  return async (req, res) => {
    res.locals.route = route.path;
    const requestId = requestIdOf(res);
    const principal = route.access === 'public' ? null : await authorize(route, await authenticate(req));
    const params = parsePart(route.params, req.params, '/path', 'not_found');
    const query = parsePart(route.query, req.query, '/query', 'invalid');
    const rawBody = route.body ? await readJsonBody(req) : undefined;
    const body = parsePart(route.body, rawBody, '', 'invalid');
    const context = {
      params,
      query,
      body,
      principal,
      actor: { principal, requestId },
      requestId,
      ifMatch: parseIfMatch(req.headers['if-match']),
      req,
      res,
    } as unknown as RouteContext<never, never, never>;
    const run = () => route.handler(context);
    const key = req.headers['idempotency-key'];
    const reply =
      route.method === 'post' && !route.holdsSecret && typeof key === 'string' && principal && route.body
        ? await replayable(
            idempotency,
            {
              key,
              principal,
              route: `${route.path} ${req.originalUrl}`,
              body: rawBody,
            },
            run,
          )
        : await run();
    if (reply) send(res, reply);
  };
}

function parseIfMatch(header: string | undefined): number | null {
  if (header === undefined || header === '*') return null;
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim());
  if (!match) throw new ProblemError('stale', 'If-Match must be the ETag that came with the record.');
  return Number(match[1]);
}

/** `end` without `writeHead` before it: Node then knows the length and sends headers and body in one write. */
function send(res: Response, reply: Reply): void {
  if (reply.version !== undefined) res.setHeader('ETag', `"${reply.version}"`);
  for (const name in reply.headers) res.setHeader(name, reply.headers[name] ?? '');
  const text = reply.json ?? (reply.body === undefined ? undefined : JSON.stringify(reply.body));
  res.statusCode = reply.status ?? (text === undefined ? 204 : 200);
  if (text === undefined) {
    res.end();
    return;
  }
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.end(text);
}
