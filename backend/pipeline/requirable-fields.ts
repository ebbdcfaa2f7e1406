import { isFieldShown, type Principal } from '../access/index.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import { type SqlRunner, sql } from '../db/index.ts';

interface RequirableField {
  label: string;
  /** the name in the record as it is read, where that differs from the name it is written by */
  readAs?: string;
}

/** Fields that a stage can ask for, by the name they are written by, and what a sentence calls them. */
export const requirableFields: Readonly<Record<PipelineEntity, Readonly<Record<string, RequirableField>>>> = {
  lead: {
    company: { label: 'company' },
    email: { label: 'e-mail' },
    phone: { label: 'phone' },
    source: { label: 'source' },
    segment: { label: 'segment' },
    region: { label: 'region' },
    productCategory: { label: 'product category' },
    campaign: { label: 'campaign' },
    value: { label: 'value' },
    ownerId: { label: 'owner', readAs: 'owner' },
  },
  opportunity: {
    accountId: { label: 'account', readAs: 'account' },
    contactId: { label: 'contact', readAs: 'contact' },
    productId: { label: 'product', readAs: 'product' },
    source: { label: 'source' },
    segment: { label: 'segment' },
    region: { label: 'region' },
    productCategory: { label: 'product category' },
    campaign: { label: 'campaign' },
    amount: { label: 'amount' },
    expectedCloseOn: { label: 'expected close' },
    nextStep: { label: 'next step' },
    ownerId: { label: 'owner', readAs: 'owner' },
  },
};

const CUSTOM = 'custom.';

export interface MissingField {
  /** JSON pointer into a change of the record */
  pointer: string;
  label: string;
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** The custom fields of an entity that are in use, by key. */
async function customLabels(runner: SqlRunner, entity: string): Promise<Map<string, string>> {
  const rows = await runner.rows<{ key: string; label: string }>(sql`
    select key, label from custom_field where entity = ${entity} and archived_at is null`);
  return new Map(rows.map(({ key, label }) => [key, label]));
}

/**
 * Which of `names` has no value in the record (JSON text, whole). Fields that are no more are not asked for, and
 * nobody is asked for what they don't see.
 */
export async function missingFields(
  runner: SqlRunner,
  { fieldGroups: fields }: Principal,
  entity: PipelineEntity,
  recordJson: string,
  names: readonly string[],
): Promise<MissingField[]> {
  if (names.length === 0) return [];
  const record = JSON.parse(recordJson) as Record<string, unknown> & { custom: Record<string, unknown> };
  const custom = names.some((name) => name.startsWith(CUSTOM))
    ? await customLabels(runner, entity)
    : new Map<string, string>();
  return names.flatMap((name): MissingField[] => {
    if (!isFieldShown(entity, name, { fields })) return [];
    if (name.startsWith(CUSTOM)) {
      const key = name.slice(CUSTOM.length);
      const label = custom.get(key);
      return label !== undefined && isEmpty(record.custom[key]) ? [{ pointer: `/custom/${key}`, label }] : [];
    }
    const field = requirableFields[entity][name];
    return field && isEmpty(record[field.readAs ?? name]) ? [{ pointer: `/${name}`, label: field.label }] : [];
  });
}

/** Names that can't be asked for: no such field, or a custom one that is no more. */
export async function unknownFields(
  runner: SqlRunner,
  entity: PipelineEntity,
  names: readonly string[],
): Promise<string[]> {
  const custom = await customLabels(runner, entity);
  return names.filter((name) =>
    name.startsWith(CUSTOM) ? !custom.has(name.slice(CUSTOM.length)) : !Object.hasOwn(requirableFields[entity], name),
  );
}
