import type { Actor } from '../access/index.ts';
import { join, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { topOfStage } from './move.repository.ts';
import type { RecordKind } from './record-kind.ts';

/** A column by its name in the table, and the value to store in it. */
export type ColumnValue = readonly [column: string, value: Sql];

const DEFAULT_STAGE = (kind: RecordKind, stageId: string | undefined): Sql =>
  stageId === undefined
    ? sql`select s.id, s.pipeline_id, s.kind from stage s join pipeline p on p.id = s.pipeline_id
        where p.entity = ${kind.entity} and p.is_default order by s.position limit 1`
    : sql`select s.id, s.pipeline_id, s.kind from stage s join pipeline p on p.id = s.pipeline_id
        where p.entity = ${kind.entity} and s.id = ${stageId}::uuid`;

/** The stage a new record starts in: the named one, else the first of the default pipeline. */
export function findStartStage(
  runner: SqlRunner,
  kind: RecordKind,
  stageId: string | undefined,
): Promise<{ id: string; pipeline_id: string; kind: string } | undefined> {
  return runner.first(DEFAULT_STAGE(kind, stageId));
}

/** Inserts a record on top of its stage, with its first stage event. Returns its id. */
export async function insertRecord(
  runner: SqlRunner,
  kind: RecordKind,
  actor: Actor,
  stage: { id: string; pipeline_id: string },
  columns: readonly ColumnValue[],
): Promise<string> {
  const names = columns.map(([name]) => raw(name));
  const row = await runner.first<{ id: string }>(sql`
    with r as (
      insert into ${kind.table} (pipeline_id, stage_id, position, ${join(names)})
      values (${stage.pipeline_id}::uuid, ${stage.id}::uuid, ${topOfStage(kind, stage.id)}, ${join(columns.map(([, value]) => value))})
      returning *
    ), event as (
      insert into stage_event (record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base, owner_id, team_id, actor_id)
      select ${kind.entity}, r.id, r.pipeline_id, null, r.stage_id, ${kind.valueBase}, r.owner_id, r.team_id, ${actor.principal.userId}::uuid
      from r
    )
    select r.id::text as id from r`);
  if (!row) throw new Error(`insert of a ${kind.entity} returned no row`);
  return row.id;
}

/** Changes columns of a record the caller has locked. */
export async function updateRecord(
  runner: SqlRunner,
  kind: RecordKind,
  id: string,
  columns: readonly ColumnValue[],
): Promise<void> {
  const changes = columns.map(([name, value]) => sql`${raw(name)} = ${value}`);
  await runner.rows(sql`
    update ${kind.table} r set version = r.version + 1, updated_at = now(), ${join(changes)} where r.id = ${id}::uuid`);
}

/** Locks a record for the rest of the transaction. */
export async function lockRecord(runner: SqlRunner, kind: RecordKind, id: string): Promise<void> {
  await runner.rows(sql`select 1 from ${kind.table} where id = ${id}::uuid for update`);
}
