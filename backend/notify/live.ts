import type { Logger } from 'pino';
import type { RecordType } from '../contracts/common.ts';
import type { Database } from '../db/index.ts';
import type { ChangeListener } from './changes.ts';
import { createGatherer, parseBatch } from './live-batch.ts';
import { databaseChannel, type LiveChannel, redisChannel } from './live-channel.ts';
import type { RecordFeed } from './record-feed.ts';

/** Changes wait this long for others: a burst becomes one message, and nobody notices the delay. */
const GATHER_MS = 25;

/** Tells the open pages of all processes of changes to records. */
export interface LiveChanges {
  readonly changes: ChangeListener;
  /** Sends what waits, and stops. */
  stop(): Promise<void>;
}

export interface LiveOptions {
  db: Database;
  /** null: by PostgreSQL's NOTIFY */
  redisUrl: string | null;
  /** the pages of this process; null where it serves none */
  feed: RecordFeed | null;
  logger: Logger;
}

/** Opens the channel of this installation. Redis may still be away; the database may not. */
export async function openLiveChanges({ db, redisUrl, feed, logger }: LiveOptions): Promise<LiveChanges> {
  const channel: LiveChannel = redisUrl === null ? databaseChannel(db) : await redisChannel(redisUrl, logger);
  const gathered = createGatherer();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const messages = gathered.take(channel.maxBytes);
    if (messages.length === 0) return;
    // Whoever misses it reads the state when they next look: nothing is lost but the moment.
    await channel
      .publish(messages)
      .catch((error) => logger.warn({ err: error }, 'open pages were not told of changes'));
  }
  const soon = (): void => {
    timer ??= setTimeout(() => void flush(), GATHER_MS);
  };

  if (feed) {
    await channel.subscribe(
      (message) => {
        const batch = parseBatch(message);
        if (batch) feed.deliver(batch);
        else logger.warn('changes of another version were ignored');
      },
      () => feed.deliverAll(),
    );
  }
  return {
    changes: {
      announce(change) {
        gathered.add(change);
        soon();
      },
      announceMany(entity: RecordType) {
        gathered.addMany(entity);
        soon();
      },
    },
    async stop() {
      await flush();
      await channel.close();
    },
  };
}
