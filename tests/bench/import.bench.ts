// npm run bench -- import: rows a second of importing 100,000 sales from a CSV file, against COPY of the finished
// rows to a temporary table + merge, same PostgreSQL, rounds in turn. Ours reads, checks and resolves names too.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openPostgres, sql } from '../../backend/db/index.ts';
import { bootstrap } from '../../backend/identity/index.ts';
import { importFile } from '../imports/support.ts';
import { testConfig } from '../support/config.ts';
import { startPostgres } from '../support/postgres.ts';
import { median, report } from './report.ts';

const ROWS = 100_000;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

const postgres = await startPostgres();
if (postgres === null) throw new Error('This benchmark needs PostgreSQL: apt-get install postgresql');
const url = `${postgres.url}/bench`;
const client = new pg.Client(`${postgres.url}/postgres`);
await client.connect();
await client.query('create database bench');
await client.end();
const database = await openPostgres(url, 4);
await database.migrate();
await bootstrap(database, testConfig({ DATABASE_URL: url }));

const two = (value: number): string => String(value).padStart(2, '0');
const rows = Array.from({ length: ROWS }, (_, n) => ({
  id: `S-${n}`,
  day: `20${two(23 + (n % 3))}-${two(1 + (n % 12))}-${two(1 + (n % 28))}`,
  account: `Customer ${n % 5000}`,
  product: `Product ${n % 50}`,
  quantity: String(1 + (n % 9)),
  amount: ((n * 37) % 100_000) / 100 + 1,
  cost: ((n * 13) % 50_000) / 100,
  owner: `Owner ${n % 40}`,
  region: ['North', 'South', 'East', 'West'][n % 4] ?? '',
  source: ['Web', 'Referral', 'Event'][n % 3] ?? '',
}));
const folder = await mkdtemp(path.join(tmpdir(), 'salespulse-bench-'));
const file = path.join(folder, 'sales.csv');
await writeFile(
  file,
  `id,date,customer,product,quantity,amount,cost,owner,region,source\n${rows.map((row) => Object.values(row).join(',')).join('\n')}\n`,
);

async function ours(): Promise<number> {
  const start = performance.now();
  const { created } = await importFile(database, 'sales', file);
  if (created !== ROWS) throw new Error(`The import created ${created} rows.`);
  return ROWS / ((performance.now() - start) / 1000);
}

/** The finished rows as COPY text, names resolved: what the bare way is given for nothing. */
async function finishedRows(): Promise<string[]> {
  const [line] = await database.sql.rows<{ text: string }>(sql`
    select string_agg(concat_ws(E'\t', external_key, sold_on, account_id, product_id, quantity, amount, cost, currency_code,
      amount_base, cost_base, owner_id, region, source), E'\n' order by id) || E'\n' as text from sale`);
  const text = line?.text ?? '';
  return Array.from({ length: Math.ceil(text.length / 262_144) }, (_, at) =>
    text.slice(at * 262_144, (at + 1) * 262_144),
  );
}

const COLUMNS =
  'external_key, sold_on, account_id, product_id, quantity, amount, cost, currency_code, amount_base, cost_base, owner_id, region, source';

async function bare(blocks: readonly string[]): Promise<number> {
  const connection = new pg.Client(url);
  await connection.connect();
  const start = performance.now();
  await connection.query('begin');
  await connection.query(`create temporary table incoming (external_key text, sold_on date, account_id uuid, product_id uuid,
    quantity numeric(18,4), amount numeric(18,4), cost numeric(18,4), currency_code text, amount_base numeric(18,4),
    cost_base numeric(18,4), owner_id uuid, region text, source text) on commit drop`);
  const stream = connection.query(copyFrom(`copy incoming (${COLUMNS}) from stdin`));
  for (const block of blocks) {
    if (!stream.write(block)) await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();
  await finished(stream);
  const names = COLUMNS.split(', ').slice(1);
  await connection.query(`
    insert into sale (${COLUMNS}, updated_at) select ${COLUMNS}, now() from incoming
    on conflict (external_key) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}, updated_at = now()
    where (${names.map((name) => `sale.${name}`).join(', ')}) is distinct from (${names.map((name) => `excluded.${name}`).join(', ')})`);
  await connection.query('commit');
  const seconds = (performance.now() - start) / 1000;
  await connection.end();
  return ROWS / seconds;
}

const empty = () => database.execScript('truncate sale; checkpoint');

try {
  await ours(); // makes accounts, products and people, and warms up
  const blocks = await finishedRows();
  await empty();
  await bare(blocks);
  const rates: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await empty();
    const bareRate = await bare(blocks);
    await empty();
    rates.push({ bare: bareRate, ours: await ours() });
  }
  const again = performance.now();
  const { unchanged } = await importFile(database, 'sales', file);
  const againRate = unchanged / ((performance.now() - again) / 1000);
  const note = (rate: number) => `${Math.round(rate).toLocaleString('en')} rows/s`;
  const ourRate = median(rates.map((rate) => rate.ours));
  const bareRate = median(rates.map((rate) => rate.bare));
  await report('import', [
    {
      name: 'import of 100,000 sales, ours / COPY + merge',
      value: median(rates.map((rate) => rate.ours / rate.bare)),
      bound: 0.6,
      better: 'atLeast',
      note: `${note(ourRate)} against ${note(bareRate)}; unchanged rows again: ${note(againRate)}`,
    },
  ]);
} finally {
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
