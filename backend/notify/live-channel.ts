import type { Logger } from 'pino';
import { type Database, sql } from '../db/index.ts';

/** How changes get from the process that makes them to those that have pages open. Nothing is kept. */
export interface LiveChannel {
  /** Most bytes of one message. */
  readonly maxBytes: number;
  publish(messages: readonly string[]): Promise<void>;
  /** Hears the messages of all processes, this one included; `lost` after a gap in which some may have been missed. */
  subscribe(listener: (message: string) => void, lost: () => void): Promise<void>;
  close(): Promise<void>;
}

const NAME = 'record_changes';

/** By PostgreSQL's NOTIFY, whose payload must stay below 8,000 bytes. */
export function databaseChannel(db: Database): LiveChannel {
  let stop: (() => Promise<void>) | undefined;
  return {
    maxBytes: 7_800,
    async publish(messages) {
      await db.sql.rows(sql`select 1 as sent from unnest(${messages}::text[]) m, lateral pg_notify(${NAME}, m)`);
    },
    async subscribe(listener, lost) {
      stop = await db.listen(NAME, listener, lost);
    },
    async close() {
      await stop?.();
    },
  };
}

/** By Redis, where there is one: many processes cost the database nothing then. Waits for a Redis that is away. */
export async function redisChannel(redisUrl: string, logger: Logger): Promise<LiveChannel> {
  const { Redis } = await import('ioredis');
  const connect = (options: { enableOfflineQueue: boolean }) => {
    const redis = new Redis(redisUrl, { ...options, maxRetriesPerRequest: null, retryStrategy: () => 1_000 });
    redis.on('error', (error) => logger.warn({ err: error }, 'Redis is not reachable: open pages are told late'));
    return redis;
  };
  // A message that can't go out now is of no use later: pages read the state when they come back.
  const publisher = connect({ enableOfflineQueue: false });
  const subscriber = connect({ enableOfflineQueue: true });
  return {
    maxBytes: 256 * 1024,
    async publish(messages) {
      const pipeline = publisher.pipeline();
      for (const message of messages) pipeline.publish(NAME, message);
      await pipeline.exec();
    },
    async subscribe(listener, lost) {
      subscriber.on('message', (_name, message) => listener(message));
      // Not awaited: without Redis the server still starts, and this is sent once it is there.
      void subscriber.subscribe(NAME).then(
        () => subscriber.on('ready', lost),
        () => undefined,
      );
    },
    async close() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
