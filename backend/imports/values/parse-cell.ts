import type { ImportField } from '../entities/field.ts';
import { CellProblem, type CellValue, shown } from './cell-problem.ts';
import type { DateOrder } from './parse-date.ts';
import { dateOrderOf, parseDay, parseMoment } from './parse-date.ts';
import type { DecimalSign } from './parse-number.ts';
import { decimalSignOf, parseDecimal, parseMoney } from './parse-number.ts';

/** How one column is written. */
export interface CellStyle {
  dates: DateOrder;
  decimals: DecimalSign;
  /** nothing in the file decides the two above: a cell that could be read in two ways is refused */
  isUndecided: boolean;
  /** 35 means 35 % throughout the column, because some cell is above 1 */
  isPercent: boolean;
}

export type CellParser = (raw: string) => CellValue;

const BLANK = new Set(['', 'null', 'NULL', '\\N', '#N/A', 'NaN']);
const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@.,;<>"]{2,}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const YES = new Set(['1', 'true', 'yes', 'y', 'x', 'ja', 'j', 'wahr', 'oui', 'si', 'sí']);
const NO = new Set(['0', 'false', 'no', 'n', 'nein', 'falsch', 'non', '-']);
/** numeric(18,4) holds 14 digits before the point */
const MAX_NUMBER = 1e14 - 0.5;
const LINE_MAX = 200;
const TEXT_MAX = 4000;

/** Whitespace around and inside one-line text is folded; zero bytes can't be stored. */
function line(raw: string, max: number): CellValue {
  let text = raw.trim();
  if (CONTROL.test(text)) {
    if (text.includes('\0')) return new CellProblem('contains a zero byte');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    text = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  }
  if (text.length > max) return new CellProblem(`has ${text.length} characters; at most ${max} are kept`);
  return text === '' ? null : text;
}

function bounded(number: string, raw: string): CellValue {
  return Math.abs(Number(number)) < MAX_NUMBER ? number : new CellProblem(`${shown(raw)} is too large a number`);
}

function decimal(raw: string, style: CellStyle): CellValue {
  const number = parseDecimal(raw.trim(), style.decimals);
  return number === null ? new CellProblem(`${shown(raw)} is not a number`) : bounded(number, raw);
}

function share(raw: string, style: CellStyle): CellValue {
  const text = raw.trim();
  const isMarked = text.endsWith('%');
  const number = parseDecimal(isMarked ? text.slice(0, -1).trim() : text, style.decimals);
  if (number === null) return new CellProblem(`${shown(raw)} is not a percentage`);
  const value = Number(number) / (isMarked || style.isPercent ? 100 : 1);
  if (value < 0 || value > 1) return new CellProblem(`${shown(raw)} is not between 0 % and 100 %`);
  return String(Number(value.toFixed(6)));
}

/**
 * A parser for the cells of one column. Money comes as `amount` or, where the cell names its currency,
 * `amount CODE`; days as `YYYY-MM-DD`; flags as `true` and `false`; all else as text.
 */
export function cellParser(field: ImportField, style: CellStyle): CellParser {
  const parse = decidedParser(field, style);
  return (raw) => (raw === '' || BLANK.has(raw.trim()) ? null : parse(raw));
}

const NUMBERS = new Set(['money', 'number', 'count', 'share']);

/** Refuses what could be read in two ways where nothing in the file decides which. */
function decidedParser(field: ImportField, style: CellStyle): CellParser {
  const parse = parserOf(field, style);
  if (!style.isUndecided) return parse;
  if (field.kind === 'date' || field.kind === 'moment') {
    return (raw) =>
      dateOrderOf(raw.trim()) === 'either'
        ? new CellProblem(`${shown(raw)} can be read in two ways (write it as YYYY-MM-DD)`)
        : parse(raw);
  }
  if (!NUMBERS.has(field.kind)) return parse;
  return (raw) =>
    raw.includes('.') && decimalSignOf(raw) === 'either-point'
      ? new CellProblem(`${shown(raw)} can be read in two ways (write it with two decimals)`)
      : parse(raw);
}

function parserOf(field: ImportField, style: CellStyle): CellParser {
  switch (field.kind) {
    case 'line':
      return (raw) => line(raw, field.max ?? LINE_MAX);
    case 'text':
      return (raw) =>
        raw.includes('\0')
          ? new CellProblem('contains a zero byte')
          : raw.length > (field.max ?? TEXT_MAX)
            ? new CellProblem(`has ${raw.length} characters; at most ${field.max ?? TEXT_MAX} are kept`)
            : raw.trim();
    case 'phone':
      return (raw) => line(raw, 60);
    case 'email':
      return (raw) => {
        const text = raw.trim().replace(/^mailto:/i, '');
        return EMAIL.test(text) && text.length <= 254
          ? text.toLowerCase()
          : new CellProblem(`${shown(raw)} is not an e-mail address`);
      };
    case 'date':
    case 'moment': {
      const parse = field.kind === 'date' ? parseDay : parseMoment;
      return (raw) =>
        parse(raw.trim(), style.dates) ?? new CellProblem(`${shown(raw)} is not a date (write it as YYYY-MM-DD)`);
    }
    case 'money':
      return (raw) => {
        const money = parseMoney(raw, style.decimals);
        if (money === null) return new CellProblem(`${shown(raw)} is not an amount of money`);
        const amount = bounded(money.amount, raw);
        return money.currency === null || typeof amount !== 'string' ? amount : `${amount} ${money.currency}`;
      };
    case 'number':
      return (raw) => decimal(raw, style);
    case 'count':
      return (raw) => {
        const number = decimal(raw, style);
        if (typeof number !== 'string') return number;
        const value = Number(number);
        return Number.isInteger(value) && value >= 0 && value < 2 ** 31
          ? String(value)
          : new CellProblem(`${shown(raw)} is not a whole number`);
      };
    case 'share':
      return (raw) => share(raw, style);
    case 'currency':
      return (raw) => {
        const code = raw.trim().toUpperCase();
        return /^[A-Z]{3}$/.test(code)
          ? code
          : new CellProblem(`${shown(raw)} is not a three-letter currency code such as EUR`);
      };
    case 'flag':
      return (raw) => {
        const text = raw.trim().toLowerCase();
        if (YES.has(text)) return 'true';
        return NO.has(text) ? 'false' : new CellProblem(`${shown(raw)} is neither yes nor no`);
      };
    case 'choice':
      return (raw) => {
        const text = raw.trim().toLowerCase();
        const found = field.options?.find((option) => option.toLowerCase() === text);
        return found ?? new CellProblem(`${shown(raw)} is none of: ${field.options?.join(', ')}`);
      };
    default:
      return field.kind satisfies never;
  }
}
