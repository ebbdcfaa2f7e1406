import { scopeSql } from '../../access/index.ts';
import type { Dimension } from '../../contracts/analytics.ts';
import { type Sql, sql } from '../../db/index.ts';
import { allOf, endOf, filterConditions, keyOf, startOf } from '../engines/sql/conditions.ts';
import type { Period } from '../periods.ts';
import type { PipelineView } from './view.ts';

/** Records that are there, within the viewer's reach and, as they are now, within the filters. */
export const reachable = (view: PipelineView): Sql =>
  allOf([sql`r.deleted_at is null`, scopeSql(view.scope, 'r'), ...filterConditions(view, view.kind.columns)]);

/** Of those, what stands in the pipeline's open stages now (stage `st` is joined). */
export const openNow = (view: PipelineView): Sql =>
  sql`r.pipeline_id = ${view.pipeline.id}::uuid and st.kind = 'open' and ${reachable(view)}`;

/**
 * An amount with the decimals the company currency is written with. Reports round each record before they add up, so that
 * sums are the sums of what is listed.
 */
export const rounded = (amount: Sql, { currency }: PipelineView): Sql => sql`round(${amount}, ${currency.digits}::int)`;

/** What the record is worth now. */
export const worth = (view: PipelineView): Sql => rounded(view.kind.valueBase, view);

/** The value of a dimension as it is now. */
export const dimensionKey = (by: Dimension | undefined, { kind }: PipelineView): Sql => keyOf(by ?? null, kind.columns);

/** Does the moment lie in the period's business days? */
export const within = (moment: Sql, { from, to }: Period, { timeZone }: PipelineView): Sql =>
  sql`${moment} >= ${startOf(from, timeZone)} and ${moment} < ${endOf(to, timeZone)}`;

/** Days between two moments, as a float8. */
export const daysFrom = (earlier: Sql, later: Sql): Sql =>
  sql`(extract(epoch from ${later} - ${earlier}) / 86400)::float8`;

/** The moment of the answer. */
export const nowSql = ({ now }: PipelineView): Sql => sql`${now.toISOString()}::timestamptz`;

/**
 * How the records stood just before a moment: the stage event that held then, one a record, as a relation. Records that did
 * not exist yet are not in it. Read in one walk over an index; what was taken away and is back is found by another.
 */
export const statesBefore = (moment: Sql, { kind }: PipelineView): Sql => {
  const held = sql`
    select e.record_id, e.pipeline_id, e.to_stage_id, e.amount_base, e.owner_id, e.team_id, e.expected_close_on
    from stage_event e
    where e.record_type = ${kind.entity} and e.at < ${moment} and e.until >= ${moment}
      and e.pipeline_id in (select p.id from pipeline p where p.entity = ${kind.entity})`;
  return sql`(${held} and e.kind <> 'removed' union all ${held} and e.kind = 'removed')`;
};
