import type { FieldGroup } from '../../access/index.ts';
import type { CustomField } from '../../contracts/fields.ts';
import type { ImportMapping } from '../../contracts/imports.ts';
import type { EntityImport } from '../engine/entity-import.ts';
import type { ImportField } from '../entities/field.ts';
import { hiddenColumns, hiddenFieldSentence, hiddenGroup } from '../field-access.ts';
import { type FileColumn, type Inspection, REASON_COLUMN } from '../reading/inspect.ts';
import { type CellParser, cellParser } from '../values/parse-cell.ts';
import type { DateOrder } from '../values/parse-date.ts';
import { type DecimalSign, parseDecimal } from '../values/parse-number.ts';
import { customImportField } from './custom-fields.ts';
import { guessMapping } from './guess.ts';

/** A column of the file that fills a field. */
export interface PlannedColumn {
  index: number;
  name: string;
  field: ImportField;
  parse: CellParser;
}

/** How a file will be read. */
export interface ImportPlan {
  columns: PlannedColumn[];
  /** every column of the file with its field, as it can be sent back */
  mapping: ImportMapping;
  fields: ImportField[];
  /** one sentence each; the import can't run while there are any */
  problems: string[];
  /** by field: the ways in which its column can be read, where the file doesn't tell */
  readings: ReadonlyMap<string, readonly Reading[]>;
}

/** One way of reading a column: the mapping's target that says so, and what a person is shown. */
export interface Reading {
  key: string;
  label: string;
}

/** Said behind a field in a mapping where the file itself doesn't tell: "closedOn:D/M/Y", "amount:comma". */
const HINTS: Record<string, { dates?: DateOrder; decimals?: DecimalSign }> = {
  'd/m/y': { dates: 'dmy' },
  'm/d/y': { dates: 'mdy' },
  comma: { decimals: 'comma' },
  point: { decimals: 'point' },
};

interface Choice {
  field: ImportField;
  hint: string | null;
}

/**
 * Decides which column fills which field: what `given` says, and a guess for columns that it leaves open. Fields
 * of groups that aren't among `shown` are neither guessed nor taken.
 */
export function planImport(
  definition: EntityImport,
  inspection: Inspection,
  customFields: readonly CustomField[],
  shown: ReadonlySet<FieldGroup>,
  given: ImportMapping = {},
): ImportPlan {
  const { entity } = definition;
  const all = [...definition.fields, ...customFields.map(customImportField)];
  const fields = all.filter(({ key }) => hiddenGroup(entity, key, shown) === null);
  const problems: string[] = [];
  const permitted = withoutHidden(definition, given, shown, problems);
  const choices = readGiven(inspection.columns, fields, permitted, problems);
  const hidden = hiddenColumns(entity, definition.fields, inspection.columns, shown);
  const open = inspection.columns.filter(
    (column) => !choices.has(column) && !hidden.has(column) && column.name !== REASON_COLUMN,
  );
  const taken = new Set([...choices.values()].map((choice) => choice?.field));
  for (const [column, field] of guessMapping(
    open,
    fields.filter((field) => !taken.has(field)),
  )) {
    choices.set(column, field ? { field, hint: null } : null);
  }
  const readings = new Map<string, readonly Reading[]>();
  const columns = inspection.columns.flatMap((column, index): PlannedColumn[] => {
    const choice = choices.get(column);
    if (!choice) return [];
    const { field } = choice;
    const possible = readingsOf(column, field);
    if (possible.length > 0) readings.set(field.key, possible);
    const said = `${field.key}:${choice.hint}`.toLowerCase();
    if (possible.length > 0 && !possible.some(({ key }) => key.toLowerCase() === said)) {
      problems.push(
        `The values in "${column.name}" can be read in two ways (${column.style.unclearExample}): map the column to ${possible.map(({ key, label }) => `"${key}" (${label})`).join(' or ')}.`,
      );
    }
    return [{ index, name: column.name, field, parse: parserFor(column, choice) }];
  });
  const mapped = new Set(columns.map(({ field }) => field.key));
  for (const field of fields) {
    if (field.required && !mapped.has(field.key)) {
      problems.push(`No column of the file is the ${field.label.toLowerCase()}: map one to "${field.key}".`);
    }
  }
  problems.push(...definition.mappingProblems(mapped));
  const mapping = Object.fromEntries(
    inspection.columns.map((column): [string, string | null] => {
      const choice = choices.get(column);
      return [column.name, choice ? choice.field.key + (choice.hint ? `:${choice.hint}` : '') : null];
    }),
  );
  return { columns, mapping, fields, problems, readings };
}

