import type { CustomField } from '../../contracts/fields.ts';
import { choiceTypes, dimensionTypes, uniqueTypes } from '../../contracts/fields.ts';
import type { SqlRunner } from '../../db/index.ts';
import { type FieldProblem, ProblemError } from '../../http/index.ts';
import { knownRoles } from './field.repository.ts';
import { type CustomValue, readValue } from './read-value.ts';

type Definition = Pick<
  CustomField,
  'key' | 'type' | 'options' | 'isUnique' | 'isDimension' | 'defaultValue' | 'visibleTo'
>;

/**
 * The definition with its default in stored form.
 * @throws ProblemError listing all that doesn't go together
 */
export async function checkedDefinition<T extends Definition>(runner: SqlRunner, field: T): Promise<T> {
  const errors: FieldProblem[] = [];
  const fail = (pointer: string, message: string) => errors.push({ pointer, message });
  const names = field.options.map((option) => option.toLowerCase());
  if (choiceTypes.includes(field.type)) {
    if (names.length === 0) fail('/options', 'needs at least one option');
    for (const [place, name] of names.entries()) {
      if (names.indexOf(name) !== place) fail(`/options/${place}`, 'is there twice');
      if (field.type === 'multi-choice' && name.includes(';'))
        fail(`/options/${place}`, 'must not contain a semicolon');
    }
  } else if (names.length > 0) fail('/options', 'is for choices only');
  if (field.isUnique && !uniqueTypes.includes(field.type)) fail('/isUnique', `can't be asked of this type`);
  if (field.isDimension && !dimensionTypes.includes(field.type)) fail('/isDimension', `can't be asked of this type`);
  const read = readValue(field, field.defaultValue as CustomValue);
  if ('problem' in read) fail('/defaultValue', read.problem);
  else if (read.value !== null && field.isUnique) fail('/defaultValue', 'makes no sense where no value occurs twice');
  const roles = await knownRoles(runner, field.visibleTo);
  for (const [place, key] of field.visibleTo.entries())
    if (!roles.has(key)) fail(`/visibleTo/${place}`, 'is not a role');
  const [first] = errors;
  if (first) {
    const detail =
      errors.length === 1 ? `${first.pointer.slice(1)} ${first.message}.` : 'The field has several problems.';
    throw new ProblemError('invalid', detail, { errors });
  }
  return { ...field, defaultValue: 'value' in read ? read.value : null, visibleTo: [...new Set(field.visibleTo)] };
}
