import { type CustomField, type CustomFieldUpdate, dimensionTypes, uniqueTypes } from '../../contracts/fields.ts';
import type { SqlRunner } from '../../db/index.ts';
import { ProblemError } from '../../http/index.ts';
import { carryOut, planConversion } from './conversion.ts';
import { type ConversionContext, convertValue, UNFIT } from './convert-value.ts';
import { checkedDefinition } from './definition.ts';
import { insertField } from './field.repository.ts';
import { listFields, lockRecords } from './field-row.ts';
import type { CustomValue } from './read-value.ts';
import { refuseRepeated } from './refuse-repeated.ts';
import { rebuildUniqueValues } from './values.repository.ts';

/** What came of a change: the definition to store, and for the audit row what happened to values. */
interface ChangeOutcome {
  after: CustomField;
  converted?: number;
  kept?: { key: string; values: number };
}

type Facts = Omit<ConversionContext, 'people' | 'renamed'>;

/**
 * Works out a changed definition and brings the values along. Where values would not fit, nothing changes unless
 * they may be kept in a field of their own beside it.
 */
export async function changeField(
  runner: SqlRunner,
  before: CustomField,
  { unconvertible, renamedOptions = {}, ...input }: CustomFieldUpdate,
  facts: Facts,
): Promise<ChangeOutcome> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const wanted: CustomField = { ...before, ...given };
  const isRetyped = wanted.type !== before.type || JSON.stringify(wanted.options) !== JSON.stringify(before.options);
  if (isRetyped) {
    // What the new type can't have ends with the old one, unless it was asked for just now.
    if (input.isUnique === undefined && !uniqueTypes.includes(wanted.type)) wanted.isUnique = false;
    if (input.isDimension === undefined && !dimensionTypes.includes(wanted.type)) wanted.isDimension = false;
    if (input.options === undefined && wanted.type !== before.type && !isChoice(wanted.type)) wanted.options = [];
    if (input.defaultValue === undefined)
      wanted.defaultValue = defaultAfter(before, wanted, { ...facts, renamed: renamedOptions });
  }
  const after = await checkedDefinition(runner, wanted);
  const outcome: ChangeOutcome = { after };
  const mustBuild = after.archivedAt === null && after.isUnique && (!before.isUnique || isRetyped);
  if (isRetyped || mustBuild) await lockRecords(runner, before.entity);
  if (isRetyped)
    Object.assign(
      outcome,
      await bringValues(runner, before, after, unconvertible, { ...facts, renamed: renamedOptions }),
    );
  if (mustBuild) await refuseRepeated(runner, after);
  if (mustBuild || (before.isUnique && !after.isUnique)) await rebuildUniqueValues(runner, after, after.isUnique);
  return outcome;
}

const isChoice = (type: CustomField['type']): boolean => type === 'choice' || type === 'multi-choice';

function defaultAfter(before: CustomField, wanted: CustomField, facts: Omit<ConversionContext, 'people'>): CustomValue {
  if (before.defaultValue === null) return null;
  const after = convertValue(before, wanted, before.defaultValue as CustomValue, { ...facts, people: new Map() });
  return after === UNFIT ? null : after;
}

async function bringValues(
  runner: SqlRunner,
  before: CustomField,
  after: CustomField,
  unconvertible: CustomFieldUpdate['unconvertible'],
  facts: Omit<ConversionContext, 'people'>,
): Promise<Omit<ChangeOutcome, 'after'>> {
  const plan = await planConversion(runner, before, after, facts);
  const converted = plan.replacements.reduce((sum, { kept, records }) => sum + (kept === null ? records : 0), 0);
  if (plan.unconvertible === 0) {
    await carryOut(runner, before, plan, before.key);
    return { converted };
  }
  if (unconvertible === 'refuse') {
    throw new ProblemError(
      'conflict',
      `${plan.unconvertible} of ${plan.total} values don't fit. Look at the preview, then let them be kept in a field of their own.`,
      { errors: [{ pointer: '/type', message: `does not fit ${plan.unconvertible} values` }] },
    );
  }
  const key = await freeKey(runner, before);
  await insertField(runner, {
    entity: before.entity,
    key,
    label: `${before.label} (before)`.slice(0, 100),
    type: 'long-text',
    options: [],
    required: false,
    isUnique: false,
    defaultValue: null,
    helpText: `Values of ${before.label} that did not fit when it was changed.`,
    visibleTo: before.visibleTo,
    isDimension: false,
    position: before.position,
  });
  await carryOut(runner, before, plan, key);
  return { converted, kept: { key, values: plan.unconvertible } };
}

const KEY_MAX = 60;

/** `key_before`, or with a number behind it; erased fields keep their keys, so it is tried against all. */
async function freeKey(runner: SqlRunner, { entity, key }: CustomField): Promise<string> {
  const taken = new Set((await listFields(runner, { entity }, { withErased: true })).map((field) => field.key));
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '_before' : `_before_${number}`;
    const candidate = key.slice(0, KEY_MAX - ending.length) + ending;
    if (!taken.has(candidate)) return candidate;
  }
}
