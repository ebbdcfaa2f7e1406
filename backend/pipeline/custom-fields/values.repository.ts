import type { CustomField } from '../../contracts/fields.ts';
import { type SqlRunner, sql } from '../../db/index.ts';
import { tableOf } from './field-row.ts';
import type { CustomValue } from './read-value.ts';
import { valueKey } from './unique-values.repository.ts';
import type { Person } from './value-text.ts';

type Place = Pick<CustomField, 'entity' | 'key'>;

/** A value, and how many records have it (deleted ones too: they can come back). */
interface DistinctValue {
  value: CustomValue;
  records: number;
}

export async function distinctValues(runner: SqlRunner, { entity, key }: Place): Promise<DistinctValue[]> {
  return runner.rows<DistinctValue>(sql`
    select r.custom -> ${key}::text as value, count(*)::int as records from ${tableOf(entity)} r
    where r.custom ->> ${key}::text is not null group by 1 order by 2 desc, 1`);
}

/** How many records have a value. */
export async function countValues(runner: SqlRunner, { entity, key }: Place): Promise<number> {
  const row = await runner.first<{ records: number }>(sql`
    select count(*)::int as records from ${tableOf(entity)} r where r.custom ->> ${key}::text is not null`);
  return row?.records ?? 0;
}

/** For each of the values a record that has it. */
export function recordsWith(
  runner: SqlRunner,
  { entity, key }: Place,
  values: readonly CustomValue[],
): Promise<{ recordId: string; name: string; value: CustomValue }[]> {
  return runner.rows(sql`
    select v.value, r.id::text as "recordId", r.name from jsonb_array_elements(${JSON.stringify(values)}::jsonb) v
    cross join lateral (
      select r.id, r.name from ${tableOf(entity)} r where r.custom -> ${key}::text = v.value
      order by r.deleted_at nulls first, r.id limit 1) r`);
}

/** What becomes of a value: another one in its field, or its text in the field `keptIn`. */
export interface Replacement {
  before: CustomValue;
  after: CustomValue;
  kept: string | null;
}

const CHUNK = 2000;

/** Replaces values in all records that have them. */
export async function replaceValues(
  runner: SqlRunner,
  { entity, key }: Place,
  replacements: readonly Replacement[],
  keptIn: string,
): Promise<void> {
  for (let start = 0; start < replacements.length; start += CHUNK) {
    const chunk = JSON.stringify(replacements.slice(start, start + CHUNK));
    await runner.rows(sql`
      update ${tableOf(entity)} r set version = r.version + 1, updated_at = now(),
        custom = case when m.kept is null then r.custom || jsonb_build_object(${key}::text, m.after)
          else (r.custom - ${key}::text) || jsonb_build_object(${keptIn}::text, m.kept) end
      from jsonb_to_recordset(${chunk}::jsonb) as m(before jsonb, after jsonb, kept text)
      where r.custom -> ${key}::text = m.before`);
  }
}

/** Takes the field's values out of all records; answers how many had one. */
export async function eraseValues(runner: SqlRunner, { entity, key }: Place): Promise<number> {
  const row = await runner.first<{ erased: number }>(sql`
    with gone as (
      update ${tableOf(entity)} r set custom = r.custom - ${key}::text, version = r.version + 1, updated_at = now()
      where jsonb_exists(r.custom, ${key}::text)
      returning 1)
    select count(*)::int as erased from gone`);
  return row?.erased ?? 0;
}

/** Values that several records have, as they are compared; at most ten. */
export function repeatedValues(
  runner: SqlRunner,
  { entity, key }: Place,
): Promise<{ value: string; records: number }[]> {
  return runner.rows(sql`
    select ${valueKey(sql`r.custom ->> ${key}::text`)} as value, count(*)::int as records from ${tableOf(entity)} r
    where r.deleted_at is null and btrim(coalesce(r.custom ->> ${key}::text, '')) <> ''
    group by 1 having count(*) > 1 order by 2 desc, 1 limit 10`);
}

/** Makes the list of a unique field's values anew: each belongs to the record that has it; empty when it isn't one. */
export async function rebuildUniqueValues(
  runner: SqlRunner,
  { id, entity, key }: Place & { id: string },
  isUnique: boolean,
): Promise<void> {
  await runner.rows(sql`delete from custom_unique_value where field_id = ${id}::uuid`);
  if (!isUnique) return;
  await runner.rows(sql`
    insert into custom_unique_value (field_id, value_key, record_id)
    select ${id}::uuid, ${valueKey(sql`r.custom ->> ${key}::text`)}, r.id from ${tableOf(entity)} r
    where r.deleted_at is null and btrim(coalesce(r.custom ->> ${key}::text, '')) <> ''`);
}

/** Everybody, by id. */
export async function everybody(runner: SqlRunner): Promise<Map<string, Person>> {
  const people = await runner.rows<Person>(
    sql`select id::text as id, name, coalesce(email, '') as email from app_user`,
  );
  return new Map(people.map((person) => [person.id, person]));
}
