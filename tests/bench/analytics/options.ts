import { parseArgs } from 'node:util';

/** What the analytics benchmark was asked for. */
export interface BenchOptions {
  sales: number;
  /** keeps the filled database in this folder, for another run; null: it is thrown away */
  keep: string | null;
  /** on the embedded store */
  pglite: boolean;
  /** how often each question is asked over HTTP, and at the engine */
  rounds: number;
  /** asks the engine itself too, in turns with DuckDB */
  duckdb: boolean;
  /** who answers at the server */
  engine: 'columnar' | 'sql';
}

/** @throws Error with one sentence for what it does not know */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sales: { type: 'string' },
      keep: { type: 'string' },
      pglite: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '20' },
      duckdb: { type: 'boolean', default: false },
      engine: { type: 'string', default: 'columnar' },
    },
  });
  const { engine } = values;
  if (engine !== 'columnar' && engine !== 'sql') throw new Error('--engine takes columnar or sql.');
  const sales = Number(values.sales ?? (values.pglite ? 1_000_000 : 5_000_000));
  const rounds = Number(values.rounds);
  if (!Number.isInteger(sales) || sales < 1000) throw new Error('--sales takes a number of 1000 or more.');
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number of 1 or more.');
  return { sales, keep: values.keep ?? null, pglite: values.pglite, rounds, duckdb: values.duckdb, engine };
}
