import { type BulkTx, type Database, sql } from '../../db/index.ts';
import type { ChangeListener } from '../../notify/index.ts';
import { addProgress, type BatchOutcome, insertErrors, recordBatch } from '../run.repository.ts';
import { claimImportedValues, holdCustomFields, RepeatedValues, resolveCustomPeople } from './custom-columns.ts';
import type { CustomColumns } from './custom-facts.ts';
import type { EntityImport, Fail, MergeCounts, RunFacts } from './entity-import.ts';
import { type ImportRow, textOf } from './import-row.ts';
import type { References } from './references.ts';

/** Chosen once: imports take turns by batch, so that two don't make the same account. */
const IMPORT_LOCK = 7_203_114_010;

/** Fields that name people. */
const PEOPLE = ['owner', 'person', 'manager'] as const;

/** Undoes the transaction of a dry run, carrying out what it would have done. */
class DryRunDone extends Error {
  readonly counts: MergeCounts;
  constructor(counts: MergeCounts) {
    super('dry run');
    this.name = 'DryRunDone';
    this.counts = counts;
  }
}

export interface BatchWriter {
  database: Database;
  definition: EntityImport;
  run: RunFacts;
  references: References;
  mapped: ReadonlySet<string>;
  custom: CustomColumns;
  isDryRun: boolean;
  /** how audit rows name the kind of credential */
  actorKind: string;
  fail: Fail;
  changes: ChangeListener | undefined;
}

/**
 * Writes one batch in one transaction: names looked up or made, good rows merged, bad rows listed, counters
 * and audit row. Either all of it is there afterwards or nothing. A dry run does the same and takes it back.
 * `onStaged` is called when the rows have been handed over and the database is at work.
 */
export async function writeBatch(
  writer: BatchWriter,
  rows: readonly ImportRow[],
  onStaged: () => void = () => {},
): Promise<BatchOutcome> {
  const { database, run, references, isDryRun } = writer;
  const outcomeOf = (counts: MergeCounts): BatchOutcome => ({
    ...counts,
    rows: rows.length,
    rejected: rows.filter((row) => row.problems !== null).length,
    firstLine: rows[0]?.line ?? 0,
    lastLine: rows.at(-1)?.line ?? 0,
  });
  try {
    const outcome = await database.bulk(async (tx) => {
      const counts = await mergeBatch(writer, announcing(tx, onStaged), rows);
      if (isDryRun) throw new DryRunDone(counts);
      const done = outcomeOf(counts);
      await insertErrors(tx, run.runId, rows);
      await addProgress(tx.sql, run.runId, done);
      await recordBatch(tx.sql, writer, done);
      return done;
    });
    references.commit();
    announce(writer, outcome);
    return outcome;
  } catch (error) {
    references.rollback();
    if (error instanceof RepeatedValues) return writeBatch(failing(writer, rows, error), rows, onStaged);
    if (!(error instanceof DryRunDone)) throw error;
    const done = outcomeOf(error.counts);
    await database.bulk(async (tx) => {
      await insertErrors(tx, run.runId, rows);
      await addProgress(tx.sql, run.runId, done);
    });
    return done;
  }
}

/** Pages that show such records read them anew: a batch is too many to list. */
function announce({ changes, definition }: BatchWriter, { created, updated }: BatchOutcome): void {
  if (definition.customEntity && created + updated > 0) changes?.announceMany(definition.customEntity);
}

/** Marks the rows whose values are another record's. Each try has fewer sound rows, so there is a last one. */
function failing(writer: BatchWriter, rows: readonly ImportRow[], { found }: RepeatedValues): BatchWriter {
  const byLine = new Map(rows.map((row) => [row.line, row]));
  for (const { key, line } of found) {
    const row = byLine.get(line);
    if (row) writer.fail(row, `custom.${key}`, 'is taken: another record has this value, which may occur once only');
  }
  return writer;
}

const announcing = (tx: BulkTx, onStaged: () => void): BulkTx => ({
  ...tx,
  async copyIn(table, columns, rows) {
    await tx.copyIn(table, columns, rows);
    onStaged();
  },
});

async function mergeBatch(writer: BatchWriter, tx: BulkTx, rows: readonly ImportRow[]): Promise<MergeCounts> {
  const { definition, run, references, mapped, custom, fail } = writer;
  await tx.sql.rows(sql`select pg_advisory_xact_lock(${IMPORT_LOCK}::bigint)::text as locked`);
  await holdCustomFields(tx, custom);
  const isSound = (row: ImportRow) => row.problems === null;
  if (definition.checkStage || mapped.has('stage') || mapped.has('converted')) {
    for (const row of rows) if (isSound(row)) references.stages.want(textOf(row, 'stage'), null);
    await references.resolveStages(tx.sql);
    for (const row of rows) {
      if (isSound(row)) definition.checkStage?.(row, references.stages.get(textOf(row, 'stage')), fail);
    }
  }
  await resolveCustomPeople(tx, custom, rows.filter(isSound), fail);
  for (const row of rows) if (isSound(row)) definition.refer(row, references);
  await references.resolve(tx.sql);
  for (const row of rows) {
    for (const field of PEOPLE) {
      const name = textOf(row, field);
      if (isSound(row) && references.users.get(name)?.isAmbiguous) {
        fail(row, field, `"${name}" is the name of several people; write the e-mail address instead`);
      }
    }
  }
  const sound = rows.filter(isSound);
  if (sound.length === 0) return { created: 0, updated: 0, unchanged: 0 };
  const counts = await definition.merge({ tx, run, references, mapped, custom }, sound);
  await claimImportedValues(tx, custom);
  return counts;
}
