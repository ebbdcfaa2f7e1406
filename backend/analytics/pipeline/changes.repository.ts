import { scopeSql } from '../../access/index.ts';
import type { ChangeBar } from '../../contracts/pipeline-reports.ts';
import { type Sql, type SqlRunner, sql } from '../../db/index.ts';
import { allOf, type DimensionColumns, endOf, filterConditions, startOf } from '../engines/sql/conditions.ts';
import type { Period } from '../periods.ts';
import { rounded, statesBefore } from './conditions.ts';
import type { PipelineView } from './view.ts';

/** Days between which a deal must be expected to close, to belong to what is looked at. */
export interface Closing {
  closesFrom?: string | undefined;
  closesTo?: string | undefined;
}

/**
 * Does the state `alias` (a stage event) belong to what is looked at: this pipeline, the filters, the close dates? By its
 * owner, team and close date of then; false where there was no record yet.
 */
function belongs(alias: 'a' | 'b', view: PipelineView, { closesFrom, closesTo }: Closing): Sql {
  const state = alias === 'a' ? sql`a` : sql`b`;
  const columns: DimensionColumns = { ...view.kind.columns, owner: `${alias}.owner_id`, team: `${alias}.team_id` };
  const conditions = [
    sql`${state}.pipeline_id = ${view.pipeline.id}::uuid`,
    ...filterConditions(view, columns),
    ...(closesFrom ? [sql`${state}.expected_close_on >= ${closesFrom}::date`] : []),
    ...(closesTo ? [sql`${state}.expected_close_on <= ${closesTo}::date`] : []),
  ];
  return sql`coalesce(${allOf(conditions)}, false)`;
}

/**
 * Every record that was open in the pipeline when the period began or ended, or was won or lost in it, with the bars of the
 * waterfall it is in and what it adds to each. The record's two states alone decide: what it was when the period began and
 * what it was when it ended. The offset keeps PostgreSQL from working out each state again for each bar.
 */
export function changeParts(view: PipelineView, { from, to }: Period, closing: Closing): Sql {
  const { kind, scope, timeZone } = view;
  const value = (amount: Sql) => sql`coalesce(${rounded(amount, view)}, 0)`;
  return sql`
    select d.id, d.is_new, d.before, d.after, part.bar, part.change
    from (select * from (
      select r.id, a.to_stage_id is null as is_new,
        ${belongs('a', view, closing)} and sa.kind = 'open' as was_in,
        ${belongs('b', view, closing)} and sb.kind = 'open' as is_in,
        case when ${belongs('b', view, closing)} and sb.kind <> 'open' then sb.kind end as closed,
        sa.kind is distinct from sb.kind as is_other,
        ${value(sql`a.amount_base`)} as before, ${value(sql`b.amount_base`)} as after
      from ${kind.table} r
      left join ${statesBefore(startOf(from, timeZone), view)} a on a.record_id = r.id
      left join ${statesBefore(endOf(to, timeZone), view)} b on b.record_id = r.id
      left join stage sa on sa.id = a.to_stage_id
      left join stage sb on sb.id = b.to_stage_id
      where r.deleted_at is null and ${scopeSql(scope, 'r')}
    ) every where was_in or is_in or (closed is not null and is_other) offset 0) d
    cross join lateral (
      select coalesce(d.was_in, false) as was_in,
        (coalesce(d.was_in, false) or d.is_other) and d.closed is not null as now_closed
    ) w
    cross join lateral (values
      ('opening', w.was_in, d.before),
      ('created', not w.was_in and (d.is_in or w.now_closed) and d.is_new, d.after),
      ('movedIn', not w.was_in and (d.is_in or w.now_closed) and not d.is_new, d.after),
      ('grew', w.was_in and (d.is_in or w.now_closed) and d.after > d.before, d.after - d.before),
      ('shrank', w.was_in and (d.is_in or w.now_closed) and d.after < d.before, d.after - d.before),
      ('movedOut', w.was_in and not d.is_in and not w.now_closed, -d.before),
      ('won', w.now_closed and d.closed = 'won', -d.after),
      ('lost', w.now_closed and d.closed = 'lost', -d.after),
      ('closing', coalesce(d.is_in, false), d.after)
    ) as part(bar, holds, change)
    where part.holds`;
}

export interface ChangeRow {
  bar: ChangeBar;
  records: number;
  value: string;
}

/** The bars that anything is in. */
export function readChanges(
  runner: SqlRunner,
  view: PipelineView,
  period: Period,
  closing: Closing,
): Promise<ChangeRow[]> {
  return runner.rows<ChangeRow>(sql`
    select bar, count(*)::int as records, sum(change)::text as value
    from (${changeParts(view, period, closing)}) p group by bar`);
}
