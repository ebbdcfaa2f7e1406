import type { Logger } from 'pino';
import { z } from 'zod';
import { type Database, type SqlRunner, sql } from '../db/index.ts';
import type { EventBus, LiveEvent } from './event-bus.ts';

const CHANNEL = 'live_event';
/** PostgreSQL refuses a NOTIFY payload of 8,000 bytes or more. */
const MAX_PAYLOAD_BYTES = 7_900;

const eventSchema = z.object({ to: z.string(), type: z.string(), data: z.unknown() });

/**
 * Tells every process about an event; inside a transaction it goes out with the commit. Nobody keeps it:
 * whoever has no page open at that moment reads the state instead.
 *
 * @throws when the event is larger than 7,900 bytes.
 */
export async function publishEvent(runner: SqlRunner, event: LiveEvent): Promise<void> {
  const payload = JSON.stringify(event);
  if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) {
    throw new Error(`The event ${event.type} is too large to send; send an id instead.`);
  }
  await runner.rows(sql`select 1 as sent from pg_notify(${CHANNEL}, ${payload})`);
}

/** Feeds the bus with the events of all processes, this one included. Returns how to stop. */
export function listenForEvents(deps: { db: Database; bus: EventBus; logger: Logger }): Promise<() => Promise<void>> {
  const { db, bus, logger } = deps;
  return db.listen(CHANNEL, (payload) => {
    const event = parse(payload);
    if (event) bus.deliver(event);
    else logger.warn('an event of another version was ignored');
  });
}

function parse(payload: string): LiveEvent | null {
  try {
    return eventSchema.parse(JSON.parse(payload));
  } catch {
    return null; // the caller says so; a broken payload is not worth a crash
  }
}
