import { limitSql, type SqlRunner, sql } from '../db/index.ts';
import type { ExportedFile } from './export-document.ts';

/** Bytes in one row: small enough to stream, large enough that rows are few. */
const CHUNK_BYTES = 512 * 1024;

/** So many files of a person are kept, the newest. */
const MOST_KEPT = 20;

/** A kept file without its bytes. */
export interface KeptFile extends Omit<ExportedFile, 'content'> {
  id: string;
  bytes: number;
  /** what `exportRights` said of whoever it was made for */
  rights: string;
}

/** Keeps the file of a job; one that an earlier try of the same job left is replaced, and the oldest beyond MOST_KEPT go. */
export async function keepFile(
  runner: SqlRunner,
  { jobId, ownerId, rights }: { jobId: string; ownerId: string; rights: string },
  { fileName, mediaType, dataHash, content }: ExportedFile,
): Promise<string> {
  await runner.rows(sql`delete from export_file where job_id = ${jobId}::uuid`);
  const row = await runner.first<{ id: string }>(sql`
    insert into export_file (job_id, owner_id, file_name, media_type, data_hash, rights, bytes)
    values (${jobId}::uuid, ${ownerId}::uuid, ${fileName}, ${mediaType}, ${dataHash}, ${rights}, ${content.length}::int)
    returning id::text as id`);
  if (!row) throw new Error('insert of an export returned no row');
  for (let seq = 0; seq * CHUNK_BYTES < content.length; seq++) {
    const bytes = content.subarray(seq * CHUNK_BYTES, (seq + 1) * CHUNK_BYTES).toString('base64');
    await runner.rows(sql`
      insert into export_chunk (file_id, seq, bytes) values (${row.id}::uuid, ${seq}::int, decode(${bytes}, 'base64'))`);
  }
  await runner.rows(sql`
    delete from export_file where owner_id = ${ownerId}::uuid and id not in (
      select f.id from export_file f where f.owner_id = ${ownerId}::uuid
      order by f.created_at desc, f.id desc ${limitSql(MOST_KEPT)})`);
  return row.id;
}

/** The file of whoever asked for it; undefined for everybody else, and a day later. */
export function findFile(runner: SqlRunner, id: string, ownerId: string): Promise<KeptFile | undefined> {
  return runner.first<KeptFile>(sql`
    select id::text as id, file_name as "fileName", media_type as "mediaType", data_hash as "dataHash", rights, bytes
    from export_file
    where id = ${id}::uuid and owner_id = ${ownerId}::uuid and created_at > now() - interval '1 day'`);
}

/** The bytes of a file, piece by piece. */
export async function* readChunks(runner: SqlRunner, id: string): AsyncGenerator<Buffer> {
  for (let seq = 0; ; seq++) {
    const row = await runner.first<{ bytes: string }>(sql`
      select encode(bytes, 'base64') as bytes from export_chunk where file_id = ${id}::uuid and seq = ${seq}::int`);
    if (!row) return;
    yield Buffer.from(row.bytes, 'base64');
  }
}
