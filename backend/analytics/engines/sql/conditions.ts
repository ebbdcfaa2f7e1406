import type { RecordScope } from '../../../access/index.ts';
import type { Dimension, Grain, Split } from '../../../contracts/analytics.ts';
import { join, raw, type Sql, sql } from '../../../db/index.ts';
import { type CustomEntity, readCustomDimension } from '../../custom-dimension.ts';
import type { Selection } from '../../engine.ts';
import type { CustomValues } from './custom-values.ts';

/** SQL expression of each dimension a fact has, and the custom values of the records behind it. */
export type DimensionColumns = Partial<Record<Dimension, string>> & {
  custom?: Partial<Record<CustomEntity, CustomValues>>;
};

const idDimensions: ReadonlySet<Dimension> = new Set<Dimension>(['product', 'team', 'owner']);

/** One condition for each filtered dimension. @throws when the fact lacks one: the caller must not ask then. */
export function filterConditions(
  { filters, custom = [] }: Pick<Selection, 'filters' | 'custom'>,
  columns: DimensionColumns,
): Sql[] {
  const own = (Object.entries(filters) as [Dimension, readonly (string | null)[]][]).map(([dimension, values]) => {
    const column = raw(columnOf(columns, dimension));
    const type = raw(idDimensions.has(dimension) ? 'uuid[]' : 'text[]');
    const given = values.filter((value) => value !== null);
    if (given.length === values.length) return sql`${column} = any(${given}::${type})`;
    if (given.length === 0) return sql`${column} is null`;
    return sql`(${column} = any(${given}::${type}) or ${column} is null)`;
  });
  return [...own, ...custom.map((filter) => customOf(columns, filter.entity).passes(filter))];
}

/** The dimension's value as text; null without a split. `reach`: the viewer's on the records of a custom dimension. */
export function keyOf(by: Split | null, columns: DimensionColumns, reach: RecordScope | null = null): Sql {
  const custom = by && readCustomDimension(by);
  if (custom) return customOf(columns, custom.entity).textOf(custom.key, reach ?? { kind: 'none' });
  return by === null ? sql`null::text` : sql`${raw(columnOf(columns, by as Dimension))}::text`;
}

/** The first day of the bucket that a day falls into, as text; null without a grain. */
export function bucketSql(grain: Grain | null, day: Sql): Sql {
  return grain === null ? sql`null::text` : sql`date_trunc('${raw(grain)}', ${day}::timestamp)::date::text`;
}

/** All conditions hold. */
export const allOf = (conditions: readonly Sql[]): Sql => join(conditions, ' and ');

/** The moment a business day starts in the company's time zone. */
export const startOf = (day: string, timeZone: string): Sql =>
  sql`(${day}::date::timestamp at time zone ${timeZone}::text)`;

/** The moment a business day is over. */
export const endOf = (day: string, timeZone: string): Sql =>
  sql`((${day}::date + 1)::timestamp at time zone ${timeZone}::text)`;

/** The business day of a moment. */
export const dayOf = (moment: Sql, timeZone: string): Sql => sql`(${moment} at time zone ${timeZone}::text)::date`;

function columnOf(columns: DimensionColumns, dimension: Dimension): string {
  const column = columns[dimension];
  if (column === undefined) throw new Error(`this fact has no ${dimension}`);
  return column;
}

function customOf(columns: DimensionColumns, entity: CustomEntity): CustomValues {
  const values = columns.custom?.[entity];
  if (!values) throw new Error(`this fact has no ${entity}`);
  return values;
}
