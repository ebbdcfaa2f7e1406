import { type BulkTx, raw, sql } from '../../db/index.ts';
import type { ImportRow } from '../engine/import-row.ts';

/** Ids of the records that came under the rows' keys before, by key. */
export async function idsByExternalKey(
  tx: BulkTx,
  table: 'account' | 'contact',
  rows: readonly ImportRow[],
): Promise<Map<string, string>> {
  const found = await tx.sql.rows<{ id: string; key: string }>(sql`
    select id::text as id, external_key as key from ${raw(table)}
    where external_key = any(${rows.map((row) => row.key)}::text[])`);
  return new Map(found.map(({ id, key }) => [key, id]));
}
