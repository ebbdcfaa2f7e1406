import type { FieldKind } from '../entities/field.ts';
import { field, type ImportField } from '../entities/field.ts';

/** An administrator's own field as the import needs it. */
export interface CustomFieldFacts {
  key: string;
  label: string;
  type: string;
  options: string[];
}

export const CUSTOM_PREFIX = 'custom.';

const KINDS: Record<string, FieldKind> = { number: 'number', date: 'date', boolean: 'flag', choice: 'choice' };

/** The custom field as a field that a column can fill, under the key `custom.<key>`. */
export function customImportField({ key, label, type, options }: CustomFieldFacts): ImportField {
  return field(`${CUSTOM_PREFIX}${key}`, label, KINDS[type] ?? 'text', [key], 'Custom field.', { options });
}

/** The JSON value of a custom field from its canonical text. */
export function customValue(kind: FieldKind, text: string | null): string | number | boolean | null {
  if (text === null) return null;
  if (kind === 'number') return Number(text);
  return kind === 'flag' ? text === 'true' : text;
}
