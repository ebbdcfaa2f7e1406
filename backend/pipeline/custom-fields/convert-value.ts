import type { FieldType } from '../../contracts/fields.ts';
import type { FieldRules } from './field-row.ts';
import { type CustomValue, readValue } from './read-value.ts';
import { type Person, textOfValue } from './value-text.ts';
import { dayOfMidnight, startOfDay } from './zone.ts';

/** What a conversion needs to know beside the value. */
export interface ConversionContext {
  people: ReadonlyMap<string, Person>;
  /** of the company: what a number is when it becomes money */
  currency: string;
  timeZone: string;
  /** options by their old names */
  renamed: Readonly<Record<string, string>>;
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const MONEY = /^(-?\d{1,14}(?:\.\d{1,4})?)(?: ([A-Z]{3}))?$/;
const MAX_DIGITS = 15;
const YES = new Set(['yes', 'true', '1']);
const NO = new Set(['no', 'false', '0']);

/** A value that does not fit the new type without losing something. */
export const UNFIT = Symbol('unfit');

/**
 * The value as the field will hold it. Only what can be told back from the result counts as fitting: an amount in
 * another currency is no number, a moment within a day is no date, `007` is no number.
 */
export function convertValue(
  from: FieldRules,
  to: FieldRules,
  value: CustomValue,
  context: ConversionContext,
): CustomValue | typeof UNFIT {
  const renamed = Array.isArray(value)
    ? value.map((item) => renamedOption(item, context))
    : from.type === 'choice'
      ? renamedOption(String(value), context)
      : value;
  if (from.type === to.type) return fitting(to, renamed);
  const text = textOfValue(from.type, renamed, context.people).trim();
  const target = fromText(from.type, to, renamed, text, context);
  return target === UNFIT ? UNFIT : fitting(to, target);
}

const renamedOption = (option: string, { renamed }: ConversionContext): string =>
  Object.hasOwn(renamed, option) ? (renamed[option] ?? option) : option;

function fitting(to: FieldRules, value: CustomValue): CustomValue | typeof UNFIT {
  const read = readValue(to, value);
  return 'problem' in read || read.value === null ? UNFIT : read.value;
}

function fromText(
  from: FieldType,
  to: FieldRules,
  value: CustomValue,
  text: string,
  context: ConversionContext,
): CustomValue | typeof UNFIT {
  switch (to.type) {
    case 'number':
      return numberOf(text, context.currency);
    case 'money': {
      const [, amount, currency = context.currency] = MONEY.exec(text) ?? [];
      return amount === undefined ? UNFIT : { amount, currency };
    }
    case 'date':
      return from === 'date-time' ? (dayOfMidnight(text, context.timeZone) ?? UNFIT) : text;
    case 'date-time':
      return from === 'date' ? startOfDay(text, context.timeZone) : text;
    case 'boolean': {
      const word = text.toLowerCase();
      if (YES.has(word)) return true;
      return NO.has(word) ? false : UNFIT;
    }
    case 'choice':
      return optionOf(to, text);
    case 'multi-choice': {
      const whole = optionOf(to, text);
      if (whole !== UNFIT) return [whole];
      const parts = text
        .split(/\s*[;\n]\s*/)
        .filter(Boolean)
        .map((part) => optionOf(to, part));
      return parts.every((part) => part !== UNFIT) ? (parts as string[]) : UNFIT;
    }
    case 'user':
      return personOf(text, context.people);
    case 'long-text':
      return typeof value === 'string' && from !== 'user' ? value : text;
    default:
      return text;
  }
}

function numberOf(text: string, currency: string): number | typeof UNFIT {
  const plain = text.endsWith(` ${currency}`) ? text.slice(0, -currency.length - 1) : text;
  if (!NUMBER.test(plain) || plain.replace(/\D/g, '').length > MAX_DIGITS) return UNFIT;
  return Number(plain);
}

/** An option by its name, whatever the case. */
function optionOf({ options }: FieldRules, text: string): string | typeof UNFIT {
  const wanted = text.toLowerCase();
  return (
    options.find((option) => option === text) ?? options.find((option) => option.toLowerCase() === wanted) ?? UNFIT
  );
}

/** The one person of that e-mail address or name. */
function personOf(text: string, people: ReadonlyMap<string, Person>): string | typeof UNFIT {
  const wanted = text.toLowerCase();
  const found = [...people.values()].filter(
    ({ id, name, email }) => id === wanted || email.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  const [one] = found;
  return one && found.length === 1 ? one.id : UNFIT;
}
