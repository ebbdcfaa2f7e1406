import type { Question } from '../../../backend/analytics/engine.ts';
import { createSqlEngine } from '../../../backend/analytics/engines/sql/index.ts';
import { metricOf } from '../../../backend/analytics/index.ts';
import { openPostgres, type SqlRunner, sql } from '../../../backend/db/index.ts';
import { type Finding, median } from '../report.ts';
import { assertAgreement } from './agreement.ts';
import { loadDuckDb } from './duckdb.ts';
import { type BenchQuestion, type FilterValues, filtersAt, nameOf, periodAt, questions } from './questions.ts';
import { openStoreOf } from './store-findings.ts';

const WARM_UPS = 2;
const SQL_ROUNDS = 2;

/** Values that the filters can take. */
async function readValues(runner: SqlRunner): Promise<FilterValues> {
  const row = await runner.first<FilterValues>(sql`
    select (select json_agg(region) from (select region from account group by 1 order by 1) r) as region,
      (select json_agg(source) from (select source from lead group by 1 order by 1) s) as source,
      (select json_agg(segment) from (select segment from account group by 1 order by 1) s) as segment,
      (select json_agg(id) from (select id from team where name like 'Team %' order by name) t) as team`);
  if (!row) throw new Error('there are no accounts');
  return row;
}

/** The question as an engine is asked it. */
function engineQuestion(question: BenchQuestion, values: FilterValues, turn: number): Question {
  const today = new Date().toISOString().slice(0, 10);
  return {
    measures: [...new Set(question.metrics.flatMap((metric) => metricOf(metric).measures))],
    period: periodAt(question, today),
    filters: filtersAt(question, values, turn),
    scope: { kind: 'all' },
    today,
    grain: question.grain,
    by: question.by,
    byReach: null,
  };
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}

/** The set at the engine: the columnar store in turns with DuckDB, and PostgreSQL beside them, without HTTP. */
export async function measureEngines(databaseUrl: string, rounds: number): Promise<Finding[]> {
  const database = await openPostgres(databaseUrl, 4);
  const reference = createSqlEngine(database.sql, 'UTC');
  const { store, findings } = await openStoreOf(databaseUrl);
  const duck = await loadDuckDb(databaseUrl);
  try {
    const values = await readValues(database.sql);
    const ratios: number[] = [];
    for (const question of questions) {
      const ours: number[] = [];
      const theirs: number[] = [];
      const byRule: number[] = [];
      for (let round = -WARM_UPS; round < rounds; round++) {
        const asked = engineQuestion(question, values, round + WARM_UPS);
        const prepared = await duck.prepare(asked);
        // Whoever comes second finds the processor's caches filled by the other: they take turns.
        const first = round % 2 === 0 ? await timed(() => store.table(asked)) : null;
        const duckDb = await timed(() => prepared.rows());
        const own = first ?? (await timed(() => store.table(asked)));
        assertAgreement(`${nameOf(question)} in DuckDB`, asked.measures, own.result, duckDb.result);
        if (round < 0) continue;
        ours.push(own.ms);
        theirs.push(duckDb.ms);
        if (round >= SQL_ROUNDS) continue;
        const exact = await timed(() => reference.table(asked));
        assertAgreement(`${nameOf(question)} in SQL`, asked.measures, own.result, exact.result);
        byRule.push(exact.ms);
      }
      const ratio = median(ours.map((ms, index) => ms / (theirs[index] ?? Number.NaN)));
      ratios.push(ratio);
      findings.push({
        ...{ name: `engine: ${nameOf(question)}, columnar / DuckDB`, value: ratio, bound: 1, better: 'atMost' },
        note: `columnar ${median(ours).toFixed(2)} ms, DuckDB ${median(theirs).toFixed(2)} ms, sql ${median(byRule).toFixed(0)} ms`,
      });
    }
    const { rows, bytes } = store.size();
    findings.push({
      ...{ name: 'engine: bytes a row once all was asked', value: bytes / rows, bound: 30, better: 'atMost' },
    });
    findings.push({
      ...{
        name: 'engine: largest ratio to DuckDB of a question',
        value: Math.max(...ratios),
        bound: 1,
        better: 'atMost',
      },
    });
    return findings;
  } finally {
    duck.close();
    await database.close();
  }
}
