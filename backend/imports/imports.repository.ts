import { open } from 'node:fs/promises';
import type { ImportEntity } from '../contracts/imports.ts';
import { type Database, limitSql, type SqlRunner, sql } from '../db/index.ts';
import type { ImportSource } from './reading/source.ts';
import type { KeptMapping } from './run.repository.ts';

const CHUNK_BYTES = 1024 * 1024;
/** Uploads that nobody ran are dropped after this. */
const KEPT_DAYS = 7;

/** A run as it is stored. */
export interface RunRow {
  id: string;
  entity: ImportEntity;
  fileName: string;
  state: 'uploaded' | 'running' | 'done' | 'failed';
  isDryRun: boolean;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  references: Record<string, { matched: number; created: string[] }>;
  error: string | null;
  jobId: string | null;
  startedBy: string | null;
  createdAt: string;
  finishedAt: string | null;
}

const columns = sql`id::text as id, entity, file_name as "fileName", state, is_dry_run as "isDryRun", rows, created,
  updated, unchanged, rejected, "references", error, job_id::text as "jobId",
  started_by::text as "startedBy", iso(created_at) as "createdAt",
  iso(finished_at) as "finishedAt"`;

/** Keeps an uploaded file with its run, in pieces, so that any worker can read it. Returns the run's id. */
export async function storeUpload(
  database: Database,
  upload: { path: string; fileName: string; entity: ImportEntity; userId: string; mapping: KeptMapping },
): Promise<string> {
  const file = await open(upload.path);
  try {
    return await database.bulk(async ({ sql: runner }) => {
      await runner.rows(sql`
        delete from import_chunk c using import_run r
        where r.id = c.run_id and r.state <> 'running' and r.created_at < now() - make_interval(days => ${KEPT_DAYS}::int)`);
      const run = await runner.first<{ id: string }>(sql`
        insert into import_run (entity, file_name, started_by, mapping)
        values (${upload.entity}, ${upload.fileName}, ${upload.userId}::uuid, ${JSON.stringify(upload.mapping)}::jsonb)
        returning id::text as id`);
      if (!run) throw new Error('The import was not stored.');
      const buffer = Buffer.alloc(CHUNK_BYTES);
      for (let seq = 0; ; seq++) {
        const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES);
        if (bytesRead === 0) return run.id;
        const piece = buffer.toString('base64', 0, bytesRead);
        await runner.rows(sql`
          insert into import_chunk (run_id, seq, bytes) values (${run.id}::uuid, ${seq}::int, decode(${piece}, 'base64'))`);
      }
    });
  } finally {
    await file.close();
  }
}

/** The uploaded file of a run, read piece by piece. */
export function chunkSource(runner: SqlRunner, runId: string, fileName: string): ImportSource {
  return {
    fileName,
    async *open() {
      for (let seq = 0; ; seq++) {
        const chunk = await runner.first<{ piece: string }>(sql`
          select encode(bytes, 'base64') as piece from import_chunk where run_id = ${runId}::uuid and seq = ${seq}::int`);
        if (!chunk) return;
        yield Buffer.from(chunk.piece, 'base64');
      }
    },
  };
}

export function findRun(runner: SqlRunner, id: string): Promise<RunRow | undefined> {
  return runner.first<RunRow>(sql`select ${columns} from import_run where id = ${id}::uuid`);
}

/** How the file of a run is read, and whether the file is still there. */
export function findMapping(
  runner: SqlRunner,
  id: string,
): Promise<{ mapping: KeptMapping | null; hasFile: boolean } | undefined> {
  return runner.first(sql`
    select mapping, exists (select 1 from import_chunk c where c.run_id = r.id) as "hasFile"
    from import_run r where id = ${id}::uuid`);
}

/** Columns of the file that fill no field, in the order of the file. */
export async function unmappedColumns(runner: SqlRunner, id: string): Promise<string[]> {
  const { mapping } = (await findMapping(runner, id)) ?? { mapping: null };
  return (mapping?.columns ?? []).filter((name) => (mapping?.fields[name] ?? null) === null);
}

/** Newest first. */
export function listRuns(
  runner: SqlRunner,
  limit: number,
  after: { createdAt: string; id: string } | null,
): Promise<RunRow[]> {
  const from = after ? sql`where (created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)` : sql``;
  return runner.rows<RunRow>(sql`
    select ${columns} from import_run ${from} order by created_at desc, id desc ${limitSql(limit)}`);
}

/** Ties the run to the job that does it; false when it is under way or over. */
export async function claimForJob(runner: SqlRunner, id: string, jobId: string, isDryRun: boolean): Promise<boolean> {
  const claimed = await runner.first(sql`
    update import_run r set state = 'running', job_id = ${jobId}::uuid, is_dry_run = ${isDryRun}, error = null
    where id = ${id}::uuid and (state in ('uploaded', 'failed') or (state = 'done' and is_dry_run)
      or (state = 'running' and exists (select 1 from job j where j.id = r.job_id and j.state in ('failed', 'done'))))
    returning id::text as id`);
  return claimed !== undefined;
}

/** A problem of a row. */
export interface ErrorRow {
  id: number;
  row: number;
  column: string | null;
  reason: string;
}

export function listErrors(
  runner: SqlRunner,
  runId: string,
  limit: number,
  after: { row: number; id: number } | null,
): Promise<ErrorRow[]> {
  const from = after ? sql`and ("row", id) > (${after.row}::int, ${after.id}::bigint)` : sql``;
  return runner.rows<ErrorRow>(sql`
    select id::float8 as id, "row", "column", reason from import_error where run_id = ${runId}::uuid ${from}
    order by "row", id ${limitSql(limit)}`);
}

export async function countErrors(runner: SqlRunner, runId: string): Promise<number> {
  const found = await runner.first<{ count: number }>(sql`
    select count(*)::int as count from import_error where run_id = ${runId}::uuid`);
  return found?.count ?? 0;
}

/** A refused row as it stood, with everything that is wrong with it. */
export interface RefusedRow {
  row: number;
  cells: string[];
  problems: { column: string | null; reason: string }[];
}

/** Refused rows behind line `after`, in the order of the file. */
export function listRefusedRows(runner: SqlRunner, runId: string, after: number, limit: number): Promise<RefusedRow[]> {
  return runner.rows<RefusedRow>(sql`
    select "row", (array_agg(raw order by id))[1] as cells,
      json_agg(json_build_object('column', "column", 'reason', reason) order by id) as problems
    from import_error where run_id = ${runId}::uuid and "row" > ${after}::int
    group by "row" order by "row" ${limitSql(limit)}`);
}
