import { type RecordScope, scopeSql } from '../../../access/index.ts';
import type { Dimension } from '../../../contracts/analytics.ts';
import { join, raw, type Sql, type SqlRunner, sql } from '../../../db/index.ts';
import type { DimensionKeys } from '../../engine.ts';
import { dayOf } from './conditions.ts';

/** So many values of a dimension are offered at most, the first ones in their order. */
const MOST_VALUES = 1000;

interface Found {
  values: { dimension: Dimension; value: string }[];
  firstDay: string | null;
  lastDay: string | null;
}

type Columns = readonly (readonly [Dimension, string])[];
const texts: Columns = [
  ['category', 'product_category'],
  ['region', 'region'],
  ['source', 'source'],
  ['segment', 'segment'],
];
const owners: Columns = [
  ['team', 'team_id'],
  ['owner', 'owner_id'],
];
const product: Columns = [['product', 'product_id']];

/** What the sales, leads and opportunities within the scope carry. */
export async function findDimensionKeys(
  runner: SqlRunner,
  scope: RecordScope,
  timeZone: string,
): Promise<DimensionKeys> {
  const everywhere = [...texts, ...owners];
  const created: When = { column: raw('r.created_at'), dayOf: (moment) => dayOf(moment, timeZone) };
  const parts = await Promise.all([
    scope.kind === 'all'
      ? inIndexes(runner, [...everywhere, ...product])
      : inRows(
          runner,
          raw('sale'),
          [...everywhere, ...product],
          { column: raw('r.sold_on'), dayOf: (day) => day },
          scope,
        ),
    inRows(runner, raw('lead'), everywhere, created, scope),
    inRows(runner, raw('opportunity'), [...everywhere, ...product], created, scope),
  ]);
  const found = (dimension: Dimension) => [
    ...new Set(
      parts.flatMap(({ values }) => values.filter((one) => one.dimension === dimension).map((one) => one.value)),
    ),
  ];
  const days = parts.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).filter((day) => day !== null);
  return {
    values: {
      ...{ category: found('category'), region: found('region'), source: found('source'), segment: found('segment') },
      ...{ team: found('team'), owner: found('owner'), product: found('product') },
    },
    firstDay: days.sort()[0] ?? null,
    lastDay: days.sort().at(-1) ?? null,
  };
}

/** All sales: from one value to the next one in an index of each column, however many sales have it. */
async function inIndexes(runner: SqlRunner, columns: Columns): Promise<Found> {
  const valuesOf = columns.map(([dimension, name]) => {
    const column = raw(`r.${name}`);
    return sql`
      select ${raw(`'${dimension}'`)} as dimension, value::text as value from (
        with recursive step(value, n) as (
          (select ${column}, 1 from sale r where r.deleted_at is null and ${column} is not null order by ${column} limit 1)
          union all
          select (select ${column} from sale r where r.deleted_at is null and ${column} > step.value
                  order by ${column} limit 1), step.n + 1
          from step where step.value is not null and step.n < ${raw(String(MOST_VALUES))}
        ) select value from step where value is not null) found`;
  });
  const found = await runner.first<Found>(sql`
    select (select coalesce(json_agg(v), '[]') from (${join(valuesOf, ' union all ')}) v) as values,
      (select r.sold_on::text from sale r where r.deleted_at is null order by r.sold_on, r.id limit 1) as "firstDay",
      (select r.sold_on::text from sale r where r.deleted_at is null order by r.sold_on desc, r.id desc limit 1) as "lastDay"`);
  return found ?? { values: [], firstDay: null, lastDay: null };
}

/** The column that says when a row counts, and the business day of such a value. */
interface When {
  column: Sql;
  dayOf(value: Sql): Sql;
}

/** One pass over the rows of a table that the scope reaches. */
async function inRows(
  runner: SqlRunner,
  table: Sql,
  columns: Columns,
  { column, dayOf }: When,
  scope: RecordScope,
): Promise<Found> {
  const list = join(columns.map(([, column]) => raw(`r.${column}`)));
  const pairs = join(columns.map(([dimension, column]) => sql`(${raw(`'${dimension}'`)}, f.${raw(column)}::text)`));
  const found = await runner.first<Found>(sql`
    with f as materialized (
      select ${list}, min(${column}) as earliest, max(${column}) as latest
      from ${table} r where r.deleted_at is null and ${scopeSql(scope, 'r')} group by ${list}
    ), v as (
      select distinct v.dimension, v.value from f cross join lateral (values ${pairs}) as v(dimension, value)
      where v.value is not null
    ), few as (
      select dimension, value, row_number() over (partition by dimension order by value) as n from v
    )
    select (select coalesce(json_agg(json_build_object('dimension', dimension, 'value', value)), '[]')
            from few where n <= ${raw(String(MOST_VALUES))}) as values,
      (select ${dayOf(sql`min(earliest)`)}::text from f) as "firstDay", (select ${dayOf(sql`max(latest)`)}::text from f) as "lastDay"`);
  return found ?? { values: [], firstDay: null, lastDay: null };
}
