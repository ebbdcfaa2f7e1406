import {
  isAllowed,
  isFieldShown,
  type Permission,
  type Principal,
  type RecordScope,
  scopeOf,
} from '../access/index.ts';
import type { CustomDimension, Split } from '../contracts/analytics.ts';
import type { CustomField } from '../contracts/fields.ts';
import type { SqlRunner } from '../db/index.ts';
import { invalid } from '../http/index.ts';
import { listFields } from '../pipeline/index.ts';

/** Records whose custom fields numbers can be split by. */
export type CustomEntity = 'lead' | 'opportunity' | 'account';

const PATTERN = /^custom\.(lead|opportunity|account)\.([a-z][a-z0-9_]{0,59})$/;

/** The record and key in the name of a custom dimension; null for the house's own dimensions. */
export function readCustomDimension(split: Split): { entity: CustomEntity; key: string } | null {
  const [, entity, key] = PATTERN.exec(split) ?? [];
  return entity && key ? { entity: entity as CustomEntity, key } : null;
}

/** How far the viewer sees the records whose custom field numbers are split by; null where it is none. */
export function splitReach(principal: Principal, by: Split | null): RecordScope | null {
  const read = by && readCustomDimension(by);
  return read ? scopeOf(principal, `${read.entity}.read` as Permission) : null;
}

/**
 * The field behind a custom dimension, as far as the viewer may see it.
 * @throws ProblemError invalid when numbers can't be split by it
 */
export async function findDimensionField(
  runner: SqlRunner,
  principal: Principal,
  dimension: CustomDimension,
): Promise<CustomField> {
  const refused = invalid('/query/by', 'is no field that numbers can be broken down by');
  const read = readCustomDimension(dimension);
  if (!read) throw refused;
  const { entity, key } = read;
  const field = (await listFields(runner, { entity })).find((one) => one.key === key);
  const isShown =
    isAllowed(principal, `${entity}.read` as Permission) &&
    isFieldShown(entity, `custom.${key}`, { fields: principal.fieldGroups });
  if (!field?.isDimension || field.archivedAt !== null || !isShown) throw refused;
  return field;
}
