import { type RecordScope, scopeSql } from '../../../access/index.ts';
import { type SqlRunner, sql } from '../../../db/index.ts';
import type { DimensionValues } from '../../engine.ts';
import { dayOf } from './conditions.ts';

type ValuesRow = { dimension: keyof Omit<DimensionValues, 'firstDay' | 'lastDay'>; id: string; name: string };

/** What the sales, leads and opportunities within the scope carry, sorted by name; one pass over each table. */
export async function answerDimensionValues(
  runner: SqlRunner,
  scope: RecordScope,
  timeZone: string,
): Promise<DimensionValues> {
  const answer = await runner.first<{ values: ValuesRow[]; firstDay: string | null; lastDay: string | null }>(sql`
    with fact as materialized (
      select product_category, region, source, segment, team_id, owner_id, min(day) as first_day, max(day) as last_day
      from (
        select s.product_category, s.region, s.source, s.segment, s.team_id, s.owner_id, s.sold_on as day
        from sale s where s.deleted_at is null and ${scopeSql(scope, 's')}
        union all
        select l.product_category, l.region, l.source, l.segment, l.team_id, l.owner_id,
               ${dayOf(sql`l.created_at`, timeZone)}
        from lead l where l.deleted_at is null and ${scopeSql(scope, 'l')}
        union all
        select o.product_category, o.region, o.source, o.segment, o.team_id, o.owner_id,
               ${dayOf(sql`o.created_at`, timeZone)}
        from opportunity o where o.deleted_at is null and ${scopeSql(scope, 'o')}
      ) every_fact
      group by 1, 2, 3, 4, 5, 6
    ), found as (
      select distinct v.dimension, v.value
      from fact cross join lateral (values
        ('category', product_category), ('region', region), ('source', source), ('segment', segment),
        ('team', team_id::text), ('owner', owner_id::text)) as v(dimension, value)
      where v.value is not null
    ), named as (
      select f.dimension, f.value as id, coalesce(t.name, u.name, f.value) as name
      from found f
      left join team t on f.dimension = 'team' and t.id::text = f.value
      left join app_user u on f.dimension = 'owner' and u.id::text = f.value
    )
    select (select coalesce(json_agg(named order by lower(name), name, id), '[]') from named) as values,
           (select min(first_day)::text from fact) as "firstDay",
           (select max(last_day)::text from fact) as "lastDay"`);
  const values = answer?.values ?? [];
  const texts = (dimension: ValuesRow['dimension']) =>
    values.filter((row) => row.dimension === dimension).map(({ id }) => id);
  const named = (dimension: ValuesRow['dimension']) =>
    values.filter((row) => row.dimension === dimension).map(({ id, name }) => ({ id, name }));
  return {
    category: texts('category'),
    region: texts('region'),
    source: texts('source'),
    segment: texts('segment'),
    team: named('team'),
    owner: named('owner'),
    firstDay: answer?.firstDay ?? null,
    lastDay: answer?.lastDay ?? null,
  };
}
