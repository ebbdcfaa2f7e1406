import { type FieldGroup, guardedFields } from './field-groups.ts';
import { type FieldView, hiddenCustomOf } from './field-view.ts';

/** The guarded fields of an entity that a view doesn't show. */
function hiddenFields(entity: string, shown: FieldView): readonly string[] {
  if (!Object.hasOwn(guardedFields, entity)) return [];
  return Object.entries(guardedFields[entity as keyof typeof guardedFields] as Record<string, FieldGroup>)
    .filter(([, group]) => !shown.has(group))
    .map(([field]) => field);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The record with its hidden fields null and without its hidden custom values; fields it doesn't have are not
 * added. For audit rows and read-backs.
 */
export function hideFields(entity: string, shown: FieldView, record: unknown): unknown {
  const hidden = hiddenFields(entity, shown);
  const hiddenKeys = hiddenCustomOf(shown, entity);
  if ((hidden.length === 0 && hiddenKeys.length === 0) || !isObject(record)) return record;
  const blanks = hidden.filter((field) => Object.hasOwn(record, field)).map((field) => [field, null]);
  const visible: Record<string, unknown> = { ...record, ...Object.fromEntries(blanks) };
  if (hiddenKeys.length > 0 && isObject(record.custom)) {
    visible.custom = Object.fromEntries(Object.entries(record.custom).filter(([key]) => !hiddenKeys.includes(key)));
  }
  return visible;
}

/** The same for a record that is JSON text. */
export function hideJsonFields(entity: string, shown: FieldView, json: string): string {
  const seesWhole = hiddenFields(entity, shown).length === 0 && hiddenCustomOf(shown, entity).length === 0;
  return seesWhole ? json : JSON.stringify(hideFields(entity, shown, JSON.parse(json)));
}
