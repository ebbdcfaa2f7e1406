// npm run bench -- analytics [--sales 5000000] [--keep FOLDER] [--pglite] [--duckdb] [--engine columnar|sql] [--rounds 20]: how long the 18-query
// set (analytics/questions.ts) takes at the HTTP API while another process commits 500 sales a second, how soon those are in
// the answers, what following costs those who write; `--duckdb` asks the engine itself too, in turns with DuckDB.
// `--keep` leaves the filled database in a folder for another run; `--pglite` asks the embedded store, 1,000,000 sales.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { measureEngines } from './analytics/engine-findings.ts';
import { readOptions } from './analytics/options.ts';
import { measureServer } from './analytics/server-findings.ts';
import { openEmbeddedStore, openServerStore } from './analytics/store.ts';
import { report } from './report.ts';

const options = readOptions(process.argv.slice(2));
const folder = options.keep ?? (await mkdtemp(path.join(tmpdir(), 'salespulse-analytics-')));
console.log(`load before: ${loadavg()[0]?.toFixed(2)}`);
const store = await (options.pglite ? openEmbeddedStore : openServerStore)(folder, options.sales);
try {
  const findings = await measureServer(store, options);
  if (options.duckdb && store.url) findings.push(...(await measureEngines(store.url, options.rounds)));
  await report(options.pglite ? 'analytics-embedded' : 'analytics', findings);
} finally {
  await store.stop();
  if (options.keep === null) await rm(folder, { recursive: true, force: true });
}
process.exit();
