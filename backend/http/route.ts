import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Actor, Permission, Principal } from '../access/index.ts';

/** What a handler answers. `json` is text that is JSON already (built by the database). */
export interface Reply {
  status?: number;
  body?: unknown;
  json?: string;
  /** version of the record: becomes the ETag */
  version?: number;
  headers?: Record<string, string | string[]>;
}

/**
 * Who may call: anybody; anybody signed in; somebody in person, by the console's cookie and by nothing else
 * (what concerns an account's own protection); or a signed-in person holding `permission` with any reach.
 */
export type RouteAccess = 'public' | 'signed-in' | 'session' | Permission;

export interface RouteContext<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** on public routes: whoever happens to be signed in */
  principal: Principal;
  actor: Actor;
  requestId: string;
  /** from If-Match: the version the caller read; null when not sent */
  ifMatch: number | null;
  /** the raw request, for uploads and streams */
  req: IncomingMessage;
  /** the raw answer; a handler that writes it itself returns `undefined` */
  res: ServerResponse;
}

type Output<T extends z.ZodType | undefined> = T extends z.ZodType ? z.output<T> : undefined;

export interface RouteDefinition<
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
> {
  method: 'get' | 'post' | 'patch' | 'delete' | 'put';
  /** below /api/v1, Express form: /leads/:id */
  path: `/${string}`;
  operationId: string;
  tag: string;
  summary: string;
  access: RouteAccess;
  params?: Params;
  query?: Query;
  body?: Body;
  /** a body that is not JSON: the handler reads `req` itself */
  rawBody?: { contentTypes: string[] };
  /** also for somebody who must set up a second step before anything else */
  opensWithoutSecondStep?: boolean;
  /** body or answer hold a password or key: Idempotency-Key is not honoured, as it would keep a trace of them */
  holdsSecret?: boolean;
  /** status -> schema of the answer; null for no body; strings for other media types */
  responses: Record<number, z.ZodType | string | readonly string[] | null>;
  handler(context: RouteContext<Output<Params>, Output<Query>, Output<Body>>): Promise<Reply | undefined>;
}

// Handlers are contravariant in their context, so the erased form can't be spelled without `never`.
export type AnyRoute = Omit<
  RouteDefinition<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined>,
  'handler'
> & {
  handler(context: RouteContext<never, never, never>): Promise<Reply | undefined>;
};

/** Declares an endpoint once: mounting, validation, access, OpenAPI and tests all read this. */
export function defineRoute<
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(route: RouteDefinition<Params, Query, Body>): AnyRoute {
  return route as unknown as AnyRoute;
}
