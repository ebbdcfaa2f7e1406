import { type SqlRunner, sql } from '../db/index.ts';
import type { ColumnValue } from './record-write.repository.ts';

/** How a tag is recognised: lower case, single spaces, Unicode-composed. */
export const tagKey = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * The tags as they are spelled already, once each; those that nobody used before are made.
 */
export async function settleTags(runner: SqlRunner, names: readonly string[]): Promise<string[]> {
  const byKey = new Map(names.map((name) => [tagKey(name), name.normalize('NFC').trim().replace(/\s+/g, ' ')]));
  byKey.delete('');
  if (byKey.size === 0) return [];
  const keys = [...byKey.keys()];
  // In the order of their keys: two that make the same tags at once must not wait for each other.
  const sorted = [...keys].sort();
  const rows = await runner.rows<{ key: string; name: string }>(sql`
    with given as (
      select * from unnest(${sorted}::text[], ${sorted.map((key) => byKey.get(key) ?? key)}::text[]) as g(key, name)
    ), born as (
      insert into tag (name, name_key) select g.name, g.key from given g order by g.key
      on conflict (name_key) do nothing returning name_key, name
    )
    select name_key as key, name from born
    union all select t.name_key, t.name from tag t where t.name_key = any(${sorted}::text[])`);
  const spelled = new Map(rows.map(({ key, name }) => [key, name]));
  return keys.map((key) => spelled.get(key) ?? byKey.get(key) ?? key);
}

/** The column of a record's tags, where the input has some. */
export async function tagColumns(runner: SqlRunner, tags: readonly string[] | undefined): Promise<ColumnValue[]> {
  if (tags === undefined) return [];
  return [['tags', sql`${await settleTags(runner, tags)}::text[]`]];
}
