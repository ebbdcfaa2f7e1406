import type { Dimension } from '../contracts/analytics.ts';
import { raw, type SqlRunner, sql } from '../db/index.ts';

const tables: Partial<Record<Dimension, string>> = { product: 'product', team: 'team', owner: 'app_user' };

/** What people call the values of a dimension, by value; only ids need looking up. */
export async function findNames(
  runner: SqlRunner,
  dimension: Dimension,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const table = tables[dimension];
  if (table === undefined || keys.length === 0) return new Map(keys.map((key) => [key, key]));
  const rows = await runner.rows<{ id: string; name: string }>(
    sql`select id::text as id, name from ${raw(table)} where id = any(${keys}::uuid[])`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
