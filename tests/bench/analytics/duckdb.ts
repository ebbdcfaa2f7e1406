import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Question } from '../../../backend/analytics/engine.ts';
import type { FactId } from '../../../backend/analytics/measures.ts';

import type { ComparedRow } from './agreement.ts';
import { duckDbStatement } from './duckdb-statement.ts';

const DUCKDB_THREADS = 2;

const dimensions = 'product_category as category, region, team_id as team, owner_id as owner, source, segment';
const created = (alias: string) => `(${alias}.created_at at time zone 'UTC')::date`;

/** The rows that the columnar store holds, as PostgreSQL gives them: the same work is done beforehand for both. */
const exported: Record<Exclude<FactId, 'closed' | 'pipeline'> | 'opportunities', string> = {
  sales: `select sold_on as day, amount_base as amount, cost_base as cost, quantity, product_id as product, account_id as account,
    ${dimensions} from sale where deleted_at is null`,
  customers: `select sold_on as day, product_id as product, ${dimensions} from (
      select distinct on (account_id) * from sale where deleted_at is null and account_id is not null order by account_id, sold_on, id) f`,
  leads: `select ${created('l')} as day, l.converted_at is not null or st.kind = 'won' as converted, ${dimensions}
    from lead l join stage st on st.id = l.stage_id where l.deleted_at is null`,
  opportunities: `select o.closed_on as day, st.kind as state, o.amount_base as amount,
      o.amount_base * coalesce(o.probability, st.probability)::numeric as weighted,
      case when st.kind = 'won' and o.closed_on >= ${created('o')} then o.closed_on - ${created('o')} end as cycle, product_id as product,
      ${dimensions}
    from opportunity o join stage st on st.id = o.stage_id where o.deleted_at is null`,
  spend: `select spent_on as day, amount_base as amount, region, team_id as team, source from spend`,
};

const columnTypes: Readonly<Record<string, string>> = {
  day: 'DATE',
  amount: 'DECIMAL(18,4)',
  cost: 'DECIMAL(18,4)',
  quantity: 'DECIMAL(18,4)',
  weighted: 'DECIMAL(30,8)',
  converted: 'BOOLEAN',
  cycle: 'INTEGER',
};

/** DuckDB with the facts in it. */
export interface DuckDb {
  /** Statements are prepared beforehand: only carrying them out is timed. */
  prepare(question: Question): Promise<{ rows(): Promise<ComparedRow[]> }>;
  close(): void;
}

/** DuckDB in this process with the facts in memory: typed columns, enums for every dimension, sorted by day. */
export async function loadDuckDb(databaseUrl: string): Promise<DuckDb> {
  const folder = await mkdtemp(path.join(tmpdir(), 'salespulse-duckdb-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: String(DUCKDB_THREADS) });
  const duck = await instance.connect();
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    for (const [table, query] of Object.entries(exported)) {
      const file = path.join(folder, `${table}.csv`);
      await pipeline(
        client.query(copyTo(`copy (${query}) to stdout with (format csv, header)`)),
        createWriteStream(file),
      );
      await loadTable(duck, table, file);
      await rm(file);
    }
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
  return {
    async prepare(question) {
      const statement = await duck.prepare(duckDbStatement(question));
      return {
        async rows() {
          const result = await statement.runAndReadAll();
          return result.getRowObjectsJson().map(({ bucket, key, ...measures }) => ({
            bucket: (bucket as string) || null,
            key: (key as string) || null,
            measures: measures as ComparedRow['measures'],
          }));
        },
      };
    },
    close() {
      duck.closeSync();
      instance.closeSync();
    },
  };
}

async function loadTable(duck: DuckDBConnection, table: string, file: string): Promise<void> {
  await duck.run(`create temp table raw as select * from read_csv('${file}', header = true, all_varchar = true)`);
  const described = await duck.runAndReadAll('describe raw');
  const names = described.getRowObjectsJson().map(({ column_name: name }) => String(name));
  for (const name of names.filter((one) => !(one in columnTypes))) {
    await duck.run(
      `create type ${table}_${name} as enum (select distinct ${name} from raw where ${name} is not null order by 1)`,
    );
  }
  const columns = names.map((name) => `cast(${name} as ${columnTypes[name] ?? `${table}_${name}`}) as ${name}`);
  await duck.run(`create table ${table} as select ${columns.join(', ')} from raw order by 1`);
  await duck.run('drop table raw');
}
