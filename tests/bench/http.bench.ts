// npm run bench -- http: requests a second of three routes against the same routes on bare node-postgres, same
// PostgreSQL, rounds in turn. Ours with sign-in, scope, validation and audit on.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openPostgres, sql } from '../../backend/db/index.ts';
import { bootstrap, hashPassword } from '../../backend/identity/index.ts';
import { signIn } from '../support/client.ts';
import { testConfig } from '../support/config.ts';
import { addPeople, PASSWORD } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { startPostgres } from '../support/postgres.ts';
import { type Call, requestsPerSecond } from './http/load.ts';
import { type Finding, median, report } from './report.ts';

const LEADS = 20_000;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SECONDS = 2;

async function startServer(file: string, ...args: string[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args);
  await once(child, 'message');
  return child;
}

const postgres = await startPostgres();
if (postgres === null) throw new Error('This benchmark needs PostgreSQL: apt-get install postgresql');
const admin = new pg.Client(`${postgres.url}/postgres`);
await admin.connect();
await admin.query('create database bench');
await admin.end();
const url = `${postgres.url}/bench`;
const config = testConfig({ DATABASE_URL: url });
const database = await openPostgres(url, 2);
await database.migrate();
await bootstrap(database, config);
const company = await addPeople(database, await hashPassword(config, PASSWORD));
await database.sql.rows(sql`
  insert into lead (name, company, email, source, segment, region, value, currency_code, value_base, owner_id, team_id, pipeline_id,
    stage_id, position, created_at)
  select 'Lead ' || n, 'Company ' || n, 'lead' || n || '@example.com', 'Website', 'Enterprise', 'North', 1000 + n, 'EUR', 1000 + n,
    ${company.users.rep}::uuid, ${company.teams.North}::uuid, s.pipeline_id, s.id, n * 1024, now() - n * interval '1 minute'
  from generate_series(1, ${LEADS}::int) n, (select s.id, s.pipeline_id from stage s join pipeline p on p.id = s.pipeline_id
    where p.entity = 'lead' and s.name = 'New') s`);
await database.execScript('analyze');
const ids = (await database.sql.rows<{ id: string }>(sql`select id::text as id from lead`)).map(({ id }) => id);
const stages = (
  await database.sql.rows<{ id: string }>(sql`
    select s.id::text as id from stage s join pipeline p on p.id = s.pipeline_id where p.entity = 'lead' and s.kind = 'open'`)
).map(({ id }) => id);
await database.close();

const [barePort, ourPort] = [await freePort(), await freePort()];
const bareUrl = `http://127.0.0.1:${barePort}`;
const ourUrl = `http://localhost:${ourPort}`;
const children = [
  await startServer('./http/bare-server.ts', url, String(barePort)),
  await startServer('./http/our-server.ts', url, String(ourPort)),
];

let turn = 0;
const next = <T>(items: readonly T[]): T => items[turn++ % items.length] as T;
const json = { 'Content-Type': 'application/json' };

try {
  const { credential } = await signIn(ourUrl, 'manager@example.com', PASSWORD);
  const writeHeaders = { ...credential, ...json, 'X-SalesPulse-Request': '1' };
  const cases: { name: string; bound: number; bare: () => Call; ours: () => Call }[] = [
    {
      name: 'GET one lead, ours / bare',
      bound: 0.8,
      bare: () => ({ method: 'GET', path: `/leads/${next(ids)}` }),
      ours: () => ({ method: 'GET', path: `/api/v1/leads/${next(ids)}`, headers: credential }),
    },
    {
      name: 'GET list of 50, ours / bare',
      bound: 1,
      bare: () => ({ method: 'GET', path: '/leads' }),
      ours: () => ({ method: 'GET', path: '/api/v1/leads', headers: credential }),
    },
    {
      name: 'move a card, ours / bare',
      bound: 1.2,
      bare: () => ({
        method: 'PATCH',
        path: `/leads/${next(ids)}`,
        headers: json,
        body: JSON.stringify({ stageId: next(stages), position: turn }),
      }),
      ours: () => ({
        method: 'POST',
        path: `/api/v1/leads/${next(ids)}/stage`,
        headers: writeHeaders,
        body: JSON.stringify({ stageId: next(stages) }),
      }),
    },
  ];
  const findings: Finding[] = [];
  for (const { name, bound, bare, ours } of cases) {
    await requestsPerSecond(bareUrl, 1, bare);
    await requestsPerSecond(ourUrl, 1, ours);
    const ratios: number[] = [];
    const rates: [number, number][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const floor = await requestsPerSecond(bareUrl, SECONDS, bare);
      const rate = await requestsPerSecond(ourUrl, SECONDS, ours);
      ratios.push(rate / floor);
      rates.push([floor, rate]);
    }
    const note = `bare ${Math.round(median(rates.map(([floor]) => floor)))}/s, ours ${Math.round(median(rates.map(([, rate]) => rate)))}/s, ${ROUNDS} rounds`;
    findings.push({ name, value: median(ratios), bound, better: 'atLeast', note });
  }
  await report('http', findings);
} finally {
  for (const child of children) child.kill('SIGKILL');
  await postgres.stop();
}
process.exit();
