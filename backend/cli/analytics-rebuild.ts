// npm run analytics:rebuild: makes the fast copy of the figures anew from the database.
import { explainAndExit, UsageError } from './process.ts';
import { showProgress } from './progress.ts';
import { withStore } from './with-store.ts';

const MEBIBYTE = 1024 * 1024;
const count = new Intl.NumberFormat('en');

async function main(): Promise<void> {
  if (process.argv.length > 2) throw new UsageError('Usage: npm run analytics:rebuild   (it takes no arguments)');
  const startedAt = performance.now();
  const { rows, bytes } = await withStore((operations) => {
    const progress = showProgress(process.stdout);
    return operations.rebuildAnalytics(progress.update).finally(progress.stop);
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(
    `The copy of the figures was made anew in ${seconds} s: ${count.format(rows)} facts, ${Math.ceil(bytes / MEBIBYTE)} MiB.\nServers that run take it over, or make their own anew where they have another DATA_DIR; until then the database answers.\n`,
  );
}

main().then(() => process.exit(0), explainAndExit);
