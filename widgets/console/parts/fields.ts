import type { Money, Named } from '../../../backend/contracts/common.ts';
import { localMoment, momentOf } from './local-moment.ts';
import type { PasswordJudge } from './password-input.ts';

export interface Option {
  value: string;
  label: string;
}

export type FieldKind =
  | 'text'
  | 'email'
  | 'tel'
  | 'password'
  | 'new-password'
  | 'number'
  | 'percent'
  | 'money'
  | 'date'
  /** HH:MM */
  | 'time'
  /** a moment, typed as the clock shows it in the field's time zone */
  | 'moment'
  | 'select'
  | 'textarea'
  | 'checkbox'
  | 'lookup'
  /** several short texts, one a line */
  | 'lines'
  /** several short texts that may have spaces, with commas between them */
  | 'commas'
  /** any of the options */
  | 'checks'
  /** inputs of its own; a hidden one carries JSON */
  | 'control';

/** One input of a form and the part of the request body it fills. */
export interface Field {
  /** Key of the request body; `custom.size` is the custom field `size`. */
  name: string;
  label: string;
  kind: FieldKind;
  required?: boolean;
  help?: string;
  options?: readonly Option[];
  /** What a select shows for "no value"; left out: one must be chosen. */
  emptyLabel?: string;
  /** Suggestions for free text. */
  suggestions?: readonly string[];
  maxLength?: number;
  min?: number;
  max?: number;
  autocomplete?: string;
  /** Shown and sent, but not to be changed. */
  isReadOnly?: boolean;
  /** The keys a telephone shows. */
  inputMode?: 'numeric' | 'text';
  /** Judges a new password while it is typed. */
  judge?: PasswordJudge;
  /** Takes the whole width of the form. */
  isWide?: boolean;
  /** Time zone of a moment. */
  timeZone?: string;
  /** Currency of a money field that has no value yet. */
  currency?: string;
  /** Draws the inputs of kind `control`, around the value the form starts with. */
  control?: (value: unknown) => unknown;
  /** Finds what a lookup can be set to. */
  find?: (text: string, signal: AbortSignal) => Promise<readonly Named[]>;
}

/** Values of a form by field name, in the shapes of the wire. */
export type FormValues = Record<string, unknown>;

/** The text an input starts with. */
export function inputText(field: Field, value: unknown): string {
  if (value === null || value === undefined) return '';
  switch (field.kind) {
    case 'money':
      return trimZeros((value as Money).amount);
    case 'percent':
      return trimZeros(((value as number) * 100).toFixed(2));
    case 'moment':
      return localMoment(String(value), field.timeZone ?? 'UTC');
    case 'lookup':
      return (value as Named).id;
    case 'lines':
      return (value as readonly string[]).join('\n');
    case 'commas':
      return (value as readonly string[]).join(', ');
    case 'control':
      return JSON.stringify(value);
    default:
      return String(value);
  }
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

/** Reads a submitted form into a request body; empty inputs become null. */
export function readForm(data: FormData, fields: readonly Field[], values: FormValues): FormValues {
  const body: FormValues = {};
  for (const field of fields) {
    const typed = String(data.get(field.name) ?? '');
    const isPassword = field.kind === 'password' || field.kind === 'new-password';
    const value =
      field.kind === 'checks'
        ? data.getAll(field.name).map(String)
        : readField(field, isPassword ? typed : typed.trim(), values);
    const customKey = customKeyOf(field.name);
    if (customKey === null) body[field.name] = value;
    else body.custom = { ...(body.custom as FormValues | undefined), [customKey]: value };
  }
  return body;
}

function readField(field: Field, text: string, values: FormValues): unknown {
  if (field.kind === 'checkbox') return text === 'on';
  if (field.kind === 'lines') return text.split(/[\s,]+/).filter(Boolean);
  if (field.kind === 'commas') {
    return text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
  }
  if (text === '') return null;
  switch (field.kind) {
    case 'number':
      return Number(text);
    case 'percent':
      // Rounded so that 35 % is 0.35 and not 0.35000000000000003.
      return Number((Number(text) / 100).toFixed(6));
    case 'money': {
      const current = values[field.name] as Money | null | undefined;
      return { amount: text, currency: current?.currency ?? field.currency ?? 'EUR' };
    }
    case 'moment':
      return momentOf(text, field.timeZone ?? 'UTC');
    case 'control':
      return JSON.parse(text);
    default:
      return text;
  }
}

function customKeyOf(name: string): string | null {
  return name.startsWith('custom.') ? name.slice('custom.'.length) : null;
}

/** What an untouched form would send: the basis for sending only what was changed. */
export function bodyOf(fields: readonly Field[], values: FormValues): FormValues {
  const data = new FormData();
  for (const field of fields) {
    if (field.kind === 'checkbox') {
      if (values[field.name]) data.set(field.name, 'on');
    } else if (field.kind === 'checks') {
      for (const value of (values[field.name] as readonly string[] | undefined) ?? []) data.append(field.name, value);
    } else data.set(field.name, inputText(field, values[field.name]));
  }
  return readForm(data, fields, values);
}

/** The entries of `after` that differ from `before`, custom fields one by one. */
export function changesBetween(before: FormValues, after: FormValues): FormValues {
  const changes: FormValues = {};
  for (const [name, value] of Object.entries(after)) {
    if (name === 'custom') {
      const custom = changesBetween((before.custom ?? {}) as FormValues, value as FormValues);
      if (Object.keys(custom).length > 0) changes.custom = custom;
    } else if (JSON.stringify(value) !== JSON.stringify(before[name])) changes[name] = value;
  }
  return changes;
}

/** A body for a new record: what was left empty is left out. */
export function withoutEmpty(body: FormValues): FormValues {
  const kept: FormValues = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === 'custom') {
      const custom = withoutEmpty(value as FormValues);
      if (Object.keys(custom).length > 0) kept.custom = custom;
    } else if (value !== null) kept[name] = value;
  }
  return kept;
}
