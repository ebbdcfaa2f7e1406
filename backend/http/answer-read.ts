import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '../access/index.ts';
import { authorize } from './authorize.ts';
import { asProblem } from './errors.ts';
import { parsePart } from './parse-part.ts';
import type { ProblemError } from './problems.ts';
import type { AnyRoute, RouteContext } from './route.ts';

/** Who asks, in which request. */
export interface Asker {
  principal: Principal;
  requestId: string;
  req: IncomingMessage;
  res: ServerResponse;
}

export type ReadAnswer = { status: number; body: unknown } | { problem: ProblemError };

/**
 * Answers a GET route that takes a query and nothing else, as part of another request: who may ask, what may be asked
 * and what is refused are the route's own.
 */
export async function answerRead(route: AnyRoute, asker: Asker, query: unknown): Promise<ReadAnswer> {
  const { principal, requestId } = asker;
  try {
    await authorize(route, principal);
    const parsed = parsePart(route.query, query, '/query', 'invalid');
    const context = { ...asker, query: parsed, actor: { principal, requestId }, ifMatch: null };
    const reply = await route.handler(context as unknown as RouteContext<never, never, never>);
    return { status: reply?.status ?? 200, body: reply?.json === undefined ? reply?.body : JSON.parse(reply.json) };
  } catch (error) {
    return { problem: asProblem(error) };
  }
}
