import type { Attachment } from '../contracts/attachments.ts';
import { limitSql, raw, type SqlRunner, sql } from '../db/index.ts';
import { cutPage, decodeCursor, encodeCursor } from '../http/index.ts';
import type { RecordRef } from './activity.repository.ts';

const ORDER = '-createdAt';
/** Bytes in one row: small enough to stream, large enough that rows are few. */
const CHUNK_BYTES = 512 * 1024;

/** An attachment `f` as JSON; `u` is who uploaded it. */
export const attachmentJson = sql`json_build_object('id', f.id, 'fileName', f.file_name, 'mediaType', f.media_type,
  'bytes', f.bytes, 'sha256', f.sha256, 'createdAt', iso(f.created_at),
  'uploadedBy', case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end)`;

const ofRecord = ({ type, id }: RecordRef) =>
  sql`f.record_type = ${type} and f.record_id = ${id}::uuid and f.deleted_at is null`;

/** The files of a record, newest first. */
export async function listAttachments(
  runner: SqlRunner,
  record: RecordRef,
  query: { limit: number; cursor?: string | undefined },
): Promise<{ items: Attachment[]; nextCursor: string | null }> {
  const position = decodeCursor(query.cursor, ORDER, 2);
  const after = position
    ? sql`and (f.created_at, f.id) < (${String(position[0])}::timestamptz, ${String(position[1])}::uuid)`
    : raw('');
  const found = await runner.rows<{ attachment: Attachment; key: string; id: string }>(sql`
    select ${attachmentJson} as attachment, f.created_at::text as key, f.id::text as id
    from attachment f left join app_user u on u.id = f.uploaded_by_id
    where ${ofRecord(record)} ${after} order by f.created_at desc, f.id desc ${limitSql(query.limit + 1)}`);
  const { rows, nextCursor } = cutPage(found, query.limit, (row) => encodeCursor(ORDER, [row.key, row.id]));
  return { items: rows.map(({ attachment }) => attachment), nextCursor };
}

export async function findAttachment(
  runner: SqlRunner,
  record: RecordRef,
  id: string,
): Promise<Attachment | undefined> {
  const row = await runner.first<{ attachment: Attachment }>(sql`
    select ${attachmentJson} as attachment from attachment f left join app_user u on u.id = f.uploaded_by_id
    where f.id = ${id}::uuid and ${ofRecord(record)}`);
  return row?.attachment;
}

export async function countAttachments(runner: SqlRunner, record: RecordRef): Promise<number> {
  const row = await runner.first<{ count: number }>(
    sql`select count(*)::int as count from attachment f where ${ofRecord(record)}`,
  );
  return row?.count ?? 0;
}

export async function insertAttachment(
  runner: SqlRunner,
  record: RecordRef,
  file: { fileName: string; mediaType: string; sha256: string; userId: string; at: string; content: Buffer },
): Promise<string> {
  const { content } = file;
  const row = await runner.first<{ id: string }>(sql`
    insert into attachment (record_type, record_id, file_name, media_type, bytes, sha256, uploaded_by_id, created_at)
    values (${record.type}, ${record.id}::uuid, ${file.fileName}, ${file.mediaType}, ${content.length}, ${file.sha256},
      ${file.userId}::uuid, ${file.at}::timestamptz)
    returning id::text as id`);
  if (!row) throw new Error('insert of an attachment returned no row');
  for (let seq = 0; seq * CHUNK_BYTES < content.length; seq++) {
    const bytes = content.subarray(seq * CHUNK_BYTES, (seq + 1) * CHUNK_BYTES).toString('base64');
    await runner.rows(sql`
      insert into attachment_chunk (attachment_id, seq, bytes)
      values (${row.id}::uuid, ${seq}, decode(${bytes}, 'base64'))`);
  }
  return row.id;
}

/** The bytes of a file, piece by piece. */
export async function* readChunks(runner: SqlRunner, id: string): AsyncGenerator<Buffer> {
  for (let seq = 0; ; seq++) {
    const row = await runner.first<{ bytes: string }>(sql`
      select encode(bytes, 'base64') as bytes from attachment_chunk where attachment_id = ${id}::uuid and seq = ${seq}`);
    if (!row) return;
    yield Buffer.from(row.bytes, 'base64');
  }
}

/** The bytes stay until maintenance clears them away: what was deleted by mistake can be brought back from the database. */
export async function removeAttachment(runner: SqlRunner, id: string, at: string): Promise<void> {
  await runner.rows(sql`update attachment set deleted_at = ${at}::timestamptz where id = ${id}::uuid`);
}
