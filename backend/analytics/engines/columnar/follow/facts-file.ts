import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Dependencies } from '../../../../dependencies.ts';
import { type DatabaseState, isFileKnown, noteFile } from '../feed/log.repository.ts';
import { type Poll, pollChanges, type Seen } from '../feed/poll.repository.ts';
import { type FileIdentity, fileIn, publishDraft, readHeader, removeOldDrafts } from '../snapshot-file.ts';
import type { StoreSize } from '../worker/orders.ts';
import type { StoreHost } from '../worker/store-host.ts';

/** What was in the file, and what has happened since. */
export interface Opened {
  seen: Seen;
  size: StoreSize;
  since: Poll;
}

/** The file that the copy is kept in between two runs. */
export interface FactsFile {
  readonly path: string;
  /** Has the thread take the file, if it is of this database and its log still reaches back; null: it is not. */
  open(now: DatabaseState): Promise<Opened | null>;
  /**
   * Writes what the thread has, which is what `identify` says when the thread is asked; null: nothing, and nothing is
   * written. Answers the id of the file.
   */
  write(identify: () => Omit<FileIdentity, 'id' | 'timeZone'> | null): Promise<string | null>;
}

interface FactsFileOptions extends Pick<Dependencies, 'database' | 'logger'> {
  host: StoreHost;
  config: Pick<Dependencies['config'], 'dataDir' | 'timeZone'>;
}

export function createFactsFile({ database, logger, host, config }: FactsFileOptions): FactsFile {
  const { timeZone } = config;
  const file = fileIn(config.dataDir);
  return {
    path: file,
    async open({ systemId, databaseId }) {
      const header = await readHeader(file);
      if (header?.systemId !== systemId || header.databaseId !== databaseId || header.timeZone !== timeZone)
        return null;
      if (!(await isFileKnown(database.sql, header.id))) return null;
      const seen: Seen = { snapshot: header.snapshot, origin: header.id };
      const since = await pollChanges(database.sql, timeZone, seen);
      if (since.isUntold) return null;
      try {
        return { seen, since, size: await host.ask('open', { file, header }) };
      } catch (error) {
        const sentence = 'the file of the analytics store cannot be used; the store is made from the database';
        logger.warn({ err: error, file }, sentence);
        return null;
      }
    },
    async write(identify) {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await removeOldDrafts(file);
      const known = identify();
      if (known === null) return null;
      const id = randomUUID();
      // Orders are carried out in order: at its turn the thread has what was identified just now.
      const draft = await host.ask('save', { file, identity: { ...known, id, timeZone } });
      await noteFile(database.sql, id);
      await publishDraft(file, draft);
      return id;
    },
  };
}
