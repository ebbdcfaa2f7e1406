import { isFieldShown, type Reach } from '../../access/index.ts';
import type { RecordType } from '../../contracts/common.ts';
import { type CustomField, type FieldOperator, fieldOperatorSchema, operatorsOfType } from '../../contracts/fields.ts';
import { join, raw, type Sql, sql } from '../../db/index.ts';
import { invalid } from '../../http/index.ts';
import { readOperand } from './operand.ts';

/** One condition on a custom field; `values` are as they stand in a query. */
interface CustomFilter {
  key: string;
  operator: FieldOperator;
  values: readonly string[];
}

const PARAMETER = /^custom\.([a-z][a-z0-9_]{0,59})(?:\.([a-z]+))?$/;
const SIGNS: Readonly<Partial<Record<FieldOperator, string>>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };
const MAX_FILTERS = 20;

/**
 * The conditions in the parameters of a query: `custom.size.gte=10`; without an operator, equality. Other
 * parameters are left alone. @throws ProblemError invalid for an operator that nothing has
 */
export function customFiltersOf(query: Readonly<Record<string, unknown>>): CustomFilter[] {
  const filters = Object.entries(query).flatMap(([name, value]): CustomFilter[] => {
    const [, key, word = 'eq'] = PARAMETER.exec(name) ?? [];
    if (key === undefined || value === undefined) return [];
    const operator = fieldOperatorSchema.safeParse(word);
    if (!operator.success) throw invalid(`/${name}`, `has no operator ${word}`);
    return [{ key, operator: operator.data, values: (Array.isArray(value) ? value : [value]).map(String) }];
  });
  if (filters.length > MAX_FILTERS) throw invalid('/custom', `takes at most ${MAX_FILTERS} conditions`);
  return filters;
}

/** Who asks, of what: the fields of that kind of record, and how far the asker sees. */
export interface CustomContext {
  entity: RecordType;
  fields: readonly CustomField[];
  reach: Pick<Reach, 'fields'>;
  /** who `me` is */
  userId: string;
  /** the record's table; `r` unless told */
  alias?: string;
}

/** The field by its key, as far as the asker sees it. @throws ProblemError invalid when there is none */
function visibleField({ entity, fields, reach }: CustomContext, key: string): CustomField {
  const field = fields.find((one) => one.entity === entity && one.key === key && one.archivedAt === null);
  if (!field || !isFieldShown(entity, `custom.${key}`, reach))
    throw invalid(`/custom.${key}`, 'is not a custom field here');
  return field;
}

/**
 * The conditions as SQL, `true` when there are none. What the asker doesn't see can't be asked for: its values
 * could be guessed one by one.
 * @throws ProblemError invalid for unknown fields, operators that a type doesn't have, and operands it can't read
 */
export function customFilterSql(context: CustomContext, filters: readonly CustomFilter[]): Sql {
  if (filters.length === 0) return raw('true');
  return join(
    filters.map((filter) => sql`(${conditionOf(context, visibleField(context, filter.key), filter)})`),
    ' and ',
  );
}

function conditionOf({ userId, alias = 'r' }: CustomContext, field: CustomField, filter: CustomFilter): Sql {
  const { operator } = filter;
  const pointer = `/custom.${field.key}${operator === 'eq' ? '' : `.${operator}`}`;
  if (!operatorsOfType[field.type].includes(operator)) {
    throw invalid(pointer, `can't be used: ${field.label} has ${operatorsOfType[field.type].join(', ')}`);
  }
  // Keys are letters, digits and _: written into the statement, so that an index can hold the expression.
  const json = raw(`${alias}.custom -> '${field.key}'`);
  const text = raw(`${alias}.custom ->> '${field.key}'`);
  if (operator === 'empty') return sql`${text} is null`;
  if (operator === 'filled') return sql`${text} is not null`;
  const operands = filter.values.map((value) => {
    const read = readOperand(field, value, userId);
    if ('problem' in read) throw invalid(pointer, read.problem);
    return read.operand;
  });
  if (operands.length === 0) throw invalid(pointer, 'needs a value');
  if (operator === 'contains') {
    const patterns = operands.map((operand) => `%${operand.replace(/[\\%_]/g, '\\$&')}%`);
    return sql`${text} ilike any(${patterns}::text[])`;
  }
  if (operator === 'eq') return equals(field, json, text, operands);
  if (operator === 'ne') return sql`not coalesce(${equals(field, json, text, operands)}, false)`;
  const { expression, type } = comparable(field, json, text);
  if (operands.length > 1) throw invalid(pointer, 'takes one value');
  return sql`${expression} ${raw(SIGNS[operator] ?? '=')} ${operands[0]}::${type}`;
}

function equals(field: CustomField, json: Sql, text: Sql, operands: readonly string[]): Sql {
  if (field.type === 'multi-choice') {
    return sql`jsonb_typeof(${json}) = 'array' and jsonb_exists_any(${json}, ${operands}::text[])`;
  }
  const { expression, type } = comparable(field, json, text);
  return sql`${expression} = any(${operands}::${type}[])`;
}

/** What a value is compared and sorted by. Dates and moments are kept so that their texts are in their order. */
function comparable(field: Pick<CustomField, 'type'>, json: Sql, text: Sql): { expression: Sql; type: Sql } {
  switch (field.type) {
    case 'number':
      return {
        expression: sql`case when jsonb_typeof(${json}) = 'number' then (${text})::numeric end`,
        type: raw('numeric'),
      };
    case 'money':
      return {
        expression: sql`case when jsonb_typeof(${json}) = 'object'
          then base_amount((${json} ->> 'amount')::numeric, ${json} ->> 'currency', current_date) end`,
        type: raw('numeric'),
      };
    case 'text':
    case 'long-text':
    case 'url':
    case 'email':
    case 'phone':
      return { expression: sql`lower(${text})`, type: raw('text') };
    default:
      return { expression: text, type: raw('text') };
  }
}

/**
 * What a list sorted by `custom.key` is ordered by, and its type for a cursor; records without a value come
 * first when ascending. Undefined for sorts that are not by a custom field.
 */
export function customSort(context: CustomContext, sort: string): { expression: Sql; type: Sql } | undefined {
  const [, key, rest] = PARAMETER.exec(sort.replace(/^-/, '')) ?? [];
  if (key === undefined || rest !== undefined) return undefined;
  const field = visibleField(context, key);
  const { alias = 'r' } = context;
  const { expression, type } = comparable(
    field,
    raw(`${alias}.custom -> '${key}'`),
    raw(`${alias}.custom ->> '${key}'`),
  );
  const isNumber = field.type === 'number' || field.type === 'money';
  return { expression: sql`coalesce(${expression}, ${raw(isNumber ? `'-Infinity'::numeric` : `''`)})`, type };
}
