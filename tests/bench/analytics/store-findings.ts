import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadFromServer } from '../../../backend/analytics/engines/columnar/load/load-from-server.ts';
import { createLoader } from '../../../backend/analytics/engines/columnar/load/loader.ts';
import { readHeader, readParts, writeDraft } from '../../../backend/analytics/engines/columnar/snapshot-file.ts';
import type { ColumnStore } from '../../../backend/analytics/engines/columnar/store/contract.ts';
import { createStore, storeFromBytes } from '../../../backend/analytics/engines/columnar/store/store.ts';
import type { Finding } from '../report.ts';

const NO_ID = '00000000-0000-7000-8000-000000000000';

/** Makes the store from the database, writes its file and opens that, each timed; answers the opened one. */
export async function openStoreOf(databaseUrl: string): Promise<{ store: ColumnStore; findings: Finding[] }> {
  const began = performance.now();
  const built = createStore();
  const loader = createLoader(built);
  const snapshot = await loadFromServer(databaseUrl, 'UTC', loader, () => {});
  loader.finish();
  const rebuildSeconds = (performance.now() - began) / 1000;
  const { rows, bytes } = built.size();
  const folder = await mkdtemp(path.join(tmpdir(), 'salespulse-facts-'));
  try {
    const identity = { id: NO_ID, systemId: '', databaseId: '', timeZone: 'UTC', snapshot };
    const file = await writeDraft(path.join(folder, 'facts'), identity, built.toBytes());
    const fileBytes = (await stat(file)).size;
    const opening = performance.now();
    const header = await readHeader(file);
    if (!header) throw new Error('the file that was just written cannot be read');
    const store = storeFromBytes(await readParts(file, header));
    const openSeconds = (performance.now() - opening) / 1000;
    const note = `${rows.toLocaleString('en')} rows, file ${(fileBytes / 1e6).toFixed(0)} MB`;
    return {
      store,
      findings: [
        { name: 'engine: bytes a row in memory', value: bytes / rows, bound: 30, better: 'atMost', note },
        { name: 'engine: made from the database, s', value: rebuildSeconds, bound: 10, better: 'atMost' },
        { name: 'engine: opened from its file, s', value: openSeconds, bound: 1, better: 'atMost', note },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
