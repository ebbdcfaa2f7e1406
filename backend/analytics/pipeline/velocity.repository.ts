import { scopeSql } from '../../access/index.ts';
import type { Dimension } from '../../contracts/analytics.ts';
import { type Sql, type SqlRunner, sql } from '../../db/index.ts';
import { allOf, dayOf, endOf, filterConditions, keyOf } from '../engines/sql/conditions.ts';
import type { Period } from '../periods.ts';
import { dimensionKey, openNow, reachable, rounded, statesBefore, worth } from './conditions.ts';
import type { PipelineView } from './view.ts';

/**
 * What stood in the pipeline's open stages at the end of the period: now, where it still runs; else from the history, by
 * the owner, team and value of then.
 */
export function openAtEnd(view: PipelineView, period: Period, by?: Dimension): Sql {
  const { kind, pipeline, scope, timeZone, today } = view;
  if (period.to >= today) {
    return sql`
      select r.id, ${dimensionKey(by, view)} as key, coalesce(${worth(view)}, 0) as amount
      from ${kind.table} r join stage st on st.id = r.stage_id where ${openNow(view)}`;
  }
  const columns = { ...kind.columns, owner: 'h.owner_id', team: 'h.team_id' };
  return sql`
    select r.id, ${keyOf(by ?? null, columns)} as key, coalesce(${rounded(sql`h.amount_base`, view)}, 0) as amount
    from ${kind.table} r join ${statesBefore(endOf(period.to, timeZone), view)} h on h.record_id = r.id
    join stage st on st.id = h.to_stage_id
    where h.pipeline_id = ${pipeline.id}::uuid and st.kind = 'open' and r.deleted_at is null and ${scopeSql(scope, 'r')}
      and ${allOf([sql`true`, ...filterConditions(view, columns)])}`;
}

/** What stands in the pipeline's won and lost stages and was closed in the period, with the days it took. */
export function closedIn(view: PipelineView, { from, to }: Period, by?: Dimension): Sql {
  const { kind, pipeline, timeZone } = view;
  const day = kind.closedOn(timeZone);
  return sql`
    select r.id, ${dimensionKey(by, view)} as key, ${worth(view)} as amount, st.kind as outcome,
      (${day} - ${dayOf(sql`r.created_at`, timeZone)})::float8 as days
    from ${kind.table} r join stage st on st.id = r.stage_id
    where r.pipeline_id = ${pipeline.id}::uuid and st.kind in ('won', 'lost')
      and ${day} between ${from}::date and ${to}::date and ${reachable(view)}`;
}

export interface VelocityCell {
  key: string | null;
  open: number;
  openValue: string;
  won: number;
  lost: number;
  wonPriced: number;
  wonValue: string;
  cycleDays: number | null;
}

/** What velocity is made of, for the whole or for each value of a dimension. */
export function readVelocity(
  runner: SqlRunner,
  view: PipelineView,
  period: Period,
  by?: Dimension,
): Promise<VelocityCell[]> {
  return runner.rows<VelocityCell>(sql`
    select key, (count(*) filter (where outcome = 'open'))::int as open,
      coalesce(sum(amount) filter (where outcome = 'open'), 0)::text as "openValue",
      (count(*) filter (where outcome = 'won'))::int as won, (count(*) filter (where outcome = 'lost'))::int as lost,
      (count(amount) filter (where outcome = 'won'))::int as "wonPriced",
      coalesce(sum(amount) filter (where outcome = 'won'), 0)::text as "wonValue",
      percentile_cont(0.5) within group (order by days) filter (where outcome = 'won' and days >= 0) as "cycleDays"
    from (
      select id, key, amount, 'open' as outcome, null::float8 as days from (${openAtEnd(view, period, by)}) o
      union all
      select id, key, amount, outcome, days from (${closedIn(view, period, by)}) c
    ) every
    group by key`);
}
