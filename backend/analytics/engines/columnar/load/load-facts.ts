import type { Dependencies } from '../../../../dependencies.ts';
import type { StoreSize } from '../worker/orders.ts';
import type { StoreHost } from '../worker/store-host.ts';
import { loadEmbedded } from './load-embedded.ts';

interface LoadOptions extends Pick<Dependencies, 'database'> {
  host: StoreHost;
  config: Pick<Dependencies['config'], 'databaseUrl' | 'timeZone'>;
}

/** Reads all facts into the thread, by the fastest way that the database has; answers the snapshot they are of. */
export const loadFacts = (
  { database, host, config: { databaseUrl, timeZone } }: LoadOptions,
  onProgress: (rows: number) => void,
): Promise<StoreSize & { snapshot: string }> =>
  databaseUrl === null || database.engine === 'pglite'
    ? loadEmbedded({ database, host, timeZone, onProgress })
    : host.ask('load', { url: databaseUrl, timeZone }, onProgress);
