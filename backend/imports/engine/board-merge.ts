import { raw, type Sql, sql } from '../../db/index.ts';
import type { MergeContext, MergeCounts } from './entity-import.ts';
import { type ImportRow, textOf } from './import-row.ts';
import { keepBefore, noteImported } from './imported-changes.ts';
import { column, customColumn, fieldColumn, STAGED, type StagedColumns, type TargetColumn } from './merge.ts';
import { defaultStages } from './resolve-stages.ts';
import type { StageRow } from './stage-names.ts';

type BoardTable = 'lead' | 'opportunity';

/** Steps between cards of a column, wide enough for cards to be put between. */
const POSITION_STEP = 1024;

/** The default pipeline while a batch is put on its board. */
export interface Board {
  /** stage of the row; the pipeline's first open one when the file doesn't say */
  stageOf(row: ImportRow): StageRow;
  /** where records enter the pipeline */
  entry: StageRow;
  /** The next free place of a column: new cards go on top, where people look for what is new. */
  takePlace(stageId: string): number;
}

export async function openBoard({ tx, references }: MergeContext, table: BoardTable): Promise<Board> {
  const stages = await defaultStages(tx.sql, table);
  const entry = stages.find(({ kind }) => kind === 'open') ?? stages[0];
  if (!entry) throw new Error(`There is no pipeline of the entity ${table}: bootstrap has not run.`);
  const tops = await tx.sql.rows<{ stageId: string; top: number }>(sql`
    select s.id::text as "stageId",
      coalesce((select min(position) from ${raw(table)} r where r.stage_id = s.id), 0)::float8 as top
    from stage s where s.pipeline_id = ${entry.pipelineId}::uuid`);
  const places = new Map(tops.map(({ stageId, top }) => [stageId, top]));
  return {
    entry,
    stageOf: (row) => references.stages.get(textOf(row, 'stage')) ?? entry,
    takePlace(stageId) {
      const place = (places.get(stageId) ?? 0) - POSITION_STEP;
      places.set(stageId, place);
      return place;
    },
  };
}

/**
 * The staged columns that leads and opportunities share. `settled_on` is the file's close date; the columns
 * from `record_id` on are filled by `lookUpPrior`, `placeCards` and `countCards`.
 */
export function cardColumns(board: Board): StagedColumns<ImportRow> {
  return {
    external_key: ['text', (row) => row.key],
    line: ['int', (row) => String(row.line)],
    custom: ['jsonb', (row) => JSON.stringify(row.custom ?? {})],
    pipeline_id: ['uuid', (row) => board.stageOf(row).pipelineId],
    stage_id: ['uuid', (row) => board.stageOf(row).id],
    stage_kind: ['text', (row) => board.stageOf(row).kind],
    is_stage_given: ['boolean', (row) => String(textOf(row, 'stage') !== null)],
    entry_stage_id: ['uuid', () => board.entry.id],
    position: ['float8', (row) => String(board.takePlace(board.stageOf(row).id))],
    created_text: ['text', (row) => textOf(row, 'createdOn')],
    settled_on: ['date', (row) => textOf(row, 'closedOn')],
    record_id: ['uuid', () => null],
    is_new: ['boolean', () => null],
    prior_stage_id: ['uuid', () => null],
    prior_created_at: ['timestamptz', () => null],
    prior_stage_since: ['timestamptz', () => null],
    born_at: ['timestamptz', () => null],
    settled_at: ['timestamptz', () => null],
    since: ['timestamptz', () => null],
  };
}

/** Looks up the records that are there already. Rows that don't name a stage leave them in theirs. */
export async function lookUpPrior(context: MergeContext, table: BoardTable, more: Sql = sql``): Promise<void> {
  const { tx } = context;
  await keepBefore(context, table);
  await tx.sql.rows(sql`
    update ${raw(STAGED)} s set record_id = r.id, prior_stage_id = r.stage_id, prior_created_at = r.created_at,
      prior_stage_since = r.stage_since,
      stage_id = case when s.is_stage_given then s.stage_id else r.stage_id end,
      pipeline_id = case when s.is_stage_given then s.pipeline_id else r.pipeline_id end,
      stage_kind = case when s.is_stage_given then s.stage_kind else (select kind from stage where id = r.stage_id) end
      ${more}
    from ${raw(table)} r where r.external_key = s.external_key`);
}

/**
 * Works out when each record came up (`born_at`), when it was won or lost (`settled_at`, null while open)
 * and since when it has been in its stage (`since`). Days begin in the company's time zone. A record can't have
 * been settled before it came up: then it came up on the day it was settled. Where a settled record is known
 * to the minute, a file that only knows the day changes nothing.
 */
export async function placeCards({ tx, run }: MergeContext): Promise<void> {
  const staged = raw(STAGED);
  const settledDay = sql`(s.settled_on::timestamp at time zone ${run.timeZone})`;
  const created = sql`case when s.created_text ~ 'T.*(Z|[+-][0-9]{2}:?[0-9]{2})$' then s.created_text::timestamptz
    else s.created_text::timestamp at time zone ${run.timeZone} end`;
  await tx.sql.rows(sql`
    update ${staged} s set born_at = date_trunc('milliseconds', case
      when s.stage_kind = 'open' or s.settled_on is null
        then coalesce(${created}, s.prior_created_at, ${run.startedAt}::timestamptz)
      else least(coalesce(${created}, s.prior_created_at), ${settledDay}) end)`);
  await tx.sql.rows(sql`
    update ${staged} s set settled_at = case
      when s.stage_kind = 'open' then null
      when s.prior_stage_id = s.stage_id and (s.settled_on is null
        or (s.prior_stage_since at time zone ${run.timeZone})::date = s.settled_on) then s.prior_stage_since
      when s.settled_on is null then greatest(${run.startedAt}::timestamptz, s.born_at + interval '1 second')
      else greatest(${settledDay}, s.born_at + interval '1 second') end`);
  await tx.sql.rows(sql`
    update ${staged} s set since = case
      when s.settled_at is not null then s.settled_at
      when s.prior_stage_id = s.stage_id then s.prior_stage_since
      when s.prior_stage_id is null then s.born_at
      else greatest(${run.startedAt}::timestamptz, s.prior_stage_since) end`);
}

