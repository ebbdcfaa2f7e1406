// npm run bench -- pipeline: how long lists, searches, boards, moves and reports take with 200,000 leads, 100,000
// opportunities and a million stage events on PostgreSQL. Times are those of whole HTTP requests, one after the other; moves
// are made by fifty people at once, each about once a second.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openPostgres, sql } from '../../backend/db/index.ts';
import { bootstrap, hashPassword } from '../../backend/identity/index.ts';
import { signIn } from '../support/client.ts';
import { testConfig } from '../support/config.ts';
import { addPeople, PASSWORD } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { SERVER_MEMORY, startPostgres } from '../support/postgres.ts';
import type { Call } from './http/load.ts';
import { addSellers, fill } from './pipeline/fill.ts';
import { createCaller, p95 } from './pipeline/latency.ts';
import { type Finding, median, report } from './report.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 4);
const WRITE_SECONDS = Number(process.env.BENCH_WRITE_SECONDS ?? 15);

// BENCH_DATABASE keeps the filled database for another run: postgresql://... of a server, without a database name.
const kept = process.env.BENCH_DATABASE;
const postgres = kept ? null : await startPostgres(SERVER_MEMORY);
if (!kept && postgres === null) throw new Error('This benchmark needs PostgreSQL: apt-get install postgresql');
const server = kept ?? postgres?.url ?? '';
const admin = new pg.Client(`${server}/postgres`);
await admin.connect();
const { rowCount } = await admin.query(`select 1 from pg_database where datname = 'bench_pipeline'`);
if (!rowCount) await admin.query('create database bench_pipeline');
await admin.end();
const url = `${server}/bench_pipeline`;
const config = testConfig({ DATABASE_URL: url });
const database = await openPostgres(url, 2);
if (!rowCount) {
  await database.migrate();
  await bootstrap(database, config);
  await addPeople(database, await hashPassword(config, PASSWORD));
  await addSellers(database, 'rep@example.com');
  const started = performance.now();
  await fill(database);
  console.log(`filled in ${Math.round((performance.now() - started) / 1000)} s`);
}
const sellers = (
  await database.sql.rows<{ id: string; email: string }>(
    sql`select id::text as id, email from app_user where email like 'seller%' order by email`,
  )
).map((seller) => seller);
const pipelines = await database.sql.rows<{ entity: string; id: string; stages: string[] }>(sql`
  select p.entity, p.id::text as id, (select json_agg(s.id order by s.position) from stage s where s.pipeline_id = p.id and s.kind = 'open') as stages
  from pipeline p where p.is_default`);
const leads = pipelines.find(({ entity }) => entity === 'lead');
const deals = pipelines.find(({ entity }) => entity === 'opportunity');
if (!leads || !deals) throw new Error('the default pipelines are missing');
const open = await database.sql.rows<{ id: string; email: string }>(sql`
  select l.id::text as id, u.email from lead l join app_user u on u.id = l.owner_id join stage s on s.id = l.stage_id
  where s.kind = 'open' order by l.id`);
const sizes = await database.sql.first<{ leads: number; deals: number; events: number; cards: number }>(sql`
  select (select count(*)::int from lead) as leads, (select count(*)::int from opportunity) as deals,
    (select count(*)::int from stage_event) as events, ${open.length}::int as cards`);
console.log(sizes);
await database.close();

const port = await freePort();
const child: ChildProcess = fork(fileURLToPath(new URL('./http/our-server.ts', import.meta.url)), [url, String(port)]);
await once(child, 'message');
const origin = `http://localhost:${port}`;
const caller = createCaller(origin, 64);
const findings: Finding[] = [];

/** Times each path a few times, as an administrator (who sees all) and as a seller. */
async function measure(
  name: string,
  bound: number,
  paths: readonly string[],
  credentials: readonly object[],
): Promise<void> {
  const times: number[] = [];
  let slowest = { path: '', time: 0 };
  for (let round = -1; round < ROUNDS; round++) {
    for (const path of paths) {
      for (const headers of credentials) {
        const time = await caller.time({
          method: 'GET',
          path: `/api/v1${path}`,
          headers: headers as Call['headers'] & object,
        });
        // The first round fills caches and prepares statements.
        if (round < 0) continue;
        times.push(time);
        if (time > slowest.time) slowest = { path, time };
      }
    }
  }
  const note = `median ${median(times).toFixed(1)} ms, slowest ${slowest.time.toFixed(0)} ms: ${slowest.path}`;
  findings.push({ name: `${name}, p95 ms`, value: p95(times), bound, better: 'atMost', note });
}

