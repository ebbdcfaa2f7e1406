import type { CustomField } from '../../../../backend/contracts/fields.ts';
import type { App } from '../../app.ts';
import type { Field, FieldKind, FormValues, Option } from '../../parts/fields.ts';
import { namedOptions } from '../../records/references.ts';
import { t } from '../../text.ts';

export type FieldType = CustomField['type'];

export const entities = ['lead', 'opportunity', 'account', 'contact'] as const;
export const types: readonly FieldType[] = [
  'text',
  'long-text',
  'number',
  'money',
  'date',
  'date-time',
  'boolean',
  'choice',
  'multi-choice',
  'url',
  'email',
  'phone',
  'user',
];
const uniqueTypes = new Set<FieldType>(['text', 'number', 'date', 'url', 'email', 'phone']);
const dimensionTypes = new Set<FieldType>(['text', 'boolean', 'choice', 'user']);

export const isChoice = (type: FieldType): boolean => type === 'choice' || type === 'multi-choice';

/** What the inputs of a definition need to know beside it. */
export interface FieldFacts {
  roles: readonly Option[];
  people: readonly { id: string; name: string }[];
}

/** The inputs of a definition, for its type; a new one also names its key. */
export function fieldInputs(app: App, type: FieldType, isNew: boolean, { roles, people }: FieldFacts): Field[] {
  const options: Field = {
    name: 'options',
    label: t('fields.options'),
    kind: 'textarea',
    required: true,
    isWide: true,
    help: t('fields.options.help'),
  };
  return [
    { name: 'label', label: t('fields.label'), kind: 'text', required: true, maxLength: 100 },
    ...(isNew ? [keyInput()] : []),
    ...(isChoice(type) ? [options] : []),
    {
      name: 'helpText',
      label: t('fields.help'),
      kind: 'text',
      maxLength: 500,
      isWide: true,
      help: t('fields.help.help'),
    },
    defaultInput(app, type, people),
    { name: 'required', label: t('fields.required'), kind: 'checkbox', help: t('fields.required.help') },
    ...(uniqueTypes.has(type) ? [uniqueInput()] : []),
    ...(dimensionTypes.has(type) ? [dimensionInput()] : []),
    ...(roles.length > 0
      ? [
          {
            name: 'visibleTo',
            label: t('fields.visibleTo'),
            kind: 'checks',
            options: roles,
            help: t('fields.visibleTo.help'),
            isWide: true,
          } as const,
        ]
      : []),
  ];
}

const keyInput = (): Field => ({
  name: 'key',
  label: t('fields.key'),
  kind: 'text',
  maxLength: 60,
  help: t('fields.key.help'),
});
const uniqueInput = (): Field => ({
  name: 'isUnique',
  label: t('fields.unique'),
  kind: 'checkbox',
  help: t('fields.unique.help'),
});
const dimensionInput = (): Field => ({ name: 'isDimension', label: t('fields.dimension'), kind: 'checkbox' });

const defaultKinds: Readonly<Record<FieldType, FieldKind>> = {
  text: 'text',
  'long-text': 'textarea',
  number: 'number',
  money: 'money',
  date: 'date',
  'date-time': 'moment',
  boolean: 'select',
  choice: 'text',
  'multi-choice': 'textarea',
  url: 'text',
  email: 'email',
  phone: 'tel',
  user: 'select',
};

function defaultInput(app: App, type: FieldType, people: FieldFacts['people']): Field {
  const yesOrNo = [
    { value: 'true', label: t('fields.default.yes') },
    { value: 'false', label: t('fields.default.no') },
  ];
  const help = type === 'choice' ? 'choice' : type === 'multi-choice' ? 'lines' : 'help';
  return {
    name: 'defaultValue',
    label: t('fields.default'),
    kind: defaultKinds[type],
    help: t(`fields.default.${help}`),
    ...(type === 'money' ? { currency: app.me.currency } : {}),
    ...(type === 'date-time' ? { timeZone: app.me.timeZone } : {}),
    ...(defaultKinds[type] === 'select'
      ? { options: type === 'user' ? namedOptions(people) : yesOrNo, emptyLabel: t('fields.default.none') }
      : {}),
  };
}

/** A definition as the values of its inputs. */
export const inputValues = (field: CustomField): FormValues => ({
  ...field,
  options: field.options.join('\n'),
  defaultValue: Array.isArray(field.defaultValue) ? field.defaultValue.join('\n') : field.defaultValue,
});

const lines = (text: unknown): string[] =>
  String(text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The request body of what was typed for a type. */
export function bodyOfInputs(type: FieldType, body: FormValues): FormValues {
  const { defaultValue } = body;
  return {
    ...body,
    type,
    options: isChoice(type) ? lines(body.options) : [],
    defaultValue:
      defaultValue === null || defaultValue === undefined
        ? null
        : type === 'boolean'
          ? defaultValue === 'true'
          : type === 'multi-choice'
            ? lines(defaultValue)
            : defaultValue,
    isUnique: uniqueTypes.has(type) && body.isUnique === true,
    isDimension: dimensionTypes.has(type) && body.isDimension === true,
  };
}

/** A key made from a name: letters and digits, all else as _. */
export const keyOf = (label: string): string =>
  label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60);

/**
 * Options that got another name: in a list of the same length, the lines that are new where one is gone. Anything
 * else is an option that was added or removed.
 */
export function renamedOptions(before: readonly string[], after: readonly string[]): Record<string, string> {
  if (before.length !== after.length) return {};
  return Object.fromEntries(
    before.flatMap((old, place): [string, string][] => {
      const name = after[place] ?? old;
      return name !== old && !after.includes(old) && !before.includes(name) ? [[old, name]] : [];
    }),
  );
}
