import { createHash } from 'node:crypto';
import type { PGlite, Transaction as PGliteTransaction } from '@electric-sql/pglite';
import type { ClientBase, Pool } from 'pg';
import { types as pgTypes } from 'pg';
import { raw, type Sql } from 'sql-template-tag';
import type { PrismaClient } from './generated/client.ts';

export { default as sql, join, raw, type Sql } from 'sql-template-tag';

/**
 * Runs hand-written SQL on whatever database is open.
 *
 * Statements select only text, integers, booleans, float8, json(b) and timestamptz: everything else
 * (numeric, date, bigint counts) is cast in the statement, because the drivers disagree on the rest.
 * JSON parameters are passed as `JSON.stringify(...)` and cast with `::jsonb`.
 */
export interface SqlRunner {
  /** All rows of one statement. */
  rows<Row>(statement: Sql): Promise<Row[]>;
  /** The first row, or undefined. */
  first<Row>(statement: Sql): Promise<Row | undefined>;
}

/**
 * `limit n`, written into the statement: with the limit as a parameter PostgreSQL can't know that few rows are
 * wanted, never settles on a kept plan, and plans the statement anew at each call.
 *
 * @throws RangeError for anything but a whole number from 0 to 100,000
 */
export function limitSql(rows: number): Sql {
  if (!Number.isInteger(rows) || rows < 0 || rows > 100_000) throw new RangeError(`a limit of ${rows} rows`);
  return raw(`limit ${rows}`);
}

const DATE_OID = 1082;
const INT8_OID = 20;
const asText = (value: string): string => value;

/** node-postgres parses as the adapter does, but leaves dates as text and makes counts numbers. */
const poolTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === DATE_OID) return asText;
    if (oid === INT8_OID) return Number;
    return format === 'binary' ? pgTypes.getTypeParser(oid, 'binary') : pgTypes.getTypeParser(oid, 'text');
  },
};

const statementNames = new Map<string, string>();
const MAX_STATEMENT_NAMES = 1000;

/** A short stable name, so that PostgreSQL plans each distinct statement once per connection. */
function statementName(text: string): string {
  let name = statementNames.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url');
    if (statementNames.size < MAX_STATEMENT_NAMES) statementNames.set(text, name);
  }
  return name;
}

const unprepared = new WeakSet<Sql>();

/**
 * A statement that the server plans anew at each call, for what it is asked: where the right way depends on how rare
 * a text is. Plans that are kept don't know that.
 */
export function plannedEachTime(statement: Sql): Sql {
  unprepared.add(statement);
  return statement;
}

/** Prepared statements on a node-postgres pool or client. */
export function poolRunner(pool: Pool | ClientBase): SqlRunner {
  const rows = async <Row>(statement: Sql): Promise<Row[]> => {
    const { text } = statement;
    const result = await pool.query({
      ...(unprepared.has(statement) ? {} : { name: statementName(text) }),
      text,
      values: statement.values,
      types: poolTypes,
    });
    return result.rows as Row[];
  };
  return {
    rows,
    first: async <Row>(statement: Sql) => (await rows<Row>(statement))[0],
  };
}

/** The same on PGlite. */
export function pgliteRunner(client: PGlite | PGliteTransaction): SqlRunner {
  const parsers = { [DATE_OID]: asText, [INT8_OID]: Number };
  const rows = async <Row>(statement: Sql): Promise<Row[]> => {
    const result = await client.query<Row>(statement.text, statement.values, {
      parsers,
    });
    return result.rows;
  };
  return {
    rows,
    first: async <Row>(statement: Sql) => (await rows<Row>(statement))[0],
  };
}

/** The same inside a Prisma transaction, for services that mix typed writes and SQL. */
export function prismaRunner(prisma: Pick<PrismaClient, '$queryRaw'>): SqlRunner {
  const rows = async <Row>(statement: Sql): Promise<Row[]> => {
    const found = await prisma.$queryRaw<Record<string, unknown>[]>(statement);
    for (const row of found) {
      for (const key in row) {
        const value = row[key];
        if (typeof value === 'bigint') row[key] = Number(value);
      }
    }
    return found as Row[];
  };
  return {
    rows,
    first: async <Row>(statement: Sql) => (await rows<Row>(statement))[0],
  };
}
