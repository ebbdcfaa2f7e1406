import { type SqlRunner, sql } from '../../db/index.ts';
import { nameKey } from '../name-key.ts';

/** `rows` by `nameKey` of their names; of several with one key the first stays. */
export function byNameKey<Row extends { name: string }>(rows: readonly Row[]): Map<string, Row> {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const key = nameKey(row.name);
    if (!found.has(key)) found.set(key, row);
  }
  return found;
}

/** JSON text for `jsonb_to_recordset`. */
export const asRecordset = (rows: readonly object[]): string => JSON.stringify(rows);

/** The id of a built-in role. */
export async function roleId(runner: SqlRunner, key: string): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`select id::text as id from role where key = ${key}`);
  if (!row) throw new Error(`The built-in role ${key} is missing: bootstrap has not run.`);
  return row.id;
}
