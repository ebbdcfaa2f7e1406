import { isAllowed, isFieldShown, type Permission, type Principal, scopeOf } from '../access/index.ts';
import type { FilterOptions } from '../contracts/analytics.ts';
import type { CustomField } from '../contracts/fields.ts';
import type { SqlRunner } from '../db/index.ts';
import { listFields } from '../pipeline/index.ts';
import type { CustomEntity } from './custom-dimension.ts';
import { findCustomValues } from './custom-options.repository.ts';
import type { AnalyticsContext } from './inquiry.ts';
import { namesOfValues } from './split-values.ts';

type CustomOptions = FilterOptions['custom'];

/** What the viewer's numbers can be filtered by, with the values that the viewer's records have. */
export async function answerFilterOptions(
  { engine, runner }: AnalyticsContext,
  principal: Principal,
): Promise<FilterOptions> {
  const [values, fields] = await Promise.all([
    engine.dimensionValues(scopeOf(principal, 'analytics.read')),
    listFields(runner),
  ]);
  const custom = await Promise.all(
    (['lead', 'opportunity', 'account'] as const).map((entity) =>
      customOptions(
        runner,
        principal,
        entity,
        fields.filter((field) => field.entity === entity && isShown(principal, entity, field)),
      ),
    ),
  );
  return { ...values, custom: custom.flat() };
}

const isShown = (principal: Principal, entity: CustomEntity, { key, isDimension, archivedAt }: CustomField): boolean =>
  isDimension &&
  archivedAt === null &&
  isAllowed(principal, `${entity}.read` as Permission) &&
  isFieldShown(entity, `custom.${key}`, { fields: principal.fieldGroups });

/** Choices offer what may be chosen, anything else what is used. */
async function customOptions(
  runner: SqlRunner,
  principal: Principal,
  entity: CustomEntity,
  fields: readonly CustomField[],
): Promise<CustomOptions> {
  const searched = fields.filter(({ type }) => type !== 'boolean' && type !== 'choice').map(({ key }) => key);
  const reach = scopeOf(principal, `${entity}.read` as Permission);
  const found =
    searched.length > 0 ? await findCustomValues(runner, entity, searched, reach) : new Map<string, string[]>();
  return Promise.all(
    fields.map(async (field) => {
      const { key, label, type, options } = field;
      const values = type === 'boolean' ? ['true', 'false'] : type === 'choice' ? options : (found.get(key) ?? []);
      const names = await namesOfValues(runner, field, values);
      return {
        id: `custom.${entity}.${key}` as const,
        label,
        type,
        values: values.map((id) => ({ id, name: names.get(id) ?? id })),
      };
    }),
  );
}
