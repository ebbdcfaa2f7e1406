import { ApiError } from '../../base/api.ts';
import { t } from '../text.ts';

/** What went wrong in one sentence a person can act on. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('problem.unexpected');
  if (error.code === 'network') return t('problem.network');
  return error.detail || t('problem.unexpected');
}

/** Messages by field, and those that belong to no field of the form. */
export interface FieldProblems {
  byField: ReadonlyMap<string, string>;
  others: readonly string[];
}

/**
 * Sorts the problems of a refused write to the fields they are about. Pointers: `/email`, `/value/amount`
 * (belongs to `value`), `/custom/size` (belongs to `custom.size`), with or without a leading `/body`.
 */
export function fieldProblems(error: unknown, fields: readonly string[]): FieldProblems {
  const byField = new Map<string, string>();
  const others: string[] = [];
  for (const { pointer, message } of error instanceof ApiError ? (error.errors ?? []) : []) {
    const field = fieldOf(pointer, fields);
    if (field === null) others.push(message);
    else byField.set(field, byField.has(field) ? `${byField.get(field)}; ${message}` : message);
  }
  return { byField, others };
}

function fieldOf(pointer: string, fields: readonly string[]): string | null {
  const path = pointer
    .replace(/^#/, '')
    .replace(/^\/body(?=\/)/, '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join('.');
    if (fields.includes(name)) return name;
  }
  return null;
}
