import type { FieldView } from '../../access/index.ts';
import { businessDay } from '../../calendar/index.ts';
import type { ImportEntity, ImportMapping, ImportSummary } from '../../contracts/imports.ts';
import type { Database } from '../../db/index.ts';
import type { ChangeListener } from '../../notify/index.ts';
import { entityImports } from '../entities/catalogue.ts';
import { ImportFileError } from '../import-file-error.ts';
import { planImport } from '../mapping/plan.ts';
import { utf8Chunks } from '../reading/encoding.ts';
import { type Inspection, inspectFile } from '../reading/inspect.ts';
import { readRecords } from '../reading/records.ts';
import type { ImportSource } from '../reading/source.ts';
import { failRun, finishRun, readCurrencies, readCustomFields, startRun } from '../run.repository.ts';
import { customColumnsOf } from './custom-columns.ts';
import type { RunFacts } from './entity-import.ts';
import type { ImportRow } from './import-row.ts';
import { References } from './references.ts';
import { RowReader } from './row-reader.ts';
import { type BatchWriter, writeBatch } from './write-batch.ts';

/** Rows of one transaction. */
export const BATCH_ROWS = 5000;

/** What the import of a file needs to know. */
export interface ImportRequest {
  runId: string;
  entity: ImportEntity;
  source: ImportSource;
  mapping?: ImportMapping;
  isDryRun: boolean;
  /** automation rules react to what it brings in, as they do to what people enter; left out: they don't */
  runsRules?: boolean;
  /** guarded groups of fields that whoever asks may see, and so may fill */
  shown: FieldView;
  /** who asks: a person, or nobody on the command line */
  userId: string | null;
  actorKind: string;
  signal?: AbortSignal;
  /** after each batch: rows read so far and rows in all */
  onProgress?(done: number, total: number): void | Promise<void>;
}

interface ImportDependencies {
  database: Database;
  timeZone: string;
  clock: () => Date;
  /** hears of each batch once it is there */
  changes?: ChangeListener | undefined;
}

/**
 * Brings a file in: batches of 5,000 rows, each a transaction of its own. Ended at any point it leaves whole
 * batches; done again it completes them, because rows that are there already stay as they are.
 *
 * @throws ImportFileError when the file or the mapping can't be used; nothing has changed then
 */
export async function runImport(deps: ImportDependencies, request: ImportRequest): Promise<ImportSummary> {
  const { database } = deps;
  try {
    return await importFile(deps, request);
  } catch (error) {
    if (request.signal?.aborted) throw error; // it goes on elsewhere or later
    const sentence =
      error instanceof ImportFileError
        ? error.message
        : 'The import broke off. What was imported before stays; import the file again to complete it.';
    await failRun(database.sql, request.runId, sentence);
    throw error;
  }
}

async function importFile(deps: ImportDependencies, request: ImportRequest): Promise<ImportSummary> {
  const { database, timeZone, clock } = deps;
  const definition = entityImports[request.entity];
  const inspection = await inspectFile(request.source);
  const visible = await readCustomFields(database.sql, definition.customEntity, request.shown);
  const plan = planImport(definition, inspection, visible, request.shown, request.mapping);
  if (plan.problems.length > 0) throw new ImportFileError(plan.problems.join(' '));
  const { currency, known } = await readCurrencies(database.sql);
  const now = clock();
  const run: RunFacts = {
    runId: request.runId,
    currency,
    knownCurrencies: known,
    timeZone,
    today: businessDay(now, timeZone),
    startedAt: now.toISOString(),
    userId: request.userId,
    runsRules: request.runsRules ?? false,
  };
  const columns = inspection.columns.map(({ name }) => name);
  await startRun(database, request.runId, { columns, fields: plan.mapping }, request.isDryRun);
  const reader = new RowReader(definition, run, plan, columns.length, inspection.isErrorReport);
  const references = new References(request.entity === 'leads' ? 'lead' : 'opportunity', currency);
  const writer: BatchWriter = {
    database,
    definition,
    run,
    references,
    mapped: new Set(plan.columns.map(({ field }) => field.key)),
    custom: await customColumnsOf(database.sql, definition.customEntity, plan),
    isDryRun: request.isDryRun,
    actorKind: request.actorKind,
    fail: reader.fail,
    changes: deps.changes,
  };
  const summary = await writeAll(writer, reader, inspection, request);
  await finishRun(database, request.runId, summary.references);
  return summary;
}

/**
 * Reads the next batch while the database merges the one before; not earlier, because reading would hold up
 * the short statements before the merge and then there would be nothing left to do meanwhile.
 */
async function writeAll(
  writer: BatchWriter,
  reader: RowReader,
  inspection: Inspection,
  request: ImportRequest,
): Promise<ImportSummary> {
  const totals = { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 };
  let writing: Promise<void> = Promise.resolve();
  const write = async (rows: ImportRow[], onStaged: () => void): Promise<void> => {
    const outcome = await writeBatch(writer, rows, onStaged);
    for (const key of ['rows', 'created', 'updated', 'unchanged', 'rejected'] as const) totals[key] += outcome[key];
    await request.onProgress?.(totals.rows, inspection.rows);
  };
  try {
    for await (const rows of batches(reader, inspection, request.source)) {
      await writing;
      request.signal?.throwIfAborted();
      const staged = new Promise<void>((resolve) => {
        writing = write(rows, resolve);
      });
      await Promise.race([staged, writing]);
      writing.catch(() => {}); // awaited below or at the next batch; until then it must not count as unhandled
    }
  } finally {
    // Also when reading fails: no batch may be under way once this function has ended.
    await writing;
  }
  return { ...totals, references: writer.references.report() };
}

async function* batches(reader: RowReader, inspection: Inspection, source: ImportSource): AsyncGenerator<ImportRow[]> {
  let batch: ImportRow[] = [];
  let isHeader = true;
  for await (const group of readRecords(utf8Chunks(source, inspection.encoding), inspection.delimiter)) {
    for (const record of group) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      batch.push(reader.read(record));
      if (batch.length === BATCH_ROWS) {
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}
