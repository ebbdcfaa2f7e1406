// Commits sales at a steady pace in small transactions, from a process of its own: node writer.ts DATABASE_URL ROWS_PER_SECOND.
// A message 'told' makes it answer the ms that its transactions took since the last one, and how many rows were committed.
import pg from 'pg';
import { insertSales, salesToWrite } from './written-sales.ts';

const ROWS = 5;
const [url = '', rowsPerSecond = '500'] = process.argv.slice(2);
const everyMs = (1000 * ROWS) / Number(rowsPerSecond);
const pool = new pg.Pool({ connectionString: url, max: 2 });
const idsOf = async (table: string): Promise<string[]> => {
  const { rows } = await pool.query(`select id::text as id from ${table} order by id limit 5000`);
  return rows.map(({ id }) => id);
};
const accounts = await idsOf('account');
const products = await idsOf('product');

let times: number[] = [];
let since = performance.now();
let due = performance.now();
const text = insertSales(ROWS);

async function write(): Promise<void> {
  const started = performance.now();
  await pool.query({ name: 'write', text, values: salesToWrite(ROWS, accounts, products) });
  times.push(performance.now() - started);
}

/** Two take turns; who is late makes up for it, so that the pace is kept while the database can. */
async function keepWriting(): Promise<never> {
  for (;;) {
    due = Math.max(due + everyMs, performance.now() - 1000);
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    await write();
  }
}

process.on('message', () => {
  const now = performance.now();
  process.send?.({ times, rows: times.length * ROWS, seconds: (now - since) / 1000 });
  times = [];
  since = now;
});
process.send?.('ready');
await Promise.all([keepWriting(), keepWriting()]);
