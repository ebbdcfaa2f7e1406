import { type FieldView, hiddenCustomOf } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { CustomField } from '../contracts/fields.ts';
import type { ImportEntity, ImportMapping } from '../contracts/imports.ts';
import { type BulkTx, type Database, type SqlRunner, sql } from '../db/index.ts';
import { listFields } from '../pipeline/index.ts';
import type { MergeCounts, RunFacts } from './engine/entity-import.ts';
import type { ImportRow } from './engine/import-row.ts';
import type { Inspection } from './reading/inspect.ts';

/** What came of one batch. */
export interface BatchOutcome extends MergeCounts {
  rows: number;
  rejected: number;
  firstLine: number;
  lastLine: number;
}

/** How the file is read; kept with the run for the list of refused rows. */
export interface KeptMapping {
  /** in the order of the file */
  columns: string[];
  fields: ImportMapping;
  /** of an uploaded file: what was found when it came in */
  inspection?: Inspection;
}

/** A run that has no uploaded file: the command line's. */
export async function createRun(
  runner: SqlRunner,
  entity: ImportEntity,
  fileName: string,
  userId: string | null,
): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into import_run (entity, file_name, started_by) values (${entity}, ${fileName}, ${userId}::uuid)
    returning id::text as id`);
  if (!row) throw new Error('The import was not stored.');
  return row.id;
}

/** Marks the run as running from the start: what an interrupted try counted is forgotten. */
export async function startRun(
  database: Database,
  runId: string,
  mapping: Omit<KeptMapping, 'inspection'>,
  isDryRun: boolean,
): Promise<void> {
  await database.bulk(async ({ sql: runner }) => {
    await runner.rows(sql`delete from import_error where run_id = ${runId}::uuid`);
    await runner.rows(sql`
      update import_run set state = 'running', is_dry_run = ${isDryRun}, 
        mapping = coalesce(mapping, '{}') || ${JSON.stringify(mapping)}::jsonb,
        rows = 0, created = 0, updated = 0, unchanged = 0, rejected = 0, "references" = '{}', error = null, finished_at = null
      where id = ${runId}::uuid`);
  });
}

/** The file of a finished run is no longer needed; after a dry run it still is. */
export async function finishRun(database: Database, runId: string, references: object): Promise<void> {
  await database.bulk(async ({ sql: runner }) => {
    await runner.rows(sql`
      update import_run set state = 'done', "references" = ${JSON.stringify(references)}::jsonb, finished_at = now()
      where id = ${runId}::uuid`);
    await runner.rows(sql`
      delete from import_chunk c using import_run r where c.run_id = ${runId}::uuid and r.id = c.run_id and not r.is_dry_run`);
  });
}

export async function failRun(runner: SqlRunner, runId: string, sentence: string): Promise<void> {
  await runner.rows(sql`
    update import_run set state = 'failed', error = ${sentence}, finished_at = now() where id = ${runId}::uuid`);
}

export async function addProgress(runner: SqlRunner, runId: string, outcome: BatchOutcome): Promise<void> {
  await runner.rows(sql`
    update import_run set rows = rows + ${outcome.rows}::int, created = created + ${outcome.created}::int,
      updated = updated + ${outcome.updated}::int, unchanged = unchanged + ${outcome.unchanged}::int,
      rejected = rejected + ${outcome.rejected}::int
    where id = ${runId}::uuid`);
}

/** Zero bytes can be stored neither as text nor in JSON. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd');

/** Lists the problems of the batch's bad rows, each with the row as it stood. */
export async function insertErrors(tx: BulkTx, runId: string, rows: readonly ImportRow[]): Promise<void> {
  const problems = rows.flatMap((row) => {
    const raw = row.problems === null ? '' : JSON.stringify(row.cells.map(storable));
    return (row.problems ?? []).map(({ column, reason }) => [runId, String(row.line), column, storable(reason), raw]);
  });
  if (problems.length > 0) await tx.copyIn('import_error', ['run_id', '"row"', '"column"', 'reason', 'raw'], problems);
}

/** The audit row of a batch. */
export async function recordBatch(
  runner: SqlRunner,
  { run, actorKind }: { run: RunFacts; actorKind: string },
  outcome: BatchOutcome,
): Promise<void> {
  await runner.rows(sql`
    insert into audit_entry (actor_id, actor_kind, action, entity, entity_id, after)
    values (${run.userId}::uuid, ${actorKind}, 'import.batch', 'import', ${run.runId}, ${JSON.stringify(outcome)}::jsonb)`);
}

/** Company currency, and the currencies that have a rate to it. */
export async function readCurrencies(runner: SqlRunner): Promise<{ currency: string; known: Set<string> }> {
  const setting = await runner.first<{ currency: string }>(sql`
    select value #>> '{}' as currency from setting where key = 'currency'`);
  if (!setting) throw new Error('The company currency is missing: bootstrap has not run.');
  const rates = await runner.rows<{ code: string }>(
    sql`select distinct currency_code::text as code from exchange_rate`,
  );
  return { currency: setting.currency, known: new Set(rates.map(({ code }) => code)) };
}

/** The custom fields of an entity's records that are in use, as far as somebody sees them. */
export async function readCustomFields(
  runner: SqlRunner,
  entity: RecordType | null,
  shown: FieldView,
): Promise<CustomField[]> {
  if (entity === null) return [];
  const hidden = hiddenCustomOf(shown, entity);
  const fields = await listFields(runner, { entity });
  return fields.filter(({ key, archivedAt }) => archivedAt === null && !hidden.includes(key));
}
