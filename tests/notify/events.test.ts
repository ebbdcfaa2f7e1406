import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EVERYTHING, type Principal } from '../../backend/access/index.ts';
import type { Database } from '../../backend/db/index.ts';
import {
  createEventBus,
  createEventStreams,
  createRecordFeed,
  type EventStreams,
  listenForEvents,
  publishEvent,
} from '../../backend/notify/index.ts';
import { until } from '../conformance/until.ts';
import { openTestDatabase } from '../support/database.ts';

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

const logger = pino({ level: 'silent' });
const feed = createRecordFeed();
const person = (userId: string): Principal => ({
  userId,
  name: userId,
  roleKey: 'rep',
  permissions: {},
  fieldGroups: EVERYTHING.fields,
  teamId: null,
  teamIds: [],
  via: 'session',
  sessionId: null,
});
const event = (to: string, data: unknown = {}) => ({ to, type: 'job', data });

/** Opens a stream for `userId` over a real socket and collects what arrives. */
async function connect(streams: EventStreams, userId: string, isStillAllowed = async () => true) {
  const principal = person(userId);
  const server = createServer((_req, res) => {
    const reauthenticate = async () => ((await isStillAllowed()) ? principal : null);
    void streams.open({ res, principal, reauthenticate });
  }).listen(0);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const request = get({ port: (server.address() as AddressInfo).port });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const received = { text: '', isEnded: false };
  response.setEncoding('utf8').on('data', (chunk: string) => {
    received.text += chunk;
  });
  response.on('end', () => {
    received.isEnded = true;
  });
  await until('the stream begins', async () => received.text.startsWith('retry: '));
  return { received, response, request };
}

describe('live events', () => {
  it('reach the person they are for, through the database, and nobody else', async () => {
    const bus = createEventBus();
    const streams = createEventStreams({ bus, feed });
    const stop = await listenForEvents({ db, bus, logger });
    const ada = await connect(streams, 'ada');
    const bob = await connect(streams, 'bob');
    await publishEvent(db.sql, event('ada', { id: '1', note: 'a\nb' }));
    await publishEvent(db.sql, event('bob', { id: '2' }));
    await until('both have theirs', async () => ada.received.text.includes('"1"') && bob.received.text.includes('"2"'));
    expect(ada.received.text).toContain('event: job\ndata: {"id":"1","note":"a\\nb"}\n\n');
    expect(ada.received.text).not.toContain('"2"');
    expect(ada.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    await stop();
  });

  it('go out with the commit and not with a roll-back', async () => {
    const bus = createEventBus();
    const seen: unknown[] = [];
    bus.subscribe('ada', ({ data }) => seen.push(data));
    const stop = await listenForEvents({ db, bus, logger });
    const undone = db.transaction(async (tx) => {
      await publishEvent(tx.sql, event('ada', 'undone'));
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await db.transaction((tx) => publishEvent(tx.sql, event('ada', 'kept')));
    await until('the event arrives', async () => seen.length > 0);
    expect(seen).toEqual(['kept']);
    await stop();
  });

  it('refuse an event larger than a NOTIFY may be', async () => {
    await expect(publishEvent(db.sql, event('ada', 'é'.repeat(4000)))).rejects.toThrow('too large');
  });
});

describe('event streams', () => {
  it('say that they are alive, and end when the credential is not accepted any more', async () => {
    const streams = createEventStreams({ bus: createEventBus(), feed, heartbeatMs: 5 });
    let isAllowed = true;
    const { received } = await connect(streams, 'ada', async () => isAllowed);
    await until('a heartbeat', async () => received.text.includes(': still here\n\n'));
    isAllowed = false;
    await until('the end', async () => received.isEnded);
    expect(streams.count()).toBe(0);
  });

  it('forget a reader who went away', async () => {
    const bus = createEventBus();
    const streams = createEventStreams({ bus, feed });
    const { request } = await connect(streams, 'ada');
    expect([streams.count(), bus.count('ada')]).toEqual([1, 1]);
    request.destroy();
    await until('the stream is gone', async () => streams.count() === 0);
    expect(bus.count('ada')).toBe(0);
  });

  it('end for everybody when the process stops', async () => {
    const streams = createEventStreams({ bus: createEventBus(), feed });
    const readers = [await connect(streams, 'ada'), await connect(streams, 'bob')];
    streams.closeAll();
    await until('all have ended', async () => readers.every(({ received }) => received.isEnded));
    expect(streams.count()).toBe(0);
  });
});
