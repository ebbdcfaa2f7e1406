import type { CustomField } from '../../../backend/contracts/pipelines.ts';
import type { Field, FieldKind, FormValues } from '../parts/fields.ts';
import { t } from '../text.ts';

const kinds: Record<CustomField['type'], FieldKind> = {
  text: 'text',
  number: 'number',
  date: 'date',
  boolean: 'checkbox',
  choice: 'select',
};

/** Custom fields as inputs. */
export function customInputs(custom: readonly CustomField[]): Field[] {
  return custom.map((field) => ({
    name: `custom.${field.key}`,
    label: field.label,
    kind: kinds[field.type],
    required: field.required && field.type !== 'boolean',
    ...(field.helpText ? { help: field.helpText } : {}),
    ...(field.type === 'choice'
      ? { options: field.options.map((value) => ({ value, label: value })), emptyLabel: t('record.choose') }
      : {}),
  }));
}

/** The custom values of a record by input name. */
export function customInputValues(values: Readonly<Record<string, unknown>>): FormValues {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`custom.${key}`, value]));
}
