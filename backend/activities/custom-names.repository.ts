import type { RecordType } from '../contracts/common.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/** What people call custom fields, and the people who are values of them. */
export interface CustomNames {
  /** by `type.key` */
  fields: ReadonlyMap<string, { label: string; isPerson: boolean }>;
  /** names by id */
  people: ReadonlyMap<string, string>;
}

/** The custom fields of these kinds of records; erased ones too, of which the past still tells. */
export async function findCustomFields(
  runner: SqlRunner,
  types: readonly RecordType[],
): Promise<CustomNames['fields']> {
  const rows = await runner.rows<{ name: string; label: string; isPerson: boolean }>(sql`
    select entity || '.' || key as name, label, type = 'user' as "isPerson"
    from custom_field where entity = any(${types}::text[])`);
  return new Map(rows.map(({ name, ...field }) => [name, field]));
}

export async function findPeopleNames(runner: SqlRunner, ids: readonly string[]): Promise<CustomNames['people']> {
  if (ids.length === 0) return new Map();
  const rows = await runner.rows<{ id: string; name: string }>(sql`
    select id::text as id, name from app_user where id::text = any(${ids}::text[])`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
