import type { ConversionPreview, CustomField } from '../../contracts/fields.ts';
import type { SqlRunner } from '../../db/index.ts';
import { type ConversionContext, convertValue, UNFIT } from './convert-value.ts';
import type { FieldRules } from './field-row.ts';
import { textOfValue } from './value-text.ts';
import { distinctValues, everybody, type Replacement, recordsWith, replaceValues } from './values.repository.ts';

/** What becomes of the values of a field. */
interface ConversionPlan {
  context: ConversionContext;
  /** values that become another one, and those that don't fit (`kept` is their text) */
  replacements: (Replacement & { records: number })[];
  total: number;
  unconvertible: number;
}

const EXAMPLES = 20;

/** Works out what every value becomes under other rules; changes nothing. */
export async function planConversion(
  runner: SqlRunner,
  field: CustomField,
  to: FieldRules,
  facts: Omit<ConversionContext, 'people'>,
): Promise<ConversionPlan> {
  const isOfPeople = field.type === 'user' || to.type === 'user';
  const context = { ...facts, people: isOfPeople ? await everybody(runner) : new Map() };
  const found = await distinctValues(runner, field);
  const replacements = found.flatMap(({ value, records }): ConversionPlan['replacements'] => {
    const after = convertValue(field, to, value, context);
    if (after === UNFIT)
      return [{ before: value, after: null, kept: textOfValue(field.type, value, context.people), records }];
    return JSON.stringify(after) === JSON.stringify(value) ? [] : [{ before: value, after, kept: null, records }];
  });
  const count = (items: readonly { records: number }[]) => items.reduce((sum, { records }) => sum + records, 0);
  return {
    context,
    replacements,
    total: count(found),
    unconvertible: count(replacements.filter(({ kept }) => kept !== null)),
  };
}

/** The plan as an administrator looks at it before it is carried out: what does not fit comes first. */
export async function previewOf(
  runner: SqlRunner,
  field: CustomField,
  to: FieldRules,
  plan: ConversionPlan,
): Promise<ConversionPreview> {
  const { replacements, total, unconvertible, context } = plan;
  const ordered = [
    ...replacements.filter(({ kept }) => kept !== null),
    ...replacements.filter(({ kept }) => kept === null),
  ].slice(0, EXAMPLES);
  const records = await recordsWith(
    runner,
    field,
    ordered.map(({ before }) => before),
  );
  const byValue = new Map(records.map((record) => [stable(record.value), record]));
  return {
    total,
    converted: replacements.filter(({ kept }) => kept === null).reduce((sum, { records: n }) => sum + n, 0),
    unconvertible,
    examples: ordered.flatMap(({ before, after, kept }) => {
      const record = byValue.get(stable(before));
      if (!record) return [];
      const shown = kept === null ? textOfValue(to.type, after, context.people) : null;
      return [
        {
          recordId: record.recordId,
          name: record.name,
          before: textOfValue(field.type, before, context.people),
          after: shown,
        },
      ];
    }),
  };
}

/** The database may order the keys of an object in its own way. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Carries the plan out; what doesn't fit goes to the field `keptIn`. The records must be locked. */
export const carryOut = (runner: SqlRunner, field: CustomField, plan: ConversionPlan, keptIn: string): Promise<void> =>
  replaceValues(
    runner,
    field,
    plan.replacements.map(({ before, after, kept }) => ({ before, after, kept })),
    keptIn,
  );
