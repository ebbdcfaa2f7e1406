import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const RETRY_MS = 1_000;

/**
 * Listens on a connection of its own and connects again when it is lost. Notifications of the gap are lost: `lost` is
 * called after it, and whoever listens also looks by itself from time to time.
 *
 * @throws when the first connection fails.
 */
export async function listenOn(
  url: string,
  channel: string,
  listener: (payload: string) => void,
  lost: () => void = () => {},
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let client: pg.Client | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    next.on('error', () => {}); // 'end' follows, which connects again
    await next.connect();
    await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    next.on('notification', (message) => {
      if (message.channel === channel) listener(message.payload ?? '');
    });
    next.once('end', () => void reconnect());
    client = next;
  }

  async function reconnect(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await delay(RETRY_MS, undefined, { signal: stopping.signal, ref: false });
        await connect();
        if (stopping.signal.aborted) await client?.end();
        else lost();
        return;
      } catch {
        // The server is still away (the health check says so), or we stop: the loop's condition decides.
      }
    }
  }

  await connect();
  return async () => {
    stopping.abort();
    await client?.end();
  };
}
