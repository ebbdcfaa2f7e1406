import { DateTime } from 'luxon';
import type { CustomField } from '../../contracts/fields.ts';
import { type CustomValue, readValue } from '../../pipeline/index.ts';
import type { FieldKind, ImportField } from '../entities/field.ts';
import { field } from '../entities/field.ts';
import { CellProblem } from '../values/cell-problem.ts';

export const CUSTOM_PREFIX = 'custom.';

/** How a cell of each type is read before the field's own rules are asked, and how long it may be. */
const readAs: Readonly<Record<CustomField['type'], readonly [kind: FieldKind, max?: number]>> = {
  text: ['line', 500],
  'long-text': ['text', 10_000],
  number: ['number'],
  money: ['money'],
  date: ['date'],
  'date-time': ['moment'],
  boolean: ['flag'],
  choice: ['choice'],
  'multi-choice': ['text', 10_000],
  url: ['line', 2000],
  email: ['email'],
  phone: ['phone'],
  user: ['line', 254],
};

const hints: Readonly<Partial<Record<CustomField['type'], string>>> = {
  'multi-choice': 'Custom field. Several choices with a semicolon between them.',
  user: 'Custom field. Name or e-mail address of somebody who is known here.',
};

/** The custom field as a field that a column can fill, under the key `custom.<key>`. */
export function customImportField(custom: CustomField): ImportField {
  const { key, label, type, options, required, defaultValue } = custom;
  const [kind, max] = readAs[type];
  return {
    ...field(`${CUSTOM_PREFIX}${key}`, label, kind, [key], hints[type] ?? 'Custom field.', {
      options,
      required: required && defaultValue === null,
      ...(max === undefined ? {} : { max }),
    }),
    custom,
  };
}

/** What a value is read with, beside its field. */
interface ImportFacts {
  currency: string;
  knownCurrencies: ReadonlySet<string>;
  timeZone: string;
}

/**
 * The stored value of a custom field from the canonical text of its cell. People are still as the file names
 * them: they are looked up a batch at a time.
 */
export function customValue(custom: CustomField, text: string | null, facts: ImportFacts): CustomValue | CellProblem {
  if (text === null) return custom.required ? new CellProblem('is required') : null;
  if (custom.type === 'user') return text;
  const given = wireValue(custom, text, facts);
  if (given instanceof CellProblem) return given;
  const read = readValue(custom, given);
  return 'problem' in read ? new CellProblem(read.problem) : read.value;
}

function wireValue(custom: CustomField, text: string, facts: ImportFacts): CustomValue | CellProblem {
  switch (custom.type) {
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'money': {
      const [amount = '', currency = facts.currency] = text.split(' ');
      return currency === facts.currency || facts.knownCurrencies.has(currency)
        ? { amount, currency }
        : new CellProblem(`is in ${currency}, for which no exchange rate to ${facts.currency} is known`);
    }
    case 'date-time':
      return DateTime.fromISO(text.replace(' ', ''), { zone: facts.timeZone }).toJSDate().toISOString();
    case 'multi-choice':
      return choicesOf(custom.options, text);
    default:
      return text;
  }
}

/** Choices by their names, whatever the case; a choice that is none is left for the field's rules to refuse. */
function choicesOf(options: readonly string[], text: string): string[] {
  const named = (part: string) => options.find((option) => option.toLowerCase() === part.toLowerCase()) ?? part;
  const whole = named(text.trim());
  if (options.includes(whole)) return [whole];
  return text
    .split(/\s*[;\n]\s*/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map(named);
}