/** The target columns that leads and opportunities share. */
export function cardTargets({ mapped, custom }: MergeContext, table: BoardTable): TargetColumn[] {
  const stage = raw(`${table}.stage_id`);
  return [
    column('external_key', 'keep'),
    column('pipeline_id', 'replace'),
    column('stage_id', 'replace'),
    column('stage_since', 'replace', sql`s.since`),
    column(
      'position',
      (old, given) => sql`case when ${stage} is distinct from excluded.stage_id then ${given} else ${old} end`,
    ),
    fieldColumn('created_at', mapped.has('createdOn'), sql`s.born_at`),
    customColumn(custom.defaults),
  ];
}

/** Runs the merge of cards (returning id, external_key, is_new), notes what came of each staged row and counts. */
export async function countCards({ tx }: MergeContext, statement: Sql, total: number): Promise<MergeCounts> {
  const staged = raw(STAGED);
  await tx.sql.rows(
    sql`create temporary table import_merged (id uuid, external_key text, is_new boolean) on commit drop`,
  );
  await tx.sql.rows(sql`
    with merged as (${statement}) insert into import_merged select id, external_key, is_new from merged`);
  await tx.sql.rows(sql`
    update ${staged} s set record_id = m.id, is_new = m.is_new from import_merged m where m.external_key = s.external_key`);
  await tx.sql.rows(sql`update ${staged} set is_new = false where is_new is null`);
  const counts = await tx.sql.first<{ created: number; changed: number }>(sql`
    select count(*) filter (where is_new)::int as created, count(*)::int as changed from import_merged`);
  const { created, changed } = counts ?? { created: 0, changed: 0 };
  return { created, updated: changed - created, unchanged: total - changed };
}

/**
 * Writes the stage events of a merged batch. A new open record entered its stage when it came up. A new
 * settled one entered the pipeline then, and its last stage when it was settled. A record that is there already
 * moved when it was settled, else now. Corrected dates move the events they belong to. A change of value, close date,
 * owner or team in the same stage is an event of its own. Rules hear of the batch where they are to.
 */
export async function writeStageEvents(
  context: MergeContext,
  table: BoardTable,
  amount: 'value_base' | 'amount_base',
): Promise<void> {
  const { tx, run } = context;
  const staged = sql`${raw(STAGED)} s join ${raw(table)} r on r.id = s.record_id`;
  const columns = sql`record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base, expected_close_on, owner_id, team_id, actor_id, at`;
  const state = sql`r.${raw(amount)}, ${raw(table === 'opportunity' ? 'r.expected_close_on' : 'null::date')}, r.owner_id, r.team_id`;
  const shared = sql`${state}, ${run.userId}::uuid`;
  await tx.sql.rows(sql`
    insert into stage_event (${columns})
    select ${table}, r.id, r.pipeline_id, null,
      case when s.settled_at is null then r.stage_id else s.entry_stage_id end, ${shared}, r.created_at
    from ${staged} where s.is_new`);
  await tx.sql.rows(sql`
    insert into stage_event (${columns})
    select ${table}, r.id, r.pipeline_id, case when s.is_new then s.entry_stage_id else s.prior_stage_id end,
      r.stage_id, ${shared}, r.stage_since
    from ${staged}
    where (s.is_new and s.settled_at is not null) or (not s.is_new and s.prior_stage_id <> r.stage_id)`);
  await tx.sql.rows(sql`
    update stage_event e set at = r.created_at from ${staged}
    where not s.is_new and s.prior_created_at <> r.created_at
      and e.record_type = ${table} and e.record_id = r.id and e.from_stage_id is null and e.at = s.prior_created_at`);
  await tx.sql.rows(sql`
    update stage_event e set at = r.stage_since from ${staged}
    where not s.is_new and s.prior_stage_id = r.stage_id and s.prior_stage_since <> r.stage_since
      and e.record_type = ${table} and e.record_id = r.id and e.to_stage_id = r.stage_id and e.at = s.prior_stage_since`);
  // What a record was worth, and whose it was, on any day: also where only that has changed. One that was deleted is back.
  await tx.sql.rows(sql`
    insert into stage_event (kind, ${columns})
    select case when last.kind = 'removed' then 'restored' else 'changed' end, ${table}, r.id, r.pipeline_id, r.stage_id,
      r.stage_id, ${shared}, greatest(clock_timestamp(), last.at + interval '1 millisecond')
    from ${staged}
    cross join lateral (
      select e.* from stage_event e where e.record_type = ${table} and e.record_id = r.id order by e.at desc, e.id desc limit 1
    ) last
    where not s.is_new and (last.kind = 'removed'
      or (last.amount_base, last.expected_close_on, last.owner_id, last.team_id) is distinct from (${state}))`);
  await noteImported(context, table);
}
