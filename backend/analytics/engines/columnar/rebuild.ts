import type { Dependencies } from '../../../dependencies.ts';
import { askForRebuild, claimLog, readDatabaseState } from './feed/log.repository.ts';
import { createFactsFile } from './follow/facts-file.ts';
import { loadFacts } from './load/load-facts.ts';
import { estimateSize, whyTooLarge } from './memory-limit.ts';
import type { StoreSize } from './worker/orders.ts';
import { startStoreHost } from './worker/store-host.ts';

/** What came of it. `refused`: no copy is kept here; `reason` says why, in the middle of a sentence. */
export type Rebuilt = ({ kind: 'made' } & StoreSize) | { kind: 'refused'; reason: string };

/**
 * Makes the copy of the facts anew from the database, writes its file, and has every process that runs on this database
 * do away with its own: those beside this file open it, others read everything again. `onProgress` is told facts read so
 * far, and how many there are about.
 */
export async function rebuildCopy(
  { config, database, logger }: Dependencies,
  onProgress: (done: number, total: number) => void,
): Promise<Rebuilt> {
  if (config.analyticsEngine === 'sql') return { kind: 'refused', reason: 'ANALYTICS_ENGINE is sql' };
  const estimated = await estimateSize(database.sql);
  const expected = whyTooLarge(config, estimated);
  if (expected !== null) return { kind: 'refused', reason: expected };
  const host = startStoreHost(() => {}); // what was asked of it fails, and with it this
  try {
    const identity = await readDatabaseState(database.sql);
    await claimLog(database.sql, identity);
    const { snapshot, ...size } = await loadFacts({ database, host, config }, (rows) =>
      onProgress(rows, Math.max(rows, estimated.rows)),
    );
    onProgress(size.rows, size.rows);
    const reason = whyTooLarge(config, size);
    if (reason !== null) return { kind: 'refused', reason };
    const { systemId, databaseId } = identity;
    const file = createFactsFile({ database, logger, host, config });
    const id = await file.write(() => ({ systemId, databaseId, snapshot }));
    if (id !== null) await askForRebuild(database.sql, id);
    return { kind: 'made', ...size };
  } finally {
    await host.stop();
  }
}
