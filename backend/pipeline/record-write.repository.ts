import type { Actor } from '../access/index.ts';
import { join, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { topOfStage } from './move.repository.ts';
import type { RecordKind } from './record-kind.ts';
import { nextEventAt } from './stage-event.repository.ts';

/** A column by its name in the table, and the value to store in it. */
export type ColumnValue = readonly [column: string, value: Sql];

/** What a new record must know of the stage it starts in. */
export interface StartStage {
  id: string;
  pipeline_id: string;
  name: string;
  kind: string;
  requiredFields: string[];
  asksLostReason: boolean;
}

const START = raw(
  `s.id, s.pipeline_id, s.name, s.kind, to_json(s.required_fields) as "requiredFields", p.asks_lost_reason as "asksLostReason"`,
);

const DEFAULT_STAGE = (kind: RecordKind, stageId: string | undefined): Sql =>
  stageId === undefined
    ? sql`select ${START} from stage s join pipeline p on p.id = s.pipeline_id
        where p.entity = ${kind.entity} and p.is_default and s.archived_at is null order by s.kind <> 'open', s.position limit 1`
    : sql`select ${START} from stage s join pipeline p on p.id = s.pipeline_id
        where p.entity = ${kind.entity} and s.id = ${stageId}::uuid and s.archived_at is null and p.archived_at is null`;

/** The stage a new record starts in: the named one, else the first of the default pipeline. */
export function findStartStage(
  runner: SqlRunner,
  kind: RecordKind,
  stageId: string | undefined,
): Promise<StartStage | undefined> {
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
      insert into stage_event (record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base, expected_close_on,
        owner_id, team_id, actor_id, rule_id)
      select ${kind.entity}, r.id, r.pipeline_id, null, r.stage_id, ${kind.valueBase}, ${kind.dueOn}, r.owner_id, r.team_id,
        ${actor.principal.userId}::uuid, ${actor.rule?.id ?? null}::uuid
      from r
    )
    select r.id::text as id from r`);
  if (!row) throw new Error(`insert of a ${kind.entity} returned no row`);
  return row.id;
}

/**
 * Changes columns of a record the caller has locked. Where that changes its value, close date, owner or team, the history
 * gets an event: it can tell what the record was worth, and whose it was, on any day.
 */
export async function updateRecord(
  runner: SqlRunner,
  kind: RecordKind,
  actor: Actor,
  id: string,
  columns: readonly ColumnValue[],
): Promise<void> {
  const changes = columns.map(([name, value]) => sql`${raw(name)} = ${value}`);
  await runner.rows(sql`
    with was as (
      select ${kind.valueBase} as amount, ${kind.dueOn} as due_on, r.owner_id, r.team_id from ${kind.table} r where r.id = ${id}::uuid
    ), r as (
      update ${kind.table} r set version = r.version + 1, updated_at = now(), ${join(changes)} where r.id = ${id}::uuid
      returning r.*
    )
    insert into stage_event (kind, record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base,
      expected_close_on, owner_id, team_id, actor_id, rule_id, at)
    select 'changed', ${kind.entity}, r.id, r.pipeline_id, r.stage_id, r.stage_id, ${kind.valueBase}, ${kind.dueOn},
      r.owner_id, r.team_id, ${actor.principal.userId}::uuid, ${actor.rule?.id ?? null}::uuid, ${nextEventAt(kind, sql`r.id`)}
    from r, was
    where (was.amount, was.due_on, was.owner_id, was.team_id)
      is distinct from (${kind.valueBase}, ${kind.dueOn}, r.owner_id, r.team_id)`);
}

/** Locks a record for the rest of the transaction. */
export async function lockRecord(runner: SqlRunner, kind: RecordKind, id: string): Promise<void> {
  await runner.rows(sql`select 1 from ${kind.table} where id = ${id}::uuid for update`);
}
