import type { SqlRunner } from '../db/index.ts';
import { type FieldProblem, ProblemError, pointerPart } from '../http/index.ts';
import { type CustomFieldRow, listCustomFields } from './custom-field.repository.ts';

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** JavaScript reads 30 February as 2 March. */
const isDay = (text: string): boolean => {
  const moment = Date.parse(text);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
};

/** What is wrong with `value` for `field`, or null. Null values clear a field. */
export function customValueProblem(field: CustomFieldRow, value: unknown): string | null {
  if (value === null) return field.required ? 'is required' : null;
  switch (field.type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'date':
      return typeof value === 'string' && ISO_DAY.test(value) && isDay(value) ? null : 'must be a date, YYYY-MM-DD';
    case 'choice':
      return typeof value === 'string' && field.options.includes(value)
        ? null
        : `must be one of: ${field.options.join(', ')}`;
    default:
      return typeof value === 'string' ? null : 'must be text';
  }
}

/** Checks values against the administrator's definitions. @throws ProblemError listing every problem */
export async function checkCustomValues(
  runner: SqlRunner,
  entity: string,
  values: Record<string, unknown> | undefined,
  isNew: boolean,
): Promise<void> {
  if (values === undefined && !isNew) return;
  const fields = await listCustomFields(runner, entity);
  const errors: FieldProblem[] = [];
  for (const [key, value] of Object.entries(values ?? {})) {
    const field = fields.find((candidate) => candidate.key === key);
    const message = field ? customValueProblem(field, value) : 'is not a custom field here';
    if (message) errors.push({ pointer: `/custom${pointerPart(key)}`, message });
  }
  if (isNew) {
    for (const field of fields) {
      if (field.required && !Object.hasOwn(values ?? {}, field.key))
        errors.push({ pointer: `/custom/${field.key}`, message: 'is required' });
    }
  }
  const [first] = errors;
  if (first)
    throw new ProblemError(
      'invalid',
      errors.length === 1
        ? `${first.pointer.slice(1)} ${first.message}.`
        : `${errors.length} custom fields have problems.`,
      { errors },
    );
}
