import pg from 'pg';
import { CopyOut } from './copy-out.ts';
import { customersCopy, type FactCopy, otherCopies, salesOfPages } from './copy-statements.ts';
import type { Loader } from './loader.ts';

/** One connection can't send as fast as its rows are read. */
const CONNECTIONS = 2;
/** Sales are read in so many pieces: whoever is done takes the next one. */
const PIECES = 16;

/**
 * Reads all facts of a PostgreSQL server in one snapshot, on connections of its own; answers the snapshot as text.
 * `onProgress` is told the rows so far, a few times a second.
 */
export async function loadFromServer(
  url: string,
  timeZone: string,
  loader: Loader,
  onProgress: (rows: number) => void,
): Promise<string> {
  const options = { connectionString: url, options: '-c timezone=UTC', connectionTimeoutMillis: 10_000 };
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client(options));
  const timer = setInterval(() => onProgress(loader.rows), 250);
  try {
    // A connection that breaks fails the statement on its way; without a listener it would end the process.
    for (const client of clients) client.on('error', () => {});
    await Promise.all(clients.map((client) => client.connect()));
    const { snapshot, pages } = await shareSnapshot(clients);
    const pieces = Math.min(PIECES, pages);
    const edge = (piece: number): number => Math.floor((pages * piece) / pieces);
    const queue = [
      // First, because it takes long and sends little: the other connection keeps this thread busy meanwhile.
      customersCopy(),
      ...Array.from({ length: pieces }, (_, piece) =>
        salesOfPages(edge(piece), piece === pieces - 1 ? null : edge(piece + 1)),
      ),
      ...otherCopies(timeZone),
    ];
    await Promise.all(clients.map((client) => copyAll(client, queue, loader)));
    await Promise.all(clients.map((client) => client.query('commit')));
    return snapshot;
  } finally {
    clearInterval(timer);
    await Promise.all(clients.map((client) => client.end()));
  }
}

/** Begins a transaction on each connection that sees what the first one sees. */
async function shareSnapshot(clients: readonly pg.Client[]): Promise<{ snapshot: string; pages: number }> {
  for (const client of clients) await client.query('begin isolation level repeatable read read only');
  const [first, ...others] = clients;
  const { rows = [] } =
    (await first?.query<{ snapshot: string; name: string; pages: number }>(
      `select pg_current_snapshot()::text as snapshot, pg_export_snapshot() as name,
         ceil(pg_relation_size('sale') / current_setting('block_size')::float8) as pages`,
    )) ?? {};
  const [found] = rows;
  if (!found) throw new Error('the database does not tell its snapshot');
  for (const client of others) await client.query(`set transaction snapshot ${client.escapeLiteral(found.name)}`);
  return { snapshot: found.snapshot, pages: Math.max(1, found.pages) };
}

async function copyAll(client: pg.Client, queue: FactCopy[], loader: Loader): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const copy = new CopyOut(`copy (${next.query}) to stdout (format binary)`, next.fields, loader.take[next.fact]);
    client.query(copy);
    await copy.done;
  }
}
