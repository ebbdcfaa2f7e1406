import { hiddenCustomOf, type Principal } from '../../access/index.ts';
import type { PipelineEntity } from '../../contracts/pipelines.ts';
import type { SqlRunner } from '../../db/index.ts';
import { listFields } from './field-row.ts';

const CUSTOM = 'custom.';
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * Which of the named fields a record (as the wire has it) has no value for, in the order of `names`; custom ones
 * are `custom.key`. Custom fields that are archived, or that the person doesn't see, are asked of nobody.
 */
export async function missingFields(
  runner: SqlRunner,
  principal: Principal,
  entity: PipelineEntity,
  record: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Promise<string[]> {
  const custom = (record.custom ?? {}) as Readonly<Record<string, unknown>>;
  const empty = names.filter((name) =>
    isEmpty(name.startsWith(CUSTOM) ? custom[name.slice(CUSTOM.length)] : record[name]),
  );
  if (!empty.some((name) => name.startsWith(CUSTOM))) return empty;
  const hidden = hiddenCustomOf(principal.fieldGroups, entity);
  const fields = await listFields(runner, { entity });
  const asked = new Set(
    fields
      .filter(({ key, archivedAt }) => archivedAt === null && !hidden.includes(key))
      .map(({ key }) => `${CUSTOM}${key}`),
  );
  return empty.filter((name) => !name.startsWith(CUSTOM) || asked.has(name));
}
