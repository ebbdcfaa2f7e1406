import type { ServerResponse } from 'node:http';
import type { EventBus, LiveEvent } from './event-bus.ts';

const HEARTBEAT_MS = 20_000;
const RETRY_MS = 3_000;
/** A reader so slow that this much waits for it is cut off; it reconnects and reads the state. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

export interface StreamRequest {
  res: ServerResponse;
  userId: string;
  /** Asked with every heartbeat; the stream ends when it says no. */
  isStillAllowed(): Promise<boolean>;
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
export function formatEvent(event: LiveEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`;
}

export function createEventStreams(deps: { bus: EventBus; heartbeatMs?: number }): EventStreams {
  const { bus, heartbeatMs = HEARTBEAT_MS } = deps;
  const open = new Set<ServerResponse>();

  return {
    count: () => open.size,
    open({ res, userId, isStillAllowed }) {
      return new Promise((resolve) => {
        const write = (text: string): void => {
          if (res.writableLength > MAX_BUFFERED_BYTES) res.destroy();
          else res.write(text);
        };
        const unsubscribe = bus.subscribe(userId, (event) => write(formatEvent(event)));
        const heartbeat = setInterval(async () => {
          const isAllowed = await isStillAllowed().catch(() => false); // reconnecting asks again, with a proper answer
          if (isAllowed) write(': still here\n\n');
          else res.end();
        }, heartbeatMs);
        open.add(res);
        res.on('close', () => {
          clearInterval(heartbeat);
          unsubscribe();
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
