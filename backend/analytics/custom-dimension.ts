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

/** Records whose custom fields numbers can be split and filtered by. */
export type CustomEntity = 'lead' | 'opportunity' | 'account';

/** Values that a custom field of the records behind the facts may have, "any of"; null stands for "not set". */
export interface CustomFilter {
  entity: CustomEntity;
  key: string;
  values: readonly (string | null)[];
  /** the viewer's on those records: beyond it values count as not set */
  reach: RecordScope;
}

const PATTERN = /^custom\.(lead|opportunity|account)\.([a-z][a-z0-9_]{0,59})$/;

/** The record and key in the name of a custom dimension; null for the house's own dimensions. */
export function readCustomDimension(split: string): { entity: CustomEntity; key: string } | null {
  const [, entity, key] = PATTERN.exec(split) ?? [];
  return entity && key ? { entity: entity as CustomEntity, key } : null;
}

/** How far the viewer sees the records whose custom field numbers are split by; null where it is none. */
export function splitReach(principal: Principal, by: Split | null): RecordScope | null {
  const read = by && readCustomDimension(by);
  return read ? reachOn(principal, read.entity) : null;
}

const reachOn = (principal: Principal, entity: CustomEntity): RecordScope =>
  scopeOf(principal, `${entity}.read` as Permission);

/**
 * The field behind a custom dimension, as far as the viewer may see it.
 * @throws ProblemError invalid when numbers can't be split by it
 */
export async function findDimensionField(
  runner: SqlRunner,
  principal: Principal,
  dimension: CustomDimension,
): Promise<CustomField> {
  const read = readCustomDimension(dimension);
  const field = read && (await findField(runner, principal, read));
  if (!field) throw invalid('/query/by', 'is no field that numbers can be broken down by');
  return field;
}

/**
 * The parameters `custom.ENTITY.KEY` of a question. A value passes as it is named by a split: `true` and `false`,
 * the id of a person (`me` is the one asking), else the text itself; an empty one is "not set".
 * @throws ProblemError invalid for fields that numbers can't be filtered by, or that the viewer doesn't see
 */
export async function customFiltersOf(runner: SqlRunner, principal: Principal, query: object): Promise<CustomFilter[]> {
  const filters: CustomFilter[] = [];
  for (const [name, value] of Object.entries(query)) {
    const read = readCustomDimension(name);
    if (!read || value === undefined) continue;
    const field = await findField(runner, principal, read);
    if (!field) throw invalid(`/query/${name}`, 'is no field that numbers can be filtered by');
    const values = (Array.isArray(value) ? value : [value]).map(String);
    filters.push({
      ...read,
      values: values.map((one) => (one === '' ? null : field.type === 'user' && one === 'me' ? principal.userId : one)),
      reach: reachOn(principal, read.entity),
    });
  }
  return filters;
}

/** Can this viewer split and filter numbers by the field? What is hidden from them is as little one as what is not there. */
export async function isOpenDimension(runner: SqlRunner, principal: Principal, dimension: string): Promise<boolean> {
  const read = readCustomDimension(dimension);
  return read !== null && (await findField(runner, principal, read)) !== null;
}

async function findField(
  runner: SqlRunner,
  principal: Principal,
  { entity, key }: { entity: CustomEntity; key: string },
): Promise<CustomField | null> {
  const isShown =
    isAllowed(principal, `${entity}.read` as Permission) &&
    isFieldShown(entity, `custom.${key}`, { fields: principal.fieldGroups });
  if (!isShown) return null;
  const field = (await listFields(runner, { entity })).find((one) => one.key === key);
  return field?.isDimension && field.archivedAt === null ? field : null;
}
