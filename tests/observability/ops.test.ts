import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  checkReadiness,
  createMetrics,
  databaseCheck,
  migrationsCheck,
  type OpsDependencies,
  observeRequests,
  opsRouter,
} from '../../backend/observability/index.ts';
import { databaseForTest } from '../support/database.ts';

const logger = pino({ level: 'silent' });
const KEY = 'a-key-of-enough-length';

async function serve(overrides: Partial<OpsDependencies> = {}) {
  const metrics = createMetrics({ withProcess: false, outboxLagSeconds: async () => 7, openStreams: () => 2 });
  const app = express();
  app.use(observeRequests({ metrics, logger }));
  app.use(opsRouter({ logger, metrics, metricsKey: null, checks: {}, isStopping: () => false, ...overrides }));
  app.get('/leads/:id', (_req, res) => {
    res.locals.route = '/leads/:id';
    res.json({});
  });
  const server = createServer(app).listen(0);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { get: (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers }), metrics };
}

describe('readiness', () => {
  it('is ready when all checks pass', async () => {
    const { get } = await serve({ checks: { database: async () => {}, queue: async () => {} } });
    const answer = await get('/readyz');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ready', checks: { database: 'ok', queue: 'ok' } });
  });

  it('answers 503 and names the part that fails, without its reason', async () => {
    const failing = async () => {
      throw new Error('password of 10.0.0.7 is wrong');
    };
    const { get } = await serve({ checks: { database: async () => {}, queue: failing } });
    const answer = await get('/readyz');
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ status: 'not ready', checks: { database: 'ok', queue: 'failed' } });
    expect(text).not.toContain('10.0.0.7');
  });

  it('does not wait for a check that hangs', async () => {
    const result = await checkReadiness({ database: () => new Promise(() => {}) }, logger, 5);
    expect(result).toEqual({ isReady: false, checks: { database: 'failed' } });
  });

  it('turns away requests while the process stops, though it is healthy', async () => {
    const { get } = await serve({ isStopping: () => true });
    expect((await get('/readyz')).status).toBe(503);
    expect((await get('/healthz')).status).toBe(200);
  });

  it('sees an unfinished migration', async () => {
    const db = await databaseForTest();
    const checks = { database: databaseCheck(db), migrations: migrationsCheck(db) };
    expect((await checkReadiness(checks, logger)).isReady).toBe(true);
    await db.execScript(`update _prisma_migrations set finished_at = null where migration_name like '%initial'`);
    expect((await checkReadiness(checks, logger)).checks).toEqual({ database: 'ok', migrations: 'failed' });
  });
});

describe('metrics', () => {
  it('do not exist without a key', async () => {
    const { get } = await serve();
    expect((await get('/metrics')).status).toBe(404);
  });

  it('are refused without the right key', async () => {
    const { get } = await serve({ metricsKey: KEY });
    expect((await get('/metrics')).status).toBe(401);
    expect((await get('/metrics', { authorization: `Bearer ${KEY}x` })).status).toBe(401);
  });

  it('count requests by route template, never by address', async () => {
    const { get, metrics } = await serve({ metricsKey: KEY });
    await get('/leads/an-address-of-one-lead');
    await get('/no/such/place');
    metrics.jobFinished('import', 'done', 3);
    const text = await (await get('/metrics', { authorization: `Bearer ${KEY}` })).text();
    expect(text).toContain(
      'salespulse_http_request_duration_seconds_count{method="GET",route="/leads/:id",status="200"} 1',
    );
    expect(text).toContain('route="other",status="404"} 1');
    expect(text).toContain('salespulse_jobs_total{kind="import",outcome="done"} 1');
    expect(text).toContain('salespulse_outbox_lag_seconds 7');
    expect(text).toContain('salespulse_event_streams 2');
    expect(text).not.toContain('an-address-of-one-lead');
  });
});
