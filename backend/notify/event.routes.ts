import type { IncomingMessage } from 'node:http';
import type { Principal } from '../access/index.ts';
import { type AnyRoute, defineRoute, ProblemError } from '../http/index.ts';
import type { EventBus } from './event-bus.ts';
import type { EventStreams } from './event-stream.ts';

/** More than any person has pages open; a loop of reconnecting clients must not eat all sockets. */
const MAX_STREAMS_PER_PERSON = 30;

export interface EventRouteDependencies {
  bus: EventBus;
  streams: EventStreams;
  /** Checks the request's credential again; null or a refusal ends the stream. */
  authenticate(req: IncomingMessage): Promise<Principal | null>;
}

/** `GET events`: what happens, as server-sent events. */
export function eventRoutes({ bus, streams, authenticate }: EventRouteDependencies): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/events',
      operationId: 'streamEvents',
      tag: 'Jobs',
      summary:
        'Server-sent events for the signed-in person: "job" with a job whenever it moves on, "record" when a record within reach changes, "records" when so many of a kind did that it is quicker to read anew. Nothing is replayed: read the state after each (re)connect.',
      access: 'signed-in',
      responses: { 200: 'text/event-stream' },
      async handler({ principal, req, res }) {
        if (bus.count(principal.userId) >= MAX_STREAMS_PER_PERSON) {
          throw new ProblemError('too_many_requests', 'You have too many pages open at once. Close some of them.', {
            headers: { 'Retry-After': '30' },
          });
        }
        await streams.open({
          res,
          principal,
          reauthenticate: () => authenticate(req),
        });
        return undefined;
      },
    }),
  ];
}
