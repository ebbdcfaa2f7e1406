import { isAllowed, isFieldShown, type Permission, type Principal, scopeOf } from '../access/index.ts';
import type { Dimension, FilterOptions } from '../contracts/analytics.ts';
import type { CustomField } from '../contracts/fields.ts';
import type { SqlRunner } from '../db/index.ts';
import { listFields } from '../pipeline/index.ts';
import type { CustomEntity } from './custom-dimension.ts';
import { findCustomValues } from './custom-options.repository.ts';
import { findNames } from './dimension-names.repository.ts';
import type { DimensionKeys } from './engine.ts';
import type { AnalyticsContext } from './inquiry.ts';
import { namesOfValues } from './split-values.ts';

type CustomOptions = FilterOptions['custom'];

/** What the viewer's numbers can be filtered by, with the values that the viewer's records have. */
export async function answerFilterOptions(
  { engine, runner }: AnalyticsContext,
  principal: Principal,
): Promise<FilterOptions> {
  const [values, fields] = await Promise.all([
    engine.dimensionKeys(scopeOf(principal, 'analytics.read')).then((keys) => named(runner, keys)),
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

/** The values under the names that people read, sorted by these. */
async function named(
  runner: SqlRunner,
  { values, firstDay, lastDay }: DimensionKeys,
): Promise<Omit<FilterOptions, 'custom'>> {
  const inOrder = async (dimension: Dimension): Promise<Named[]> => {
    const ids = values[dimension];
    const names = await findNames(runner, dimension, ids);
    return ids.map((id) => ({ id, name: names.get(id) ?? id })).sort(byName);
  };
  const texts = async (dimension: Dimension) => (await inOrder(dimension)).map(({ id }) => id);
  const [category, region, source, segment] = await Promise.all(
    (['category', 'region', 'source', 'segment'] as const).map(texts),
  );
  const [team, owner, product] = await Promise.all((['team', 'owner', 'product'] as const).map(inOrder));
  return {
    ...{ category: category ?? [], region: region ?? [], source: source ?? [], segment: segment ?? [] },
    ...{ team: team ?? [], owner: owner ?? [], product: product ?? [], firstDay, lastDay },
  };
}

type Named = { id: string; name: string };
const inCodeOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: Named, b: Named): number =>
  inCodeOrder(a.name.toLowerCase(), b.name.toLowerCase()) || inCodeOrder(a.name, b.name) || inCodeOrder(a.id, b.id);

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
