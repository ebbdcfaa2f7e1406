import type { RecordType } from '../../contracts/common.ts';
import type { CustomField, FieldUsage } from '../../contracts/fields.ts';
import { type SqlRunner, sql } from '../../db/index.ts';

type NewField = Omit<CustomField, 'id' | 'version' | 'position' | 'archivedAt'> & { position: number | null };

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Stores a definition, last in its list unless it has a position. Answers its id. */
export async function insertField(runner: SqlRunner, field: NewField): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into custom_field (entity, key, label, type, options, required, is_unique, default_value, help_text, visible_to,
      is_dimension, position)
    values (${field.entity}, ${field.key}, ${field.label}, ${field.type}, ${field.options}::text[], ${field.required},
      ${field.isUnique}, ${json(field.defaultValue)}::jsonb, ${field.helpText}, ${field.visibleTo}::text[], ${field.isDimension},
      coalesce(${field.position}::int, (select coalesce(max(position) + 1, 0) from custom_field where entity = ${field.entity})))
    returning id::text as id`);
  if (!row) throw new Error('insert of a custom field returned no row');
  return row.id;
}

/** Keeps others from changing the definition until the transaction ends. */
export async function lockField(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`select 1 as locked from custom_field where id = ${id}::uuid for update`);
}

export async function updateField(runner: SqlRunner, field: CustomField): Promise<void> {
  await runner.rows(sql`
    update custom_field set label = ${field.label}, type = ${field.type}, options = ${field.options}::text[],
      required = ${field.required}, is_unique = ${field.isUnique}, default_value = ${json(field.defaultValue)}::jsonb,
      help_text = ${field.helpText}, visible_to = ${field.visibleTo}::text[], is_dimension = ${field.isDimension},
      position = ${field.position}::int, archived_at = ${field.archivedAt}::timestamptz, version = version + 1, updated_at = now()
    where id = ${field.id}::uuid`);
}

/** The definition of a field whose values are gone: its key stays taken, and hidden in every history. */
export async function markErased(runner: SqlRunner, { id, entity, key }: CustomField): Promise<void> {
  await runner.rows(sql`
    update custom_field set erased_at = now(), default_value = null, is_unique = false, version = version + 1, updated_at = now()
    where id = ${id}::uuid`);
  const name = `custom.${key}`;
  await runner.rows(sql`
    update stage s set required_fields = array_remove(s.required_fields, ${name}) from pipeline p
    where p.id = s.pipeline_id and p.entity = ${entity} and ${name} = any(s.required_fields)`);
}

/** Which of these are keys of roles. */
export async function knownRoles(runner: SqlRunner, keys: readonly string[]): Promise<Set<string>> {
  const rows = await runner.rows<{ key: string }>(sql`select key from role where key = any(${keys}::text[])`);
  return new Set(rows.map(({ key }) => key));
}

/** How many fields a kind of record has, archived ones too, without those that were erased. */
export async function countFields(runner: SqlRunner, entity: RecordType): Promise<number> {
  const row = await runner.first<{ fields: number }>(sql`
    select count(*)::int as fields from custom_field where entity = ${entity} and erased_at is null`);
  return row?.fields ?? 0;
}

/** Where a field is used, beside its values. */
export async function findUsage(
  runner: SqlRunner,
  { entity, key }: Pick<CustomField, 'entity' | 'key'>,
): Promise<Omit<FieldUsage, 'values'>> {
  const name = `custom.${key}`;
  // Keys are letters, digits and _, of which only _ has a meaning in a pattern; what follows ends the name.
  const pattern = `custom[.]${key}["'.]`;
  const row = await runner.first<Omit<FieldUsage, 'values'>>(sql`
    select
      coalesce((select json_agg(p.name || ' · ' || s.name order by p.position, s.position)
        from stage s join pipeline p on p.id = s.pipeline_id
        where p.entity = ${entity} and s.archived_at is null and ${name} = any(s.required_fields)), '[]') as stages,
      (select count(*)::int from saved_view v where v.entity = ${entity}
        and (${name} = any(v.columns) or v.sort in (${name}, ${`-${name}`}) or v.filters::text ~ ${pattern})) as views,
      coalesce((select json_agg(r.name order by r.name) from automation_rule r where r.entity = ${entity} and r.deleted_at is null
        and concat(r.trigger, r.conditions, r.actions) ~ ${pattern}), '[]') as rules`);
  return row ?? { stages: [], views: 0, rules: [] };
}
