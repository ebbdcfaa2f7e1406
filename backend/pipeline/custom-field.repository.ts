import type { Database, SqlRunner } from '../db/index.ts';
import { sql } from '../db/index.ts';

export interface CustomFieldRow {
  id: string;
  entity: string;
  key: string;
  label: string;
  type: string;
  options: string[];
  required: boolean;
  helpText: string | null;
}

/** The administrator's fields of an entity (all entities: null), in their order. */
export function listCustomFields(runner: SqlRunner, entity: string | null): Promise<CustomFieldRow[]> {
  return runner.rows<CustomFieldRow>(sql`
    select id::text as id, entity, key, label, type, to_jsonb(options) as options, required, help_text as "helpText"
    from custom_field where ${entity}::text is null or entity = ${entity}::text order by entity, position, label`);
}

export function createCustomField(
  tx: { prisma: Pick<Database['prisma'], 'customField'> },
  field: Omit<CustomFieldRow, 'id'>,
): Promise<{ id: string }> {
  return tx.prisma.customField.create({ data: field, select: { id: true } });
}
