import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { copyText } from './copy.ts';
import { lockDataDir } from './data-dir-lock.ts';
import type { Database, Tx } from './database.ts';
import { isCollision } from './errors.ts';
import { PrismaClient } from './generated/client.ts';
import { listenOn } from './listener.ts';
import { applyMigrations, isMigrated } from './migrate.ts';
import { pgliteRunner, poolRunner, prismaRunner, type SqlRunner, sql } from './sql.ts';

/** Chosen once; any replica of the same database must agree on it. */
const MIGRATION_LOCK = 7_203_114_001;
const TRANSACTION_OPTIONS = { maxWait: 30_000, timeout: 120_000 };

/** How much of a word must be there for it to be taken as a mistyped one (pg_trgm's `<%`). */
const SIMILAR = 'pg_trgm.word_similarity_threshold=0.33';

/** The database can't be reached; the message says what to do. */
export class DatabaseUnreachableError extends Error {
  constructor(url: string, cause: unknown) {
    const { host, pathname } = new URL(url);
    const reason = cause instanceof Error && cause.message ? cause.message : (cause as { code?: string })?.code;
    super(
      `Cannot reach the database ${pathname.slice(1)} on ${host} (${reason ?? 'no answer'}). Check DATABASE_URL and that the server is running.`,
      { cause },
    );
    this.name = 'DatabaseUnreachableError';
  }
}

/** How often a transaction is begun that collides with others; it waits up to so long longer before each new try. */
const TRIES = 4;
const PAUSE_MS = 50;

function prismaTransactions(prisma: PrismaClient): Database['transaction'] {
  async function once<T>(work: (tx: Tx) => Promise<T>): Promise<{ result: T; followers: readonly (() => void)[] }> {
    const followers: (() => void)[] = [];
    const result = await prisma.$transaction(async (client) => {
      const tx: Tx = { prisma: client, sql: prismaRunner(client), afterCommit: (follower) => followers.push(follower) };
      return work(tx);
    }, TRANSACTION_OPTIONS);
    return { result, followers };
  }

  async function untilThrough<T>(work: (tx: Tx) => Promise<T>, tried = 0): ReturnType<typeof once<T>> {
    try {
      return await once(work);
    } catch (error) {
      if (tried + 1 >= TRIES || !isCollision(error)) throw error;
      // By chance, so that two don't meet again.
      await setTimeout(Math.random() * PAUSE_MS * (tried + 1));
      return untilThrough(work, tried + 1);
    }
  }

  return async (work) => {
    const { result, followers } = await untilThrough(work);
    for (const follower of followers) follower();
    return result;
  };
}

/** The adapter cuts scripts at each semicolon, also inside the body of a function: the server gets them whole. */
function takingWholeScripts(adapter: PrismaPg, pool: pg.Pool): PrismaPg {
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => {
    const connection = await connect();
    connection.executeScript = async (script) => {
      await pool.query(script);
    };
    return connection;
  };
  return adapter;
}

