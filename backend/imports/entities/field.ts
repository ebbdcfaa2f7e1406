import type { z } from 'zod';
import type { CustomField } from '../../contracts/fields.ts';
import type { importFieldSchema } from '../../contracts/imports.ts';

/**
 * What a cell must look like. `line`: one line of text; `moment`: a day with or without time; `share`: 0..1,
 * also written as a percentage; `flag`: yes or no.
 */
export type FieldKind =
  | 'line'
  | 'text'
  | 'email'
  | 'phone'
  | 'date'
  | 'moment'
  | 'money'
  | 'number'
  | 'count'
  | 'share'
  | 'currency'
  | 'flag'
  | 'choice';

/** One field of ours that a column of a file can fill. */
export interface ImportField {
  key: string;
  label: string;
  kind: FieldKind;
  /** a file without a column for it can't be imported */
  required: boolean;
  isKey: boolean;
  help: string;
  /** other names that files give it, most telling first; compared as letters and digits only */
  synonyms: readonly string[];
  /** values of a `choice` */
  options?: readonly string[];
  max?: number;
  /** the administrator's definition, where it is a custom field */
  custom?: CustomField;
}

/** Declares a field in a line. */
export function field(
  key: string,
  label: string,
  kind: FieldKind,
  synonyms: readonly string[],
  help: string,
  more: Partial<Pick<ImportField, 'required' | 'isKey' | 'max' | 'options'>> = {},
): ImportField {
  return { key, label, kind, synonyms, help, required: false, isKey: false, ...more };
}

/** The field as the wire shows it. */
export function presentField({ key, label, required, isKey, help }: ImportField): z.infer<typeof importFieldSchema> {
  return { key, label, required, isKey, help };
}
