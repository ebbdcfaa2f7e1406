import { type Reach, scopeSql } from '../../access/index.ts';
import type { PipelineRecord } from '../../contracts/pipeline-reports.ts';
import { limitSql, type Sql, type SqlRunner, sql } from '../../db/index.ts';
import type { PipelineView } from './view.ts';

/** The records behind a number, as the report's own statement finds them. */
export interface RecordSet {
  /** relation with columns id, counted, before, after (numeric), days (float8), sort (numeric, largest first) */
  rows: Sql;
}

export interface RecordRow {
  id: string;
  sort: string;
  item: PipelineRecord;
}

const companyCurrency = sql`(select value #>> '{}' from setting where key = 'currency')`;

/** The records of a set within `reach`, the weightiest first; one more than `limit` tells of another page. */
export function listSet(
  runner: SqlRunner,
  { kind }: PipelineView,
  { rows }: RecordSet,
  reach: Reach,
  limit: number,
  after: readonly [sort: string, id: string] | null,
): Promise<RecordRow[]> {
  const beyond = after ? sql`and (c.sort, c.id) < (${after[0]}::text::numeric, ${after[1]}::text::uuid)` : sql``;
  return runner.rows<RecordRow>(sql`
    select r.id::text as id, c.sort::text as sort, json_build_object(
      'id', r.id, 'name', r.name, 'company', ${kind.company},
      'stage', json_build_object('id', st.id, 'name', st.name, 'kind', st.kind),
      'owner', case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end,
      'expectedCloseOn', ${kind.dueOn}, 'nextStep', ${kind.nextStep},
      'value', money_json(${kind.value}, r.currency_code),
      'counted', money_json(c.counted, ${companyCurrency}),
      'before', money_json(c.before, ${companyCurrency}), 'after', money_json(c.after, ${companyCurrency}),
      'days', round(c.days::numeric, 1)) as item
    from (${rows}) c
    join ${kind.table} r on r.id = c.id
    join stage st on st.id = r.stage_id
    left join app_user o on o.id = r.owner_id
    ${kind.companyJoin}
    where ${scopeSql(reach, 'r')} ${beyond}
    order by c.sort desc, c.id desc ${limitSql(limit + 1)}`);
}