/** Opens a PostgreSQL server. `connections`: size of the pool. */
export async function openPostgres(url: string, connections = 20): Promise<Database> {
  const settings: pg.PoolConfig = {
    connectionString: url,
    // To compile a question takes longer than most take to answer.
    options: `-c timezone=UTC -c jit=off -c ${SIMILAR}`,
    connectionTimeoutMillis: 10_000,
  };
  const pool = new pg.Pool({ ...settings, max: connections });
  // An idle connection lost with the server is replaced at the next query; without a listener it would
  // end the process.
  pool.on('error', () => {});
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw new DatabaseUnreachableError(url, error);
  }
  const adapter = new PrismaPg(pool);
  const prisma = new PrismaClient({ adapter });
  return {
    engine: 'postgres',
    prisma,
    sql: poolRunner(pool),
    transaction: prismaTransactions(prisma),
    async bulk(work) {
      const client = await pool.connect();
      let failure: Error | undefined;
      try {
        await client.query('begin');
        const result = await work({
          sql: poolRunner(client),
          async copyIn(table, columns, rows) {
            const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
            for (const block of copyText(rows)) {
              if (!stream.write(block)) await new Promise((resolve) => stream.once('drain', resolve));
            }
            stream.end();
            await finished(stream);
          },
          async copyOut(query) {
            return buffer(client.query(copyTo(`copy (${query}) to stdout (format binary)`)));
          },
        });
        await client.query('commit');
        return result;
      } catch (error) {
        failure = error as Error;
        await client.query('rollback').catch(() => {}); // the connection is discarded below
        throw error;
      } finally {
        client.release(failure);
      }
    },
    async execScript(script) {
      await pool.query(script);
    },
    executeSql: async (text, values) => pool.query(text, values),
    async migrate() {
      const holder = await pool.connect();
      // The engine takes a lock too, which it leaves to the end of its connections, and waits ten seconds for another's:
      // on connections that live on, a second process that starts at the same time would give up.
      const own = new pg.Pool({ ...settings, max: 4 });
      try {
        await holder.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
        if (await isMigrated(poolRunner(holder))) return [];
        return await applyMigrations(takingWholeScripts(new PrismaPg(own), own));
      } finally {
        await own.end();
        await holder.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
        holder.release();
      }
    },
    listen: (channel, listener, lost) => listenOn(url, channel, listener, lost),
    async close() {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

/** What the migrations may install; part of the package, nothing is downloaded. */
export const pgliteExtensions = { pg_trgm };

/** Opens PGlite in `folder` (its own folder below DATA_DIR), or in memory when `folder` is null. */
export async function openPglite(folder: string | null, loadDataDir?: Blob): Promise<Database> {
  let unlock: (() => Promise<void>) | undefined;
  if (folder !== null) {
    unlock = await lockDataDir(folder);
    await mkdir(path.join(folder, 'pglite'), { recursive: true });
  }
  const client = await PGlite.create({
    extensions: pgliteExtensions,
    ...(folder === null ? {} : { dataDir: path.join(folder, 'pglite') }),
    ...(loadDataDir ? { loadDataDir } : {}),
  }).catch(async (error: unknown) => {
    await unlock?.();
    throw error;
  });
  await client.exec(`set ${SIMILAR}`);
  return pgliteDatabase(client, unlock);
}

/**
 * PGlite has one connection: a statement outside the transaction that waits for it would wait for ever. Such a mistake is
 * told at once, with the line that made it, instead of after the transaction's time limit.
 */
function refuseInside(transactions: AsyncLocalStorage<true>, runner: SqlRunner): SqlRunner {
  const assertOutside = () => {
    if (transactions.getStore()) throw new Error('database.sql was asked inside a transaction: use its own tx.sql.');
  };
  return {
    async rows<Row>(statement: Parameters<SqlRunner['rows']>[0]) {
      assertOutside();
      return runner.rows<Row>(statement);
    },
    async first<Row>(statement: Parameters<SqlRunner['first']>[0]) {
      assertOutside();
      return runner.first<Row>(statement);
    },
  };
}

/** Wraps a PGlite that is open already. */
export function pgliteDatabase(client: PGlite, unlock?: () => Promise<void>): Database {
  const adapter = new PrismaPGlite(client);
  const prisma = new PrismaClient({ adapter });
  const transactions = new AsyncLocalStorage<true>();
  const transaction = prismaTransactions(prisma);
  return {
    engine: 'pglite',
    prisma,
    sql: refuseInside(transactions, pgliteRunner(client)),
    transaction: (work) => transaction((tx) => transactions.run(true, () => work(tx))),
    bulk: (work) =>
      client.transaction((tx) =>
        work({
          sql: pgliteRunner(tx),
          async copyIn(table, columns, rows) {
            const blob = new Blob([...copyText(rows)]);
            await tx.query(`copy ${table} (${columns.join(', ')}) from '/dev/blob'`, [], { blob });
          },
          async copyOut(query) {
            const { blob } = await tx.query(`copy (${query}) to '/dev/blob' (format binary)`);
            if (!blob) throw new Error('the embedded database copied nothing');
            return new Uint8Array(await blob.arrayBuffer());
          },
        }),
      ),
    async execScript(script) {
      await client.exec(script);
    },
    async executeSql(text, values) {
      if (values && values.length > 0) return client.query(text, values);
      const results = await client.exec(text);
      return { rows: results.flatMap((result) => result.rows) };
    },
    async migrate() {
      if (await isMigrated(pgliteRunner(client))) return [];
      return applyMigrations(adapter as unknown as Parameters<typeof applyMigrations>[0]);
    },
    async listen(channel, listener) {
      return client.listen(channel, listener);
    },
    async close() {
      await prisma.$disconnect();
      if (!client.closed) await client.close();
      await unlock?.();
    },
  };
}

/** Is the store answering? Used by readiness. */
export async function pingDatabase(database: Database): Promise<void> {
  await database.sql.rows(sql`select 1`);
}
