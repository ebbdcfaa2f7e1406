import type { Prisma, PrismaClient } from './generated/client.ts';
import type { SqlRunner } from './sql.ts';

/** What a repository may use inside a transaction. */
export interface Tx {
  prisma: Prisma.TransactionClient;
  sql: SqlRunner;
  /** Calls `work` once this transaction has committed; never when it rolls back. What it throws is lost: keep it harmless. */
  afterCommit(work: () => void): void;
}

/** A raw connection in a transaction of its own, for imports and bulk merges. */
export interface BulkTx {
  sql: SqlRunner;
  /**
   * Fills a temporary table from rows of text (null stays null) by the fastest way the database has:
   * COPY on both engines. The table must exist; columns are named in order.
   */
  copyIn(table: string, columns: readonly string[], rows: Iterable<readonly (string | null)[]>): Promise<void>;
  /** The rows of a query as COPY writes them in binary format: for pieces that fit into memory. */
  copyOut(query: string): Promise<Uint8Array>;
}

/** The open store. One per process. */
export interface Database {
  /** `postgres`: a server by DATABASE_URL. `pglite`: PostgreSQL in this process, in DATA_DIR. */
  readonly engine: 'postgres' | 'pglite';
  readonly prisma: PrismaClient;
  readonly sql: SqlRunner;
  /**
   * Runs `work` in one transaction; anything thrown rolls all of it back. Where the transaction collides with another one
   * (deadlock, serialisation failure), `work` is run again, a few times: what it does outside the database must bear that.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same on a raw connection, without Prisma's cost per statement. */
  bulk<T>(work: (tx: BulkTx) => Promise<T>): Promise<T>;
  /** Runs several statements of plain SQL text (schema, maintenance). */
  execScript(script: string): Promise<void>;
  /** Parameters as an array: what pg-boss asks for. Every statement's rows are returned. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Brings the schema up to date; safe to call from several processes at once. Returns what was applied. */
  migrate(): Promise<string[]>;
  /**
   * Calls `listener` with the payload of each NOTIFY on `channel`, and `lost` after a gap in which some may have been
   * missed; returns how to stop.
   */
  listen(channel: string, listener: (payload: string) => void, lost?: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
