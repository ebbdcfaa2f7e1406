import { EVERYTHING } from '../../backend/access/index.ts';
import type { ImportEntity, ImportMapping, ImportSummary } from '../../backend/contracts/imports.ts';
import type { Database } from '../../backend/db/index.ts';
import { runImport } from '../../backend/imports/engine/run-import.ts';
import { fileSource, type ImportSource, memorySource } from '../../backend/imports/reading/source.ts';
import { createRun } from '../../backend/imports/run.repository.ts';
import type { ChangeListener } from '../../backend/notify/index.ts';

export interface ImportOptions {
  mapping?: ImportMapping;
  isDryRun?: boolean;
  runsRules?: boolean;
  changes?: ChangeListener;
}

/** Imports a file as the command line does and answers its summary. */
export async function importFile(
  database: Database,
  entity: ImportEntity,
  file: string | ImportSource,
  { mapping = {}, isDryRun = false, runsRules = false, changes }: ImportOptions = {},
): Promise<ImportSummary> {
  const source = typeof file === 'string' ? await fileSource(file) : file;
  const runId = await createRun(database.sql, entity, source.fileName, null);
  return runImport(
    { database, timeZone: 'Europe/Berlin', clock: () => new Date(), changes },
    { runId, entity, source, mapping, isDryRun, runsRules, shown: EVERYTHING.fields, userId: null, actorKind: 'cli' },
  );
}

/** The same with the file's text. */
export const importText = (
  database: Database,
  entity: ImportEntity,
  text: string,
  options: ImportOptions = {},
): Promise<ImportSummary> => importFile(database, entity, memorySource('test.csv', Buffer.from(text)), options);
