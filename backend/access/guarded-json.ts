import { type JsonValue, jsonBare, jsonObject, type Sql } from '../db/index.ts';
import { type FieldGroup, fieldGroups, guardOf } from './field-groups.ts';
import { hiddenCustomOf } from './field-view.ts';
import type { Reach } from './principal.ts';

const hiddenValue: JsonValue = { sql: `'null'` };

const CUSTOM = 'custom.';
const KEY = /^[a-z][a-z0-9_]*$/;
/** Definitions of custom fields change rarely; a text that is not asked for any more goes with the others. */
const MAX_VARIANTS = 200;

/** May somebody with this reach see the field? Custom ones are `custom.key`. */
export function isFieldShown(entity: string, field: string, { fields }: Pick<Reach, 'fields'>): boolean {
  if (field.startsWith(CUSTOM)) return !hiddenCustomOf(fields, entity).includes(field.slice(CUSTOM.length));
  const guard = guardOf(entity, field);
  return guard === null || fields.has(guard);
}

/**
 * Custom values of a record (`column`, jsonb) as far as a reach shows them, as a text of SQL. Keys are made of
 * letters, digits and _ only, so they are written into it.
 */
function customSql(entity: string, column: string, { fields }: Pick<Reach, 'fields'>): string {
  const hidden = hiddenCustomOf(fields, entity).filter((key) => KEY.test(key));
  return hidden.length === 0 ? column : `(${column} - '{${hidden.join(',')}}'::text[])`;
}

/**
 * A record as JSON text, with the guarded fields that a reach doesn't show as null and without the custom values
 * that it hides (`custom` is the column `r.custom`). There is one text for each set of hidden fields, made once:
 * prepared statements stay few, and whoever sees everything pays nothing.
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
    const custom = Object.hasOwn(fields, 'custom') ? customSql(entity, 'r.custom', reach) : 'r.custom';
    if (hidden.length === 0 && custom === 'r.custom') return whole;
    const name = `${hidden.join()} ${custom}`;
    let variant = variants.get(name);
    if (!variant) {
      const shown = Object.entries(fields).map(([field, value]): [string, JsonValue] => {
        if (field === 'custom') return [field, jsonBare(custom)];
        return [field, isFieldShown(entity, field, reach) ? value : hiddenValue];
      });
      variant = jsonObject(Object.fromEntries(shown));
      if (variants.size >= MAX_VARIANTS) variants.clear();
      variants.set(name, variant);
    }
    return variant;
  };
}