/** The mapping without its targets that the person may not see, each of which is a problem. */
function withoutHidden(
  { entity }: EntityImport,
  given: ImportMapping,
  shown: ReadonlySet<FieldGroup>,
  problems: string[],
): ImportMapping {
  return Object.fromEntries(
    Object.entries(given).map(([name, target]) => {
      const group = hiddenGroup(entity, target?.split(':')[0] ?? '', shown);
      if (group === null) return [name, target];
      problems.push(hiddenFieldSentence(name, group));
      return [name, null];
    }),
  );
}

function readGiven(
  columns: readonly FileColumn[],
  fields: readonly ImportField[],
  given: ImportMapping,
  problems: string[],
): Map<FileColumn, Choice | null> {
  const choices = new Map<FileColumn, Choice | null>();
  const usedBy = new Map<ImportField, string>();
  for (const [name, target] of Object.entries(given)) {
    const column = columns.find((candidate) => candidate.name === name);
    if (!column) {
      const names = columns.map((candidate) => `"${candidate.name}"`).slice(0, 30);
      problems.push(
        `The mapping names a column "${name}" that the file does not have. Its columns are: ${names.join(', ')}.`,
      );
      continue;
    }
    if (target === null) {
      choices.set(column, null);
      continue;
    }
    const [key = '', hint = null] = target.split(':');
    const field = fields.find((candidate) => candidate.key === key);
    if (!field || (hint !== null && !(hint.toLowerCase() in HINTS))) {
      problems.push(
        field
          ? `The mapping of "${name}" ends in ":${hint}", which is none of: D/M/Y, M/D/Y, comma, point.`
          : `The mapping sends "${name}" to "${key}", which is not a field. Fields are: ${fields.map((candidate) => candidate.key).join(', ')}.`,
      );
      continue;
    }
    const other = usedBy.get(field);
    if (other !== undefined) {
      problems.push(`The mapping sends both "${other}" and "${name}" to ${key}; set one of them to null.`);
      continue;
    }
    usedBy.set(field, name);
    choices.set(column, { field, hint });
  }
  return choices;
}

const IS_DATE = new Set(['date', 'moment']);
const IS_NUMBER = new Set(['money', 'number', 'count', 'share']);

/** The ways in which a column can be read for a field; none when the file tells. */
function readingsOf({ style }: FileColumn, { key, kind }: ImportField): Reading[] {
  if (IS_DATE.has(kind) && style.dates === 'unclear') {
    return [
      { key: `${key}:D/M/Y`, label: 'day first' },
      { key: `${key}:M/D/Y`, label: 'month first' },
    ];
  }
  if (IS_NUMBER.has(kind) && style.decimals === 'unclear') {
    return [
      { key: `${key}:point`, label: 'the point cuts off decimals' },
      { key: `${key}:comma`, label: 'the point groups thousands' },
    ];
  }
  return [];
}

function parserFor(column: FileColumn, { field, hint }: Choice): CellParser {
  const said = hint === null ? {} : (HINTS[hint.toLowerCase()] ?? {});
  const { style } = column;
  const decimals = said.decimals ?? (style.decimals === 'comma' ? 'comma' : 'point');
  return cellParser(field, {
    dates: said.dates ?? (style.dates === 'mdy' ? 'mdy' : 'dmy'),
    decimals,
    isUndecided: IS_DATE.has(field.kind)
      ? !said.dates && style.dates === 'none'
      : !said.decimals && style.decimals === 'none',
    isPercent: column.samples.some((sample) => Number(parseDecimal(sample.replace('%', '').trim(), decimals)) > 1),
  });
}
