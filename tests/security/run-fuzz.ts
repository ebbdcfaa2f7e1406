// npm run fuzz [-- --runs N] [--seed N]: 25,000 requests drawn from the API's own document, another 25,000 each time.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
const runs = values.runs ?? '25000';
const seed = values.seed ?? String(randomInt(2 ** 31));
console.log(`${runs} requests; the same ones again by: npm run fuzz -- --runs ${runs} --seed ${seed}`);
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'pglite', 'tests/security/fuzz.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed },
});
process.exit(status ?? 1);
