import { type JsonValue, jsonObject, type Sql } from '../db/index.ts';
import { type FieldGroup, fieldGroups, guardOf } from './field-groups.ts';
import type { Reach } from './principal.ts';

const hiddenValue: JsonValue = { sql: `'null'` };

/** May somebody with this reach see the field? */
export function isFieldShown(entity: string, field: string, { fields }: Pick<Reach, 'fields'>): boolean {
  const guard = guardOf(entity, field);
  return guard === null || fields.has(guard);
}

/**
 * A record as JSON text, with the guarded fields that a reach doesn't show as null. There is one text for each
 * set of groups, made once: prepared statements stay few, and whoever sees everything pays nothing.
 */
export function guardedJson(
  entity: string,
  fields: Readonly<Record<string, JsonValue>>,
): (reach: Pick<Reach, 'fields'>) => Sql {
  const guards = fieldGroups.filter((group) => Object.keys(fields).some((field) => guardOf(entity, field) === group));
  const whole = jsonObject(fields);
  const variants = new Map<string, Sql>();
  return (reach) => {
    const hidden: readonly FieldGroup[] = guards.filter((group) => !reach.fields.has(group));
    if (hidden.length === 0) return whole;
    const name = hidden.join();
    let variant = variants.get(name);
    if (!variant) {
      const shown = Object.entries(fields).map(([field, value]): [string, JsonValue] => [
        field,
        isFieldShown(entity, field, reach) ? value : hiddenValue,
      ]);
      variant = jsonObject(Object.fromEntries(shown));
      variants.set(name, variant);
    }
    return variant;
  };
}
