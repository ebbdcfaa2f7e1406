import type { ServerResponse } from 'node:http';
import type { Principal } from '../access/index.ts';
import type { EventBus, LiveEvent } from './event-bus.ts';
import type { RecordFeed } from './record-feed.ts';

const HEARTBEAT_MS = 20_000;
const RETRY_MS = 3_000;
/** A reader so slow that this much waits for it is cut off; it reconnects and reads the state. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

export interface StreamRequest {
  res: ServerResponse;
  principal: Principal;
  /** Asked with every heartbeat: the person with the rights they have by then. The stream ends when it says null. */
  reauthenticate(): Promise<Principal | null>;
}

/** The open streams of this process. */
export interface EventStreams {
  /** Writes the person's events to `res` until either side ends it; resolves then. */
  open(request: StreamRequest): Promise<void>;
  /** Ends all streams; clients reconnect elsewhere. */
  closeAll(): void;
  count(): number;
}

/** One event in the text/event-stream format (WHATWG HTML, section 9.2). */
export function formatEvent(event: Pick<LiveEvent, 'type' | 'data'>): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`;
}

export function createEventStreams(deps: { bus: EventBus; feed: RecordFeed; heartbeatMs?: number }): EventStreams {
  const { bus, feed, heartbeatMs = HEARTBEAT_MS } = deps;
  const open = new Set<ServerResponse>();

  return {
    count: () => open.size,
    open({ res, principal: opener, reauthenticate }) {
      return new Promise((resolve) => {
        let principal = opener;
        const write = (text: string): void => {
          if (res.writableLength > MAX_BUFFERED_BYTES) res.destroy();
          else res.write(text);
        };
        const unsubscribe = bus.subscribe(principal.userId, (event) => write(formatEvent(event)));
        const leaveFeed = feed.subscribe({
          principal: () => principal,
          send: (type, data) => write(formatEvent({ type, data })),
        });
        const heartbeat = setInterval(async () => {
          const now = await reauthenticate().catch(() => null); // reconnecting asks again, with a proper answer
          if (now?.userId !== principal.userId) res.end();
          else {
            principal = now;
            write(': still here\n\n');
          }
        }, heartbeatMs);
        open.add(res);
        res.on('close', () => {
          clearInterval(heartbeat);
          unsubscribe();
          leaveFeed();
          open.delete(res);
          resolve();
        });
        res.writeHead(200, {
          'Content-Type': 'text/event-stream; charset=utf-8',
          'Cache-Control': 'no-store, no-transform',
          // nginx would otherwise collect the events until its buffer is full
          'X-Accel-Buffering': 'no',
        });
        write(`retry: ${RETRY_MS}\n\n`);
      });
    },
    closeAll() {
      for (const res of open) res.end();
    },
  };
}
