import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { openPostgres } from '../../../backend/db/index.ts';
import { signIn } from '../../support/client.ts';
import { PASSWORD } from '../../support/people.ts';
import { freePort } from '../../support/ports.ts';
import { percentile } from '../pipeline/latency.ts';
import { type Finding, median } from '../report.ts';
import { type Asked, askAll, eachFinding, lagsOf, latencyFindings, readFilterValues, writersRatio } from './api.ts';
import type { BenchOptions } from './options.ts';
import { measuredBy, startProcess, stopProcess } from './processes.ts';
import { furtherQuestions } from './questions.ts';
import type { BenchStore } from './store.ts';
import { REMOVE_WRITTEN } from './written-sales.ts';

const ROWS_PER_SECOND = 500;
const LAG_MARKERS = 25;

/** Takes away what an earlier run wrote, unseen by those who follow, and the server's files: it begins anew. */
async function cleanStore({ url, dataDir }: BenchStore): Promise<void> {
  if (url === null) return;
  await rm(dataDir, { recursive: true, force: true });
  const database = await openPostgres(url, 1);
  await database.execScript(`set session_replication_role = replica; ${REMOVE_WRITTEN}; truncate analytics_change`);
  await database.execScript('vacuum analyze sale');
  await database.close();
}

/** Everything that is measured at a server. */
export async function measureServer(store: BenchStore, { rounds, sales, engine }: BenchOptions): Promise<Finding[]> {
  await cleanStore(store);
  const port = await freePort();
  const environment = {
    ...(store.url ? { DATABASE_URL: store.url, SALESPULSE_ROLE: 'web' } : {}),
    ...{ DATA_DIR: store.dataDir, PORT: String(port), LOG_LEVEL: 'warn', ANALYTICS_ENGINE: engine },
  };
  const server = await startProcess('./server.ts', JSON.stringify(environment));
  const origin = `http://localhost:${port}`;
  const children = [server];
  try {
    const { credential } = await signIn(origin, 'admin@example.com', PASSWORD);
    const asked: Asked = { origin, headers: credential, values: await readFilterValues(origin, credential) };
    const writer = store.url ? await startProcess('./writer.ts', store.url, String(ROWS_PER_SECOND)) : null;
    if (writer) children.push(writer);
    else server.send({ writesPerSecond: ROWS_PER_SECOND });
    const probe = await startProcess('./health-probe.ts', origin);
    children.push(probe);
    if (writer) await measuredBy(writer);
    await measuredBy(probe);
    const latencies = await askAll(asked, rounds);
    const health = await measuredBy(probe);
    const written = writer && (await measuredBy(writer));
    const bounds = { p50: store.url ? 10 : null, p95: 50 };
    const further = await askAll(asked, Math.min(rounds, 3), furtherQuestions);
    const findings = [...latencyFindings(latencies, bounds), ...eachFinding(further.times)];
    findings.push({
      ...{ name: `/healthz meanwhile, p99 ms`, value: percentile(health.times, 0.99) },
      ...{ bound: store.url ? 20 : null, better: 'atMost', note: `${health.times.length} requests` },
    });
    if (writer && written && store.url) {
      findings.push({
        ...{ name: `rows committed a second meanwhile`, value: written.rows / written.seconds },
        ...{ bound: ROWS_PER_SECOND * 0.98, better: 'atLeast' },
        note: `transaction p50 ${median(written.times).toFixed(2)} ms, p95 ${percentile(written.times, 0.95).toFixed(2)} ms`,
      });
      const lags = await lagsOf(asked, store.url, LAG_MARKERS);
      findings.push({
        ...{
          name: `a committed sale is in the answers after, largest of ${LAG_MARKERS}, ms`,
          value: Math.max(...lags),
        },
        ...{ bound: 1000, better: 'atMost', note: `median ${median(lags).toFixed(0)} ms` },
      });
      await stopProcess(probe);
      await wait(1000);
      const { ratio, withMs, withoutMs } = await writersRatio(writer, store.url, 6, 3);
      findings.push({
        ...{ name: `writers' commit p50 with / without triggers`, value: ratio },
        ...{ bound: 1.3, better: 'atMost' },
        note: `${withMs.toFixed(2)} ms with, ${withoutMs.toFixed(2)} ms without`,
      });
    }
    console.log(`measured the API on ${sales.toLocaleString('en')} sales`);
    return findings;
  } finally {
    for (const child of children.reverse()) await stopProcess(child);
  }
}
