import type { Tag } from '../contracts/tags.ts';
import { join, limitSql, raw, type SqlRunner, sql } from '../db/index.ts';
import { likeText } from '../pipeline/index.ts';

const TABLES = ['lead', 'opportunity', 'account', 'contact'] as const;
const MAX_LISTED = 500;

const columns = sql`id::text as id, name, colour`;

/** Tags by their names; those that begin with `q`. */
export const listTags = (runner: SqlRunner, q: string): Promise<Tag[]> =>
  runner.rows<Tag>(sql`
    select ${columns} from tag where lower(name) like lower(${`${likeText(q)}%`}) order by name_key ${limitSql(MAX_LISTED)}`);

/** How many records carry each tag, by its name. */
export async function countTagged(runner: SqlRunner): Promise<Map<string, number>> {
  const all = TABLES.map((table) => sql`select unnest(tags) as name from ${raw(table)} where deleted_at is null`);
  const rows = await runner.rows<{ name: string; records: number }>(sql`
    select name, count(*)::int as records from (${join(all, ' union all ')}) used group by name`);
  return new Map(rows.map(({ name, records }) => [name, records]));
}

export const lockTag = (runner: SqlRunner, id: string): Promise<Tag | undefined> =>
  runner.first<Tag>(sql`select ${columns} from tag where id = ${id}::uuid for update`);

export async function writeTag(runner: SqlRunner, tag: Tag, key: string): Promise<void> {
  await runner.rows(sql`
    update tag set name = ${tag.name}, name_key = ${key}, colour = ${tag.colour} where id = ${tag.id}::uuid`);
}

export async function eraseTag(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`delete from tag where id = ${id}::uuid`);
}

/** Gives all records that have the tag its new name, or takes it off them (null). */
export async function retag(runner: SqlRunner, before: string, after: string | null): Promise<void> {
  for (const table of TABLES) {
    // One that has both names already keeps one of them.
    const tags =
      after === null
        ? sql`array_remove(tags, ${before})`
        : sql`case when tags @> array[${after}]::text[] then array_remove(tags, ${before}) else array_replace(tags, ${before}, ${after}) end`;
    // In the order of their ids, like all who lock several: they don't wait for each other in a circle.
    await runner.rows(sql`
      select count(*)::int as held from (
        select id from ${raw(table)} where tags @> array[${before}]::text[] order by id for update) h`);
    await runner.rows(sql`
      update ${raw(table)} set tags = ${tags}, version = version + 1, updated_at = now() where tags @> array[${before}]::text[]`);
  }
}

/** Saved views go on finding, and leaving out, the records they did. */
export async function renameTagInViews(runner: SqlRunner, before: string, after: string): Promise<void> {
  for (const filter of ['tag', 'withoutTag']) {
    await runner.rows(sql`
      update saved_view v set version = version + 1, updated_at = now(), filters = jsonb_set(v.filters, array[${filter}]::text[], (
        select jsonb_agg(n.name order by n.place) from (
          select case when g.name = ${before} then ${after} else g.name end as name, min(g.place) as place
          from jsonb_array_elements_text(case jsonb_typeof(v.filters -> ${filter}::text) when 'array' then v.filters -> ${filter}::text
            else jsonb_build_array(v.filters -> ${filter}::text) end) with ordinality g(name, place)
          group by 1) n))
      where jsonb_exists(v.filters -> ${filter}::text, ${before})`);
  }
}
