import { type Actor, hiddenCustomOf } from '../../access/index.ts';
import type { Money, RecordType } from '../../contracts/common.ts';
import type { CustomField } from '../../contracts/fields.ts';
import { type SqlRunner, sql } from '../../db/index.ts';
import { type FieldProblem, ProblemError, pointerPart } from '../../http/index.ts';
import { holdDefinitions, listFields } from './field-row.ts';
import { type CustomValue, readValue } from './read-value.ts';

type Values = Record<string, CustomValue>;

/**
 * Custom values of an input as they are to be stored; undefined: nothing is to change. A new record gets the
 * defaults of what the input leaves out. Fields that the actor doesn't see, and archived ones, are not there for
 * the actor: they can't be set, and nobody is asked for them.
 *
 * Call it inside the transaction that writes the values.
 * @throws ProblemError listing every problem, by pointer
 */
export async function customInput(
  runner: SqlRunner,
  actor: Actor,
  entity: RecordType,
  input: Readonly<Record<string, unknown>> | undefined,
  isNew: boolean,
): Promise<Values | undefined> {
  if (input === undefined && !isNew) return undefined;
  await holdDefinitions(runner, entity);
  const present = (await listFields(runner, { entity })).filter(({ archivedAt }) => archivedAt === null);
  const hidden = hiddenCustomOf(actor.principal.fieldGroups, entity);
  const { roleKey } = actor.principal;
  const isVisible = ({ key, visibleTo }: CustomField) =>
    !hidden.includes(key) &&
    (visibleTo.length === 0 || visibleTo.includes(roleKey) || actor.principal.via === 'system');
  const fields = new Map(present.filter(isVisible).map((field) => [field.key, field]));
  const errors: FieldProblem[] = [];
  const values: Values = {};
  const fail = (key: string, message: string) => errors.push({ pointer: `/custom${pointerPart(key)}`, message });
  for (const [key, given] of Object.entries(input ?? {})) {
    const field = fields.get(key);
    const read = field ? readValue(field, given) : { problem: 'is not a custom field here' };
    if ('problem' in read) fail(key, read.problem);
    else if (read.value === null && field?.required) fail(key, 'is required');
    else values[key] = read.value;
  }
  if (isNew) {
    for (const field of present) {
      if (Object.hasOwn(input ?? {}, field.key)) continue;
      if (field.defaultValue !== null) values[field.key] = field.defaultValue as CustomValue;
      else if (field.required && fields.has(field.key)) fail(field.key, 'is required');
    }
  }
  await checkReferences(runner, present, values, fail);
  refuse(errors);
  return values;
}

/** People and currencies must be known. A default that is not any more is no default. */
async function checkReferences(
  runner: SqlRunner,
  fields: readonly CustomField[],
  values: Values,
  fail: (key: string, message: string) => void,
): Promise<void> {
  const given = fields.filter(({ key }) => Object.hasOwn(values, key) && values[key] !== null);
  const users = given.filter(({ type }) => type === 'user');
  const monies = given.filter(({ type }) => type === 'money');
  if (users.length + monies.length === 0) return;
  const ids = users.map(({ key }) => String(values[key]));
  const currencies = monies.map(({ key }) => (values[key] as Money).currency);
  const known = await runner.first<{ people: string[]; currencies: string[] }>(sql`
    select
      coalesce((select json_agg(id) from app_user where id = any(${ids}::uuid[]) and status <> 'deactivated'), '[]') as people,
      coalesce((select json_agg(code) from unnest(${currencies}::text[]) code
        where base_amount(1, code, current_date) is not null), '[]') as currencies`);
  const isDefault = (field: CustomField) => JSON.stringify(values[field.key]) === JSON.stringify(field.defaultValue);
  const drop = (field: CustomField, message: string) => {
    if (isDefault(field) && !field.required) delete values[field.key];
    else fail(field.key, message);
  };
  for (const field of users) {
    if (!known?.people.includes(String(values[field.key]))) drop(field, 'is nobody who works here');
  }
  for (const field of monies) {
    const { currency } = values[field.key] as Money;
    if (!known?.currencies.includes(currency)) drop(field, `has no exchange rate here: ${currency} is not known`);
  }
}

function refuse(errors: readonly FieldProblem[]): void {
  const [first] = errors;
  if (!first) return;
  throw new ProblemError(
    'invalid',
    errors.length === 1
      ? `${first.pointer.slice(1)} ${first.message}.`
      : `${errors.length} custom fields have problems.`,
    { errors: [...errors] },
  );
}
