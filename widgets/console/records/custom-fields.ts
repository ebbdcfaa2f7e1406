import type { CustomField } from '../../../backend/contracts/fields.ts';
import type { App } from '../app.ts';
import type { Field, FieldKind, FormValues } from '../parts/fields.ts';
import { t } from '../text.ts';
import { namedOptions, type References } from './references.ts';

const kinds: Readonly<Record<CustomField['type'], FieldKind>> = {
  text: 'text',
  'long-text': 'textarea',
  number: 'number',
  money: 'money',
  date: 'date',
  'date-time': 'moment',
  boolean: 'checkbox',
  choice: 'select',
  'multi-choice': 'checks',
  // A web address may be typed without its https://, which the browser's own kind of input would refuse.
  url: 'text',
  email: 'email',
  phone: 'tel',
  user: 'select',
};

const lengths: Readonly<Partial<Record<CustomField['type'], number>>> = {
  text: 500,
  'long-text': 10_000,
  url: 2000,
  email: 254,
  phone: 50,
};

/** Custom fields as inputs; `values` are those of the record, so that a person out of sight stays chosen. */
export function customInputs(
  app: App,
  { custom, people }: Pick<References, 'custom' | 'people'>,
  values: Readonly<Record<string, unknown>> = {},
): Field[] {
  return custom.map((field) => customInput(app, field, people, values[field.key]));
}

function customInput(app: App, field: CustomField, people: References['people'], value: unknown): Field {
  const { type, options, required, helpText } = field;
  const maxLength = lengths[type];
  return {
    name: `custom.${field.key}`,
    label: field.label,
    kind: kinds[type],
    required: required && type !== 'boolean',
    ...(helpText ? { help: helpText } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(type === 'long-text' ? { isWide: true } : {}),
    ...(type === 'money' ? { currency: app.me.currency } : {}),
    ...(type === 'date-time' ? { timeZone: app.me.timeZone } : {}),
    ...(options.length > 0 ? { options: options.map((option) => ({ value: option, label: option })) } : {}),
    ...(type === 'user' ? { options: namedOptions(withChosen(people, value)) } : {}),
    ...(kinds[type] === 'select' ? { emptyLabel: t('record.choose') } : {}),
  };
}

/** The people one can choose, and whoever is chosen already. */
function withChosen(people: References['people'], value: unknown): References['people'] {
  if (typeof value !== 'string' || people.some(({ id }) => id === value)) return people;
  return [...people, { id: value, name: t('record.otherPerson') }];
}

/** The custom values of a record by input name. */
export function customInputValues(values: Readonly<Record<string, unknown>>): FormValues {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`custom.${key}`, value]));
}

/** What the inputs of a new record start with. */
export const customDefaults = (custom: readonly CustomField[]): FormValues =>
  customInputValues(Object.fromEntries(custom.map(({ key, defaultValue }) => [key, defaultValue])));

/** The body with a null for each default that was cleared: left out, it would come back. */
export function withClearedDefaults(custom: readonly CustomField[], typed: FormValues, body: FormValues): FormValues {
  const values = (typed.custom ?? {}) as FormValues;
  const cleared = custom.filter(({ key, defaultValue }) => defaultValue !== null && values[key] === null);
  if (cleared.length === 0) return body;
  const nulls = Object.fromEntries(cleared.map(({ key }) => [key, null]));
  return { ...body, custom: { ...(body.custom as FormValues | undefined), ...nulls } };
}