/** Fifty people move their own cards, each about once a second. */
async function measureMoves(): Promise<void> {
  const times: number[] = [];
  // One after another: many sign-ins at once from one address are held back.
  const people: { email: string; credential: Record<string, string> }[] = [];
  for (const { email } of sellers) {
    people.push({ email, credential: (await signIn(origin, email, PASSWORD)).credential });
  }
  const end = performance.now() + WRITE_SECONDS * 1000;
  await Promise.all(
    people.map(async ({ email, credential }, place) => {
      const cards = open.filter((card) => card.email === email);
      await wait(place * 20);
      for (let turn = 0; performance.now() < end; turn++) {
        const card = cards[turn % cards.length];
        const stageId = leads?.stages[(turn + place) % leads.stages.length];
        if (!card) return;
        const headers = { ...credential, 'Content-Type': 'application/json', 'X-SalesPulse-Request': '1' };
        const body = JSON.stringify({ stageId });
        times.push(await caller.time({ method: 'POST', path: `/api/v1/leads/${card.id}/stage`, headers, body }));
        await wait(1000);
      }
    }),
  );
  const settled = times.slice(people.length);
  findings.push({
    name: 'drag commit while 50 write, p95 ms',
    value: p95(settled),
    bound: 20,
    better: 'atMost',
    note: `median ${median(settled).toFixed(1)} ms, ${settled.length} moves`,
  });
}

/** What somebody types, letter by letter. */
const typed = (text: string): string[] => [...text].map((_, index) => text.slice(0, index + 1)).slice(2);

try {
  const boss = (await signIn(origin, 'admin@example.com', PASSWORD)).credential;
  const seller = (await signIn(origin, sellers[0]?.email ?? '', PASSWORD)).credential;
  const both = [boss, seller];
  const someone = sellers[7]?.id;
  const lists = [
    '/leads',
    '/leads?sort=-updatedAt',
    '/leads?sort=-value',
    `/leads?stage=${leads.stages[0]}`,
    `/leads?owner=${someone}&sort=-value`,
    '/leads?source=Referral&segment=Enterprise',
    '/leads?stageKind=open&valueMin=20000&sort=-value',
    '/leads?createdFrom=2026-01-01&createdTo=2026-02-01&source=Website',
    '/opportunities',
    `/opportunities?stage=${deals.stages[1]}&sort=expectedCloseOn`,
    `/opportunities?owner=${someone}`,
    '/opportunities?stageKind=open&sort=-amount',
    '/opportunities?segment=SMB&source=Partner&sort=-updatedAt',
  ];
  await measure('list and filter', 30, lists, both);
  const words = [
    'schneider',
    'kowalsky',
    'meridian',
    'cobalt opt',
    'anna.weber',
    '+49 30 10012',
    'juniper',
    'virtanen',
  ];
  const searches = words.flatMap(typed).map((q) => `/search?q=${encodeURIComponent(q)}`);
  await measure('search as you type', 50, searches, both);
  const boards = [leads, deals].map(({ id }) => `/boards/${id}?limit=100`);
  await measure(
    'board, first page',
    60,
    boards.flatMap((path) => [path, path, path]),
    both,
  );
  const days = Array.from({ length: 12 }, (_, index) =>
    new Date(Date.now() - (index * 140 + 20) * 86_400_000).toISOString().slice(0, 10),
  );
  await measure(
    'rewind to a date',
    300,
    days.flatMap((day) => boards.map((path) => `${path}&asOf=${day}`)),
    both,
  );
  await measureMoves();
  const today = new Date().toISOString().slice(0, 10);
  const period = `entity=opportunity&from=${days[1]}&to=${today}`;
  await measure(
    'pipeline reports',
    2000,
    ['funnel', 'velocity', 'health', 'changes'].map((name) => `/analytics/pipeline/${name}?${period}`),
    [boss],
  );
  await report('pipeline', findings);
} finally {
  caller.close();
  child.kill('SIGKILL');
  await postgres?.stop();
}
process.exit();
