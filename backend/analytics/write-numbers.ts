// npm run docs:numbers            writes docs/numbers.md
// npm run docs:numbers -- --check  fails when the page is not what the catalogue says
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { measureSql } from './engines/sql/index.ts';
import { metrics } from './metrics.ts';
import { numbersPage } from './numbers-page.ts';

const file = fileURLToPath(new URL('../../docs/numbers.md', import.meta.url));
const page = numbersPage(metrics, measureSql);

if (process.argv.includes('--check')) {
  const present = await readFile(file, 'utf8').catch(() => null); // missing counts as out of date
  if (present !== page) {
    console.error('docs/numbers.md is out of date. Run: npm run docs:numbers');
    process.exitCode = 1;
  }
} else {
  await writeFile(file, page);
}
