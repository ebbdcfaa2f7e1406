import { type RecordScope, scopeSql } from '../access/index.ts';
import { join, limitSql, raw, type SqlRunner, sql } from '../db/index.ts';
import type { CustomEntity } from './custom-dimension.ts';

/** Values are looked for in so many records, the newest. */
const RECORDS_READ = 20_000;
/** So many values of a field are offered, those most used. */
const MOST_VALUES = 200;

/** The values that the newest records within the reach have of these fields, most used first, by key. */
export async function findCustomValues(
  runner: SqlRunner,
  entity: CustomEntity,
  keys: readonly string[],
  reach: RecordScope,
): Promise<Map<string, string[]>> {
  // Keys are letters, digits and _ only.
  const pairs = join(keys.map((key) => raw(`('${key}', r.custom ->> '${key}')`)));
  const rows = await runner.rows<{ key: string; values: string[] }>(sql`
    with newest as (
      select r.custom from ${raw(entity)} r where r.deleted_at is null and ${scopeSql(reach, 'r')}
      order by r.created_at desc, r.id desc ${limitSql(RECORDS_READ)}
    ), used as (
      select v.key, v.value, row_number() over (partition by v.key order by count(*) desc, v.value) as place
      from newest r cross join lateral (values ${pairs}) as v(key, value)
      where v.value is not null group by v.key, v.value
    )
    select key, json_agg(value order by place) as values from used where place <= ${raw(String(MOST_VALUES))} group by key`);
  return new Map(rows.map(({ key, values }) => [key, values]));
}
