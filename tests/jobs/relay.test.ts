import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../backend/db/index.ts';
import type { QueueDriver } from '../../backend/jobs/drivers/driver.ts';
import { createJobRepository, enqueueJob } from '../../backend/jobs/index.ts';
import { createRelay } from '../../backend/jobs/relay.ts';
import { until } from '../conformance/until.ts';
import { openTestDatabase } from '../support/database.ts';

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());
beforeEach(() => db.execScript('delete from outbox; delete from job'));

const logger = pino({ level: 'silent' });

/** A queue that only writes down what it is given, and breaks when told. */
function notebook() {
  const ids: string[] = [];
  const state = { isBroken: false };
  const driver: QueueDriver = {
    name: 'bullmq',
    async start() {},
    async put(jobIds) {
      if (state.isBroken) throw new Error('no connection');
      ids.push(...jobIds);
    },
    async work() {},
    async ping() {},
    async stop() {},
  };
  return { driver, ids, state };
}

describe('relay', () => {
  it('hands over all jobs, more than one batch, in the order of their birth', async () => {
    const { driver, ids } = notebook();
    const born: string[] = [];
    for (let count = 0; count < 130; count++) {
      born.push(await enqueueJob(db, { kind: 'work', input: {}, requestedBy: null }));
    }
    expect(await createRelay({ db, driver, logger }).drain()).toBe(130);
    expect(ids).toEqual(born);
    expect(await createRelay({ db, driver, logger }).drain()).toBe(0);
  });

  it('keeps jobs in the outbox while the queue is away, and reports the wait', async () => {
    const { driver, ids, state } = notebook();
    const repository = createJobRepository(db.sql);
    const relay = createRelay({ db, driver, logger });
    const id = await enqueueJob(db, { kind: 'work', input: {}, requestedBy: null });
    await db.execScript(`update outbox set created_at = now() - interval '90 seconds'`);
    state.isBroken = true;
    await expect(relay.drain()).rejects.toThrow('no connection');
    expect(await repository.relayLagSeconds()).toBeGreaterThanOrEqual(90);
    state.isBroken = false;
    await relay.drain();
    expect(ids).toEqual([id]);
    expect(await repository.relayLagSeconds()).toBe(0);
  });

  it('is woken by the commit of a job and leaves other outbox rows alone', async () => {
    const { driver, ids } = notebook();
    const relay = createRelay({ db, driver, logger });
    await relay.start();
    await db.execScript(`insert into outbox (kind, payload) values ('lead.moved', '{}')`);
    const id = await enqueueJob(db, { kind: 'work', input: {}, requestedBy: null });
    await until('the relay hands the job over', async () => ids.includes(id));
    await relay.stop();
    expect(ids).toEqual([id]);
  });
});
