import type { RecordType } from '../../contracts/common.ts';
import type { CustomField } from '../../contracts/fields.ts';
import { raw, type Sql, type SqlRunner, sql } from '../../db/index.ts';

/** What values are checked against. */
export type FieldRules = Pick<CustomField, 'key' | 'type' | 'options'>;

/** The tables whose records have custom values, by the kind of record. */
const tables: Readonly<Record<RecordType, Sql>> = {
  lead: raw('lead'),
  opportunity: raw('opportunity'),
  account: raw('account'),
  contact: raw('contact'),
};

/** The table of a kind of record. */
export const tableOf = (entity: RecordType): Sql => tables[entity];

/** The administrator's fields in their order, archived ones too, erased ones not; of one kind of record, one by id, or all. */
export function listFields(
  runner: SqlRunner,
  filter: { entity?: RecordType | undefined; id?: string } = {},
  { withErased = false }: { withErased?: boolean } = {},
): Promise<CustomField[]> {
  return runner.rows<CustomField>(sql`
    select id::text as id, entity, key, label, type, to_jsonb(options) as options, required, is_unique as "isUnique",
      default_value as "defaultValue", help_text as "helpText", to_jsonb(visible_to) as "visibleTo",
      is_dimension as "isDimension", position, iso(archived_at) as "archivedAt", version
    from custom_field
    where (${filter.entity ?? null}::text is null or entity = ${filter.entity ?? null}::text)
      and (${filter.id ?? null}::uuid is null or id = ${filter.id ?? null}::uuid)
      and (erased_at is null or ${withErased}::boolean)
    order by entity, position, label, key`);
}

/**
 * Waits until no definition of these records' fields is being changed, and keeps it so until the transaction
 * ends: what is checked against the definitions read afterwards still fits when it is written.
 */
export async function holdDefinitions(runner: SqlRunner, entity: RecordType): Promise<void> {
  await runner.rows(sql`lock table ${tableOf(entity)} in row share mode`);
}

/** Keeps everybody else from writing these records, or changing their fields, until the transaction ends. */
export async function lockRecords(runner: SqlRunner, entity: RecordType): Promise<void> {
  await runner.rows(sql`lock table ${tableOf(entity)} in exclusive mode`);
}
