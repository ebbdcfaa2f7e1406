import { z } from 'zod';
import { decimalSchema, emailSchema, idSchema, type Money, moneySchema } from '../../contracts/common.ts';
import type { FieldType } from '../../contracts/fields.ts';
import { decimalsProblem } from '../money-column.ts';
import type { FieldRules } from './field-row.ts';

/** A value as it is stored: in the one form its type has. Null: none. */
export type CustomValue = string | number | boolean | string[] | Money | null;

/** A value in its stored form, or what is wrong with it. */
type ReadValue = { value: CustomValue } | { problem: string };

const TEXT_MAX = 500;
const LONG_TEXT_MAX = 10_000;
const URL_MAX = 2000;
const PHONE_MAX = 50;
/** Above it a number in JSON is not the one that was meant. */
const MAX_NUMBER = 1e15;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const momentSchema = z.iso.datetime({ offset: true });
const daySchema = z.iso.date();
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

const problem = (text: string): ReadValue => ({ problem: text });
const fine = (value: CustomValue): ReadValue => ({ value });

const readers: Readonly<Record<FieldType, (value: unknown, field: FieldRules) => ReadValue>> = {
  text: (value) => line(value, TEXT_MAX),
  'long-text': (value) => {
    if (typeof value !== 'string') return problem('must be text');
    if (value.length > LONG_TEXT_MAX) return problem(`must have at most ${LONG_TEXT_MAX} characters`);
    if (value.includes('\0')) return problem('must not contain NUL characters');
    return fine(value.trim() === '' ? null : value);
  },
  number: (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return problem('must be a number');
    if (Math.abs(value) > MAX_NUMBER) return problem('is too large a number');
    return fine(value === 0 ? 0 : value);
  },
  money: readMoney,
  date: (value) =>
    typeof value === 'string' && daySchema.safeParse(value).success
      ? fine(value)
      : problem('must be a date, YYYY-MM-DD'),
  'date-time': (value) =>
    typeof value === 'string' && momentSchema.safeParse(value).success
      ? fine(new Date(value).toISOString())
      : problem('must be a moment with its time zone, such as 2026-01-31T09:30:00Z'),
  boolean: (value) => (typeof value === 'boolean' ? fine(value) : problem('must be true or false')),
  choice: (value, { options }) =>
    typeof value === 'string' && options.includes(value)
      ? fine(value)
      : problem(`must be one of: ${options.join(', ')}`),
  'multi-choice': (value, { options }) => {
    if (!Array.isArray(value)) return problem('must be a list');
    if (value.some((item) => !options.includes(item))) return problem(`must be some of: ${options.join(', ')}`);
    return fine(value.length === 0 ? null : options.filter((option) => value.includes(option)));
  },
  url: readUrl,
  email: (value) => {
    if (typeof value === 'string' && value.trim() === '') return fine(null);
    const read = emailSchema.safeParse(typeof value === 'string' ? value.trim() : value);
    return read.success ? fine(read.data) : problem('must be an e-mail address');
  },
  phone: (value) => {
    const read = line(value, PHONE_MAX);
    if ('problem' in read || read.value === null) return read;
    return /\d.*\d.*\d/.test(String(read.value)) ? read : problem('must be a phone number');
  },
  user: (value) =>
    idSchema.safeParse(value).success ? fine(String(value).toLowerCase()) : problem('must be the id of a person'),
};

/** Reads a value of a field: into its stored form, or what is wrong with it. Reading what was read changes nothing. */
export function readValue(field: FieldRules, value: unknown): ReadValue {
  return value === null ? fine(null) : readers[field.type](value, field);
}

function line(value: unknown, max: number): ReadValue {
  if (typeof value !== 'string') return problem('must be text');
  const text = value.trim();
  if (text.length > max) return problem(`must have at most ${max} characters`);
  if (CONTROL.test(text)) return problem('must be one line without control characters');
  return fine(text === '' ? null : text);
}

/** The amount without zeros in front, with the sign only where there is something to lose. */
function readMoney(value: unknown): ReadValue {
  const read = moneySchema.safeParse(value);
  if (!read.success) return problem('must be an amount with its currency');
  const wrong = decimalsProblem(read.data);
  if (wrong) return problem(wrong);
  const [, sign = '', whole = '', decimals = ''] = /^(-?)0*(\d+)(\.\d+)?$/.exec(read.data.amount) ?? [];
  const isZero = !/[1-9]/.test(whole + decimals);
  const amount = `${isZero ? '' : sign}${whole}${decimals}`;
  return decimalSchema.safeParse(amount).success
    ? fine({ amount, currency: read.data.currency })
    : problem('is not an amount');
}

function readUrl(value: unknown): ReadValue {
  const read = line(value, URL_MAX);
  if ('problem' in read || read.value === null) return read;
  const text = String(read.value);
  const url = URL.parse(HAS_SCHEME.test(text) && !/^[^/:]+:\d/.test(text) ? text : `https://${text}`);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb || url.username !== '' || url.password !== '' || !url.hostname.includes('.')) {
    return problem('must be a web address, such as https://example.com');
  }
  return url.href.length <= URL_MAX ? fine(url.href) : problem(`must have at most ${URL_MAX} characters`);
}
